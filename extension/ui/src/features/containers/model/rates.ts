import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";

/** Bytes per second; `null` where the engine does not say, or only one reading is known. */
export interface Rates {
  readonly networkRx: number | null;
  readonly networkTx: number | null;
  readonly blockRead: number | null;
  readonly blockWrite: number | null;
}

/** What is known before the second reading. */
export const NO_RATES: Rates = { networkRx: null, networkTx: null, blockRead: null, blockWrite: null };

/**
 * The rates between two readings: the difference of the totals over that of the engine's own times.
 * `undefined` when the second is no newer reading.
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

/** When the engine took a reading, epoch ms; `NaN` when it has taken none. */
export function timeOf({ timestamp }: DetailedStatsMessage): number {
  return timestamp === null ? NaN : Date.parse(timestamp);
}

/** A total that has become smaller began anew: the container was started again. */
function rate(before: number | null, after: number | null, seconds: number): number | null {
  return before === null || after === null || after < before ? null : (after - before) / seconds;
}
