/** Pure: the resolutions that history is kept in, and the one that fits a request. */

/** A resolution of the history. */
export interface Tier {
  /** Length of a bin, ms. */
  readonly stepMs: number;
  /** Age up to which it is kept, ms; the last tier is kept for the configured time. */
  readonly keepMs: number;
  /** Time span of a stored block, ms. */
  readonly blockMs: number;
}

/** Length of a window, ms, whose samples become blocks together; a multiple of every bin. */
export const WINDOW_MS = 600_000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Resolutions, finest first. */
export const TIERS: readonly Tier[] = [
  { stepMs: 1000, keepMs: HOUR_MS, blockMs: WINDOW_MS },
  { stepMs: 10_000, keepMs: DAY_MS, blockMs: HOUR_MS },
  { stepMs: 60_000, keepMs: 7 * DAY_MS, blockMs: 6 * HOUR_MS },
  { stepMs: 600_000, keepMs: Infinity, blockMs: 48 * HOUR_MS },
];

/** Lengths of bins that an answer may have, ms. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 20, 30].map((seconds) => seconds * 1000),
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * 60_000),
  ...[1, 1.5, 2, 3, 4, 6, 8, 12, 24].map((hours) => hours * HOUR_MS),
];

/** Time span and number of points of a request. Times are epoch ms. */
export interface HistoryRequest {
  readonly sinceMs: number;
  /** Exclusive. */
  readonly untilMs: number;
  /** Largest number of points. */
  readonly points: number;
}

/** Resolution of an answer, and the tier that it is read from. */
export interface Resolution {
  readonly stepMs: number;
  readonly tier: number;
}

/** Chooses the finest resolution that covers the time span and has no more points than wanted. */
export function resolutionOf({ sinceMs, untilMs, points }: HistoryRequest, now: number): Resolution {
  const tier = TIERS.findIndex(({ keepMs }) => now - sinceMs <= keepMs);
  const least = TIERS[tier]!.stepMs;
  const bins = (stepMs: number) => Math.ceil(untilMs / stepMs) - Math.floor(sinceMs / stepMs);
  const step = STEPS.find((stepMs) => stepMs >= least && stepMs % least === 0 && bins(stepMs) <= points);
  const stepMs = step ?? STEPS.at(-1)!;
  return { stepMs, tier: coarsestWithin(stepMs, tier) };
}

/** Returns the coarsest tier whose bins fit into longer bins; it has the fewest bins to read. */
function coarsestWithin(stepMs: number, from: number): number {
  return TIERS.findLastIndex((tier, index) =>
    index >= from && tier.stepMs <= stepMs && stepMs % tier.stepMs === 0
  );
}

/** Returns the begin of the bin, block or window around a time. */
export function beginOf(atMs: number, lengthMs: number): number {
  return Math.floor(atMs / lengthMs) * lengthMs;
}
