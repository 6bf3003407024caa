/** The samples that are not in blocks yet: the window of now, and earlier ones that wait for the disk. */
import type { Bins } from "../store/history/bins.ts";
import type { Span } from "../store/history/block.ts";
import type { JournalEntry } from "../store/history/history_store.ts";
import { beginOf, WINDOW_MS } from "../store/history/tiers.ts";
import { Window } from "../store/history/window.ts";

/** Windows in memory, oldest first; the last one may still receive samples. */
export class Windows {
  readonly #windows: Window[] = [];
  #lastId: number;

  /**
   * @param lastId Highest id of a window that was ever used.
   * @param mostBytes Memory of the samples, bytes; beyond it the oldest window is dropped.
   */
  constructor(lastId: number, readonly mostBytes: number) {
    this.#lastId = lastId;
  }

  /** Restores the journal of an earlier run. */
  restore(entries: Iterable<JournalEntry>, done: ReadonlyMap<number, number>): void {
    for (const { window: id, startMs, data } of entries) {
      let window = this.#windows.at(-1);
      if (window?.id !== id) this.#windows.push(window = new Window(id, startMs));
      window.restore(data, (series) => (done.get(series) ?? 0) < id);
      this.#lastId = Math.max(this.#lastId, id);
    }
  }

  /** Adds a sample. */
  add(series: number, atMs: number, values: ArrayLike<number>): void {
    this.#at(atMs).add(series, atMs, values);
  }

  /** Returns the oldest window if it is over, `undefined` otherwise. */
  finished(now: number): Window | undefined {
    const [oldest] = this.#windows;
    const isCurrent = this.#windows.length === 1 && oldest?.startMs === beginOf(now, WINDOW_MS);
    return isCurrent ? undefined : oldest;
  }

  /** Removes a window whose samples are in blocks. */
  remove(window: Window): void {
    const index = this.#windows.indexOf(window);
    if (index >= 0) this.#windows.splice(index, 1);
  }

  /** Returns the windows whose samples the journal lacks. */
  unstored(): readonly [Window, Uint8Array][] {
    return this.#windows.flatMap((window) => {
      const data = window.unstored();
      return data === undefined ? [] : [[window, data] as [Window, Uint8Array]];
    });
  }

  /** Reports whether a series has samples here. */
  has(series: number): boolean {
    return this.#windows.some((window) => window.series.has(series));
  }

  /** Adds the samples of a series to bins. */
  fill(series: number, bins: Bins, span: Span): void {
    for (const { series: points, startMs } of this.#windows) points.get(series)?.fill(bins, startMs, span);
  }

  /** Drops the oldest windows while the samples take too much memory; returns how many. */
  shrink(): number {
    let dropped = 0;
    while (
      this.#windows.length > 1 && this.#windows.reduce((sum, { bytes }) => sum + bytes, 0) > this.mostBytes
    ) {
      this.#windows.shift();
      dropped++;
    }
    return dropped;
  }

  #at(atMs: number): Window {
    const startMs = beginOf(atMs, WINDOW_MS);
    const last = this.#windows.at(-1);
    if (last?.startMs === startMs) return last;
    const window = new Window(++this.#lastId, startMs);
    this.#windows.push(window);
    return window;
  }
}
