/** Retries writes to the database, in order: a full disk delays them but loses none. */
import { getLogger } from "../../log/log.ts";

/** Delay before a retry, ms. */
const RETRY_MS = 1000;

const log = getLogger(["dockstat", "stacks"]);

/** A queue of writes. */
export class WriteRetry implements Disposable {
  readonly #waiting: (() => void)[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** @param what Names what is written, for the log. */
  constructor(readonly what = "events of stacks") {}

  /** Writes now, or as soon as it is possible. */
  write(write: () => void): void {
    this.#waiting.push(write);
    this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    while (this.#waiting.length > 0) {
      try {
        this.#waiting[0]!();
      } catch (error) {
        if (this.#waiting.length === 1) {
          log.error("Cannot store {what}, retrying: {error}", { what: this.what, error });
        }
        this.#retry = setTimeout(() => this.#flush(), RETRY_MS);
        return;
      }
      this.#waiting.shift();
    }
  }

  /** Drops the writes that are still waiting. */
  [Symbol.dispose](): void {
    clearTimeout(this.#retry);
    this.#waiting.length = 0;
  }
}
