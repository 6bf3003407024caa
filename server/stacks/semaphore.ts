/** So many at once, the others in the order in which they came. */
import { untilAborted } from "../duration.ts";

/** Turns to be taken. */
export class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** @param most How many may be taken at once. */
  constructor(readonly most: number) {
    this.#free = most;
  }

  /**
   * Takes a turn, which ends with the scope that holds it.
   *
   * @param onWait Called when none is free.
   * @throws the signal's reason when it aborts first.
   */
  async acquire(signal: AbortSignal, onWait: () => void): Promise<Disposable> {
    signal.throwIfAborted();
    if (this.#free > 0) this.#free--;
    else {
      onWait();
      const turn = Promise.withResolvers<void>();
      this.#waiting.push(turn.resolve);
      try {
        await untilAborted(turn.promise, signal);
      } catch (error) {
        const place = this.#waiting.indexOf(turn.resolve);
        if (place >= 0) this.#waiting.splice(place, 1);
        // It was given just as it was given up.
        else this.#pass();
        throw error;
      }
    }
    return { [Symbol.dispose]: () => this.#pass() };
  }

  #pass(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
