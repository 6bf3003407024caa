/** Budget of replayed events that clients without the token share. */

/** Limits of a {@linkcode Budget}. */
export interface BudgetLimits {
  /** Number of items that can be spent at once after a pause. */
  readonly burst: number;
  /** Number of items per second in the long run. */
  readonly perSecond: number;
}

/** Items that clients may receive together: a burst, then a constant rate. */
export class Budget {
  #left: number;
  #at: number;

  /** @param now Current time, ms; the clock must not be set back. */
  constructor(readonly limits: BudgetLimits, readonly now: () => number = () => performance.now()) {
    this.#left = limits.burst;
    this.#at = now();
  }

  /** Spends items, and returns the time for which to wait before the next ones, ms. */
  spend(count: number): number {
    const { burst, perSecond } = this.limits;
    const now = this.now();
    this.#left = Math.min(burst, this.#left + (now - this.#at) / 1000 * perSecond) - count;
    this.#at = now;
    return Math.max(0, -this.#left / perSecond * 1000);
  }
}
