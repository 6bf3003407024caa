/** Delays between attempts to connect to a host. */
import type { CollectorTimes } from "../times.ts";

/** Delays that double with each failure, up to a limit that depends on the address. */
export class Backoff {
  readonly #firstMs: number;
  readonly #longestMs: number;
  #waitMs: number;

  constructor(
    url: string,
    { backoffMs, longestBackoffMs, longestLocalBackoffMs }: Pick<
      CollectorTimes,
      "backoffMs" | "longestBackoffMs" | "longestLocalBackoffMs"
    >,
  ) {
    // An attempt on this machine is cheap, and its engine should be read as soon as it answers.
    this.#longestMs = url.startsWith("unix:") ? longestLocalBackoffMs : longestBackoffMs;
    this.#waitMs = this.#firstMs = Math.min(backoffMs, this.#longestMs);
  }

  /** Resets the delay after a connection was made. */
  reset(): void {
    this.#waitMs = this.#firstMs;
  }

  /** Returns the delay before the next attempt, ms, and doubles the one after it. */
  next(): number {
    const waitMs = this.#waitMs;
    this.#waitMs = Math.min(waitMs * 2, this.#longestMs);
    // Jitter is only added, so hosts that went down together do not return in one burst.
    return Math.min(waitMs * (1 + Math.random() * 0.3), this.#longestMs);
  }
}
