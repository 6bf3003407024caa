// The part of `@sinonjs/fake-timers` that is used; the npm package has no types.

/** A clock that moves only when a test moves it. */
export interface Clock {
  readonly Date: { now(): number };
  readonly performance: { now(): number };
  readonly setTimeout: typeof setTimeout;
  readonly clearTimeout: typeof clearTimeout;
  tick(ms: number): number;
  tickAsync(ms: number): Promise<number>;
}

export function createClock(now: number): Clock;
