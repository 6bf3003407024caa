/** Times of automatic updates. */

/** Times in ms, replaced in tests. */
export interface NightlyTimes {
  /** Interval of checks of the clock. */
  readonly tick: number;
  /** Interval of checks of the containers of an update. */
  readonly poll: number;
  /** Time without a restart after which containers without a health check are healthy. */
  readonly settle: number;
  /** Interval of attempts to return. */
  readonly retry: number;
}

/** Times of a server. */
export const TIMES: NightlyTimes = { tick: 60_000, poll: 1000, settle: 30_000, retry: 20_000 };
