/** A ring buffer with one value per second. */

/** Longest gap that is filled, s; engines measure slightly less often than once per second. */
const MAX_FILLED_GAP = 2;

/** One value per second; `NaN` where a value is missing. */
export class SecondsRing {
  readonly #values: Float32Array;
  /** Newest second, epoch s. */
  #last = -Infinity;

  /** @param size Capacity in seconds. */
  constructor(readonly size: number) {
    this.#values = new Float32Array(size).fill(NaN);
  }

  /** Newest second with a value, epoch s; `-Infinity` for an empty ring. */
  get last(): number {
    return this.#last;
  }

  /** Stores the value of a second; a past second keeps a value that it already has. */
  put(second: number, value: number): void {
    if (second <= this.#last) return this.#putPast(second, value);
    const gap = second - this.#last;
    const fill = gap <= MAX_FILLED_GAP + 1 ? this.at(this.#last) : NaN;
    for (let missing = Math.max(this.#last + 1, second - this.size + 1); missing < second; missing++) {
      this.#values[this.#slot(missing)] = fill;
    }
    this.#values[this.#slot(second)] = value;
    this.#last = second;
  }

  /** Returns the value of a second; `NaN` if missing. */
  at(second: number): number {
    const inRange = second <= this.#last && second > this.#last - this.size;
    return inRange ? this.#values[this.#slot(second)] ?? NaN : NaN;
  }

  /** Returns the values of the `size` seconds up to the given one, oldest first. */
  upTo(second: number): number[] {
    return Array.from({ length: this.size }, (_, index) => this.at(second - this.size + 1 + index));
  }

  /** Returns the mean of the newest seconds; `null` when all of them are missing. */
  mean(seconds: number): number | null {
    let [sum, count] = [0, 0];
    for (let second = this.#last; second > this.#last - seconds; second--) {
      const value = this.at(second);
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    return count === 0 ? null : sum / count;
  }

  #putPast(second: number, value: number): void {
    if (second <= this.#last - this.size || !Number.isNaN(this.at(second))) return;
    this.#values[this.#slot(second)] = value;
  }

  #slot(second: number): number {
    return ((second % this.size) + this.size) % this.size;
  }
}
