/** Limits the share of the server's time that searches take. */
import { pause } from "../../duration.ts";

/** Longest work at a time, ms. */
export const SLICE_MS = 8;
/** Work that is too short to rest after, ms. */
const SHORT_MS = 2;

/** Runs pieces of work one after the other, and rests as long as each one took. */
export class TimeShare {
  #last = Promise.resolve();

  /** Runs a piece of work, which must end within {@linkcode SLICE_MS}, when it is its turn. */
  async run<T>(work: () => T, signal: AbortSignal): Promise<T> {
    const before = this.#last;
    const over = Promise.withResolvers<void>();
    this.#last = over.promise;
    try {
      await before;
      const began = performance.now();
      const result = work();
      const used = performance.now() - began;
      if (used > SHORT_MS) await pause(used, signal);
      return result;
    } finally {
      over.resolve();
    }
  }
}

/** The time share of all searches in container output. */
export const searchTime = new TimeShare();
