import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";

/** Bytes per second; `null` when the engine does not report them, or before the second reading. */
export interface Rates {
  readonly networkRx: number | null;
  readonly networkTx: number | null;
  readonly blockRead: number | null;
  readonly blockWrite: number | null;
}

/** Rates before the second reading. */
export const NO_RATES: Rates = { networkRx: null, networkTx: null, blockRead: null, blockWrite: null };

/**
 * Returns the rates between two readings, from the differences of the totals and of the engine's times.
 * Returns `undefined` when the second reading is not newer.
 */
export function ratesBetween(before: DetailedStatsMessage, after: DetailedStatsMessage): Rates | undefined {
  const seconds = (timeOf(after) - timeOf(before)) / 1000;
  if (!(seconds > 0)) return undefined;
  return {
    networkRx: rate(before.networkRxBytes, after.networkRxBytes, seconds),
    networkTx: rate(before.networkTxBytes, after.networkTxBytes, seconds),
    blockRead: rate(before.blockReadBytes, after.blockReadBytes, seconds),
    blockWrite: rate(before.blockWriteBytes, after.blockWriteBytes, seconds),
  };
}

/** Returns the engine's time of a reading, epoch ms; `NaN` without a reading. */
export function timeOf({ timestamp }: DetailedStatsMessage): number {
  return timestamp === null ? NaN : Date.parse(timestamp);
}

/** Returns `null` for a total that decreased, because the container was restarted. */
function rate(before: number | null, after: number | null, seconds: number): number | null {
  return before === null || after === null || after < before ? null : (after - before) / seconds;
}
