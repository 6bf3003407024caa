/** A clock that moves only when a test moves it. */
// @ts-types="../types/fake_timers.d.ts"
import { createClock } from "@sinonjs/fake-timers";

/** A fake clock; disposing it restores the real one. */
export interface FakeClock extends Disposable {
  /** Runs the timers of the next milliseconds. */
  tick(ms: number): void;
  /** Runs the timers of the next milliseconds, and the promises that they settle. */
  tickAsync(ms: number): Promise<void>;
}

/** Replaces the timers and clocks of this process for one scope. */
export function fakeClock(): FakeClock {
  const clock = createClock(Date.now());
  const real = { setTimeout, clearTimeout, dateNow: Date.now, performanceNow: performance.now };
  globalThis.setTimeout = clock.setTimeout;
  globalThis.clearTimeout = clock.clearTimeout;
  Date.now = () => clock.Date.now();
  performance.now = () => clock.performance.now();
  return {
    tick: (ms) => void clock.tick(ms),
    tickAsync: async (ms) => void await clock.tickAsync(ms),
    [Symbol.dispose]() {
      globalThis.setTimeout = real.setTimeout;
      globalThis.clearTimeout = real.clearTimeout;
      Date.now = real.dateNow;
      performance.now = real.performanceNow;
    },
  };
}
