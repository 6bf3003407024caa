/** The clock that decides on the age of history. */

/** Speed at which it follows a clock that was set forward. */
const CATCH_UP = 2;

/**
 * A clock that a jump of the system's clock cannot move far: it follows a jump forward at twice the real speed, so that
 * a wrong clock deletes next to nothing until it is set right, and a jump backward at once.
 */
export class RetentionClock {
  #at: number;
  #ticked: number;

  /**
   * @param storedMs Its last time, epoch ms; `undefined` at the first start.
   * @param wallMs System time, epoch ms.
   * @param steadyMs Time by a clock that is never set, ms.
   */
  constructor(storedMs: number | undefined, wallMs: number, steadyMs: number) {
    this.#at = Math.min(storedMs ?? wallMs, wallMs);
    this.#ticked = steadyMs;
  }

  /** Returns its time, epoch ms. */
  tick(wallMs: number, steadyMs: number): number {
    const elapsed = Math.max(steadyMs - this.#ticked, 0);
    this.#ticked = steadyMs;
    this.#at = Math.min(wallMs, this.#at + CATCH_UP * elapsed);
    return this.#at;
  }
}
