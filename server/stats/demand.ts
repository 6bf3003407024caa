/** Whether somebody looks at a host, and how often the most eager of them wants to be told. */

/** The wishes of one host's viewers. */
export class Demand {
  readonly #intervals = new Map<symbol, number>();
  #active: AbortController | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;
  /** Until when demand goes on without a viewer, by `performance.now()`. */
  #until = 0;
  readonly #waiting = new Set<() => void>();

  /** @param lingerMs How long demand goes on after the last viewer has left, unless that one says otherwise. */
  constructor(readonly lingerMs: number) {}

  /** Whether numbers are wanted now. */
  get active(): boolean {
    return this.#active !== undefined;
  }

  /**
   * A viewer looks until the signal aborts.
   *
   * @param lingerMs How long demand goes on after it; who looked before it keeps what is left of theirs.
   */
  add(intervalMs: number, signal: AbortSignal, lingerMs = this.lingerMs): void {
    if (signal.aborted) return;
    const key = Symbol();
    this.#intervals.set(key, intervalMs);
    clearTimeout(this.#linger);
    this.#active ??= new AbortController();
    this.#wake();
    signal.addEventListener("abort", () => {
      this.#intervals.delete(key);
      const now = performance.now();
      this.#until = Math.max(this.#until, now + lingerMs);
      if (this.#intervals.size === 0) this.#linger = setTimeout(() => this.stop(), this.#until - now);
    }, { once: true });
  }

  /** Ends the demand at once. */
  stop(): void {
    clearTimeout(this.#linger);
    this.#active?.abort();
    this.#active = undefined;
  }

  /** Resolves with a signal that aborts when the demand ends; an aborted one if the given signal aborts first. */
  async begun(signal: AbortSignal): Promise<AbortSignal> {
    while (this.#active === undefined && !signal.aborted) await this.#changed(signal, undefined);
    return this.#active?.signal ?? AbortSignal.abort();
  }

  /**
   * Resolves when one interval of the most eager viewer has passed since the last turn.
   *
   * @param last When the last turn was due, by `performance.now()`.
   * @returns When this turn was due; turns that were missed are skipped, not made up for.
   */
  async due(last: number, signal: AbortSignal): Promise<number> {
    for (;;) {
      const due = last + this.#intervalMs;
      const now = performance.now();
      if (signal.aborted || now >= due) return now - due > this.#intervalMs ? now : due;
      await this.#changed(signal, due - now);
    }
  }

  get #intervalMs(): number {
    // While lingering, as often as the default viewer wants.
    return this.#intervals.size === 0 ? 1000 : Math.min(...this.#intervals.values());
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
  }

  #changed(signal: AbortSignal, timeoutMs: number | undefined): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = () => {
      clearTimeout(timer);
      this.#waiting.delete(done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(done, timeoutMs);
    this.#waiting.add(done);
    signal.addEventListener("abort", done);
    return promise;
  }
}
