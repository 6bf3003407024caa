/** Options of the history, and the curves that it returns. */
import { Bins } from "../store/history/bins.ts";
import type { HistoryBounds } from "../store/history/prune.ts";
import { type HistoryRequest, resolutionOf } from "../store/history/tiers.ts";

/** Times and bounds of the history. */
export interface HistoryTimes {
  /** Interval at which samples are stored, ms; a kill loses at most the samples of this time. */
  readonly storeMs: number;
  /** Longest work at once, ms. */
  readonly sliceMs: number;
  /** Pause between two such slices, ms. */
  readonly pauseMs: number;
  /** Interval of removals and checkpoints, ms. */
  readonly careMs: number;
  /** Memory of samples that wait for the disk, bytes. */
  readonly waitingBytes: number;
  /** Longest wait for the disk at the end, ms; the journal then keeps the samples. */
  readonly closeMs: number;
  /** Number of series. */
  readonly series: number;
}

/** Production values. */
export const HISTORY_TIMES: HistoryTimes = {
  storeMs: 5000,
  sliceMs: 4,
  pauseMs: 20,
  careMs: 60_000,
  waitingBytes: 32 * 1024 ** 2,
  closeMs: 5000,
  series: 10_000,
};

/** Options for a recorded history. */
export interface HistoryOptions {
  /** Age up to which samples are kept, ms. */
  readonly keepMs: number;
  readonly times?: Partial<HistoryTimes>;
  readonly bounds?: Partial<HistoryBounds>;
  /** Clock in epoch ms; injected by tests. */
  readonly now?: () => number;
  /** Clock that is never set, ms; injected by tests. */
  readonly steady?: () => number;
}

/** Bins of one series with equal length. */
export interface Curve {
  readonly resolutionMs: number;
  readonly bins: Bins;
}

/** Returns the curve of a series that has no samples. */
export function emptyCurve(request: HistoryRequest, now: number = Date.now()): Curve {
  const { stepMs } = resolutionOf(request, now);
  return { resolutionMs: stepMs, bins: new Bins(stepMs) };
}
