/** Numbers of lines that share a timestamp. */

/** Number of timestamps whose lines are counted. */
const MOST_TIMESTAMPS = 20_000;

/** Numbers the lines that share a timestamp. */
export class LineNumbers {
  #next = new Map<string, number>();
  /** Timestamps before those in `#next`. */
  #older = new Map<string, number>();

  /** Returns the number of the next line with a timestamp, from 0. */
  next(timestamp: string): number {
    const ordinal = this.#next.get(timestamp) ?? this.#older.get(timestamp) ?? 0;
    this.#next.set(timestamp, ordinal + 1);
    // Lines that share a timestamp are near each other.
    if (this.#next.size > MOST_TIMESTAMPS) {
      this.#older = this.#next;
      this.#next = new Map();
    }
    return ordinal;
  }
}
