/** Writes that must not be lost: what a full disk refuses is tried again, in order, until it is kept. */
import { getLogger } from "../log/log.ts";

/** How often it is tried again, ms. */
const RETRY_MS = 1000;

const log = getLogger(["dockstat", "stacks"]);

/** Keeps what it is given in order. */
export class WriteRetry implements Disposable {
  readonly #waiting: (() => void)[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** Does the write now, or as soon as it can be done. */
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
          log.error("Cannot keep what is done to stacks, trying again: {error}", { error });
        }
        this.#retry = setTimeout(() => this.#flush(), RETRY_MS);
        return;
      }
      this.#waiting.shift();
    }
  }

  /** Gives up what could not be kept. */
  [Symbol.dispose](): void {
    clearTimeout(this.#retry);
    this.#waiting.length = 0;
  }
}
