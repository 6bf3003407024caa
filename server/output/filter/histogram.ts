/** Counts the lines of output over time. */
import { levelOf } from "./level.ts";

/** Number of lines within a time, and of errors among them. */
export interface HistogramBar {
  /** Start, ISO 8601, UTC. */
  readonly from: string;
  /** End, exclusive. */
  readonly to: string;
  readonly lines: number;
  readonly errors: number;
}

/** A time, in whole seconds since 1970. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** A histogram that grows with the output; memory for twice its bars at most. */
export class Histogram {
  readonly #counts = new Map<number, { lines: number; errors: number }>();
  readonly #changed = new Set<number>();
  readonly #widthSeconds: number;
  readonly #first: number;
  #last: readonly [second: string, bar: number] = ["", 0];

  /** @param bars Number of bars of the time at the beginning; each has a whole number of seconds. */
  constructor({ from, to }: Range, readonly bars: number) {
    this.#widthSeconds = Math.max(1, Math.ceil((to - from) / bars));
    this.#first = this.#barOf(from);
    const last = Math.min(this.#barOf(to), this.#first + bars);
    for (let bar = this.#first; bar <= last; bar++) this.#open(bar);
  }

  /** Counts a line; one from before the beginning is left out. */
  add(timestamp: string, message: string): void {
    const bar = this.#barAt(timestamp);
    if (!(bar >= this.#first)) return;
    const count = this.#counts.get(bar) ?? this.#open(bar);
    const level = levelOf(message);
    count.lines++;
    if (level === "error" || level === "fatal") count.errors++;
    this.#changed.add(bar);
  }

  /** Returns the bars that have changed since the last call, the earliest first. */
  take(): readonly HistogramBar[] {
    const bars = [...this.#changed].sort((one, other) => one - other);
    this.#changed.clear();
    return bars.flatMap((bar) => {
      const count = this.#counts.get(bar);
      return count === undefined ? [] : [{ from: this.#timeOf(bar), to: this.#timeOf(bar + 1), ...count }];
    });
  }

  #open(bar: number): { lines: number; errors: number } {
    const count = { lines: 0, errors: 0 };
    this.#counts.set(bar, count);
    this.#changed.add(bar);
    if (this.#counts.size > 2 * this.bars + 2) {
      const [oldest] = [...this.#counts.keys()].sort((one, other) => one - other);
      this.#counts.delete(oldest!);
    }
    return count;
  }

  /** Returns the bar of a timestamp; those of one second are parsed once. */
  #barAt(timestamp: string): number {
    const second = timestamp.slice(0, 19);
    if (second !== this.#last[0]) this.#last = [second, this.#barOf(Date.parse(`${second}Z`) / 1000)];
    return this.#last[1];
  }

  #barOf(second: number): number {
    return Math.floor(second / this.#widthSeconds);
  }

  #timeOf(bar: number): string {
    return new Date(bar * this.#widthSeconds * 1000).toISOString();
  }
}
