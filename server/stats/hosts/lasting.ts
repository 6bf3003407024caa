/** Requests of viewers, for hosts that are added while the viewers are there. */

/** Items that last until their signal aborts. */
export class Lasting<T> {
  readonly #items = new Set<{ readonly item: T; readonly signal: AbortSignal }>();

  /** Number of items. */
  get size(): number {
    return this.#items.size;
  }

  /** Adds an item until the signal aborts. */
  add(item: T, signal: AbortSignal): void {
    if (signal.aborted) return;
    const entry = { item, signal };
    this.#items.add(entry);
    signal.addEventListener("abort", () => this.#items.delete(entry), { once: true });
  }

  /** Calls a function for each item with its signal. */
  each(call: (item: T, signal: AbortSignal) => void): void {
    for (const { item, signal } of this.#items) call(item, signal);
  }
}
