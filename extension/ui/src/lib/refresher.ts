/** Does something again whenever it is asked for, but never twice at once, and not more often than is useful. */
export class Refresher {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #working = false;
  #wanted = false;
  #lastAt = -Infinity;

  /** @param gapMs The shortest time between two beginnings, ms. */
  constructor(readonly work: () => Promise<void>, readonly gapMs: number) {}

  /** Asks for it: what is asked for while it goes on is done once more afterwards. */
  readonly ask = (): void => {
    this.#wanted = true;
    if (this.#working || this.#timer !== undefined) return;
    const wait = Math.max(this.#lastAt + this.gapMs - performance.now(), 0);
    this.#timer = setTimeout(() => this.#begin(), wait);
  };

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#working = true;
  }

  async #begin(): Promise<void> {
    this.#timer = undefined;
    this.#wanted = false;
    this.#working = true;
    this.#lastAt = performance.now();
    await this.work();
    this.#working = false;
    if (this.#wanted) this.ask();
  }
}
