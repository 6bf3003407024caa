/** Runs a task on request, never concurrently and never more often than the given interval. */
export class Refresher {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #working = false;
  #wanted = false;
  #lastAt = -Infinity;

  /** @param gapMs Shortest time between two starts, ms. */
  constructor(readonly work: () => Promise<void>, readonly gapMs: number) {}

  /** Requests a run; requests during a run cause one more run afterwards. */
  readonly ask = (): void => {
    this.#wanted = true;
    if (this.#working || this.#timer !== undefined) return;
    const wait = Math.max(this.#lastAt + this.gapMs - performance.now(), 0);
    this.#timer = setTimeout(() => this.#run(), wait);
  };

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#working = true;
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#wanted = false;
    this.#working = true;
    this.#lastAt = performance.now();
    await this.work();
    this.#working = false;
    if (this.#wanted) this.ask();
  }
}
