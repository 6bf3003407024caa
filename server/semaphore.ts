/** A semaphore that serves waiting callers in order. */
import { untilAborted } from "./duration.ts";

/** Limits how many callers run at the same time. */
export class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** @param limit Number of slots. */
  constructor(readonly limit: number) {
    this.#free = limit;
  }

  /**
   * Acquires a slot, which is released at the end of the scope.
   *
   * @param onWait Called if no slot is free.
   * @throws The signal's reason if it aborts first.
   */
  async acquire(signal: AbortSignal, onWait: () => void = () => {}): Promise<Disposable> {
    signal.throwIfAborted();
    if (this.#free > 0) this.#free--;
    else {
      onWait();
      const slot = Promise.withResolvers<void>();
      this.#waiting.push(slot.resolve);
      try {
        await untilAborted(slot.promise, signal);
      } catch (error) {
        const index = this.#waiting.indexOf(slot.resolve);
        if (index >= 0) this.#waiting.splice(index, 1);
        // The slot was assigned just before the abort.
        else this.#release();
        throw error;
      }
    }
    return { [Symbol.dispose]: () => this.#release() };
  }

  /** Acquires a slot, which is released at the end of the scope; returns `undefined` if the signal aborts first. */
  async acquireUnlessAborted(signal: AbortSignal): Promise<Disposable | undefined> {
    try {
      return await this.acquire(signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
