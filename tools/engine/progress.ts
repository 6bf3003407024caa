/** Lines during long steps, so that an installation does not look as if it hangs. */

/** Interval between two lines, ms. */
const EVERY_MS = 15_000;

/** Reports steps, and repeats the newest one with its duration until disposed. */
export class Progress implements Disposable {
  #step = "";
  #since = 0;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(readonly print: (line: string) => void, everyMs = EVERY_MS) {
    this.#timer = setInterval(() => this.#repeat(), everyMs);
  }

  /** Prints a line; one that ends with "…" begins a step. */
  readonly report = (line: string): void => {
    this.print(line);
    this.#step = line.endsWith("…") ? line : "";
    this.#since = performance.now();
  };

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #repeat(): void {
    if (this.#step === "") return;
    this.print(`${this.#step} ${Math.round((performance.now() - this.#since) / 1000)} s`);
  }
}
