/** Pure: points of a history from live messages. */
import type { DetailedStatsMessage, HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import { type Rates, ratesBetween, timeOf } from "./rates.ts";

/** Returns the point between two readings; `undefined` when the second one is not newer. */
export function pointOf(before: DetailedStatsMessage, after: DetailedStatsMessage): HistoryPoint | undefined {
  const rates: Rates | undefined = ratesBetween(before, after);
  if (rates === undefined || after.state !== "running") return undefined;
  const { networkRx, networkTx, blockRead, blockWrite } = rates;
  const memory = after.memoryBytes === null ? null : after.memoryUsage;
  return [timeOf(after), after.cpuUsage, memory, networkRx, networkTx, blockRead, blockWrite];
}
