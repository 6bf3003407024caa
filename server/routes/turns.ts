/** Turns of clients that wait for each other. */
import { Semaphore } from "../stacks/semaphore.ts";

/** A limited number of turns at the same time, in the order of the requests. */
export class Turns {
  readonly #semaphore: Semaphore;

  /** @param limit Number of turns at the same time. */
  constructor(limit: number) {
    this.#semaphore = new Semaphore(limit);
  }

  /** Waits for a turn, which ends with the caller's scope; `undefined` when the signal aborts first. */
  async take(signal: AbortSignal): Promise<Disposable | undefined> {
    try {
      return await this.#semaphore.acquire(signal, () => {});
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }
}
