import type { DetailedStatsMessage, HistoryPoint } from "../../../../../../server/protocol/stats.ts";
import { type Rates, ratesBetween, timeOf } from "./rates.ts";

/** Columns: time (epoch s), CPU %, memory %, network in and out, disk read and write (bytes/s); `null` is a gap. */
export type ChartData = readonly [times: number[], ...values: Column[]];
type Column = (number | null)[];

/** Indexes of the value columns in {@linkcode ChartData}. */
export const SERIES = { cpu: 1, memory: 2, networkRx: 3, networkTx: 4, blockRead: 5, blockWrite: 6 } as const;

/** Distance between two points, ms, above which the line has a gap. */
const GAP_MS = 5000;

/** Returns the point between two readings; `undefined` when the second one is not newer. */
export function pointOf(before: DetailedStatsMessage, after: DetailedStatsMessage): HistoryPoint | undefined {
  const rates: Rates | undefined = ratesBetween(before, after);
  if (rates === undefined || after.state !== "running") return undefined;
  const { networkRx, networkTx, blockRead, blockWrite } = rates;
  const memory = after.memoryBytes === null ? null : after.memoryUsage;
  return [timeOf(after), after.cpuUsage, memory, networkRx, networkTx, blockRead, blockWrite];
}

/**
 * Returns points as columns. At most `maxPoints` remain, each the maximum of those it represents, so that peaks stay
 * visible. Missing measurements become gaps.
 */
export function toChartData(points: readonly HistoryPoint[], maxPoints: number): ChartData {
  const columns: ChartData = [[], [], [], [], [], [], []];
  const per = Math.max(Math.ceil(points.length / maxPoints), 1);
  let last: number | undefined;
  for (let from = 0; from < points.length; from += per) {
    const bucket = points.slice(from, from + per);
    const time = bucket[0]![0];
    if (last !== undefined && time - last > GAP_MS) {
      push(columns, [last + 1, null, null, null, null, null, null]);
    }
    push(columns, largest(bucket));
    last = bucket.at(-1)![0];
  }
  return columns;
}

/** Returns the data with memory in bytes instead of percent of a limit in bytes. */
export function withMemoryBytes(data: ChartData, limitBytes: number): ChartData {
  const memory = data[SERIES.memory]!.map((share) => share === null ? null : share / 100 * limitBytes);
  return data.with(SERIES.memory, memory) as unknown as ChartData;
}

function push(columns: ChartData, [time, ...values]: HistoryPoint): void {
  columns[0].push(time / 1000);
  const [, ...rest] = columns;
  for (const [index, value] of values.entries()) rest[index]?.push(value);
}

function largest(bucket: readonly HistoryPoint[]): HistoryPoint {
  const [first] = bucket;
  if (bucket.length === 1) return first!;
  const of = (column: number) =>
    bucket.reduce<number | null>((top, point) => {
      const value = point[column] ?? null;
      return top === null || value !== null && value > top ? value : top;
    }, null);
  return [first![0], of(1), of(2), of(3), of(4), of(5), of(6)];
}
