/** The last so many seconds of a number, in memory that does not grow. */

/** A second that is missing between two others is bridged, longer gaps stay holes: engines measure every 1.0x s. */
const BRIDGED = 2;

/** One value per second; `NaN` where there is none. */
export class SecondsRing {
  readonly #values: Float32Array;
  /** The newest second that was put, epoch s. */
  #last = -Infinity;

  /** @param size How many seconds are kept. */
  constructor(readonly size: number) {
    this.#values = new Float32Array(size).fill(NaN);
  }

  /** The newest second that has a value, epoch s; `-Infinity` before the first. */
  get last(): number {
    return this.#last;
  }

  /** Puts the value of a second; of the past only where there is none yet. */
  put(second: number, value: number): void {
    if (second <= this.#last) return this.#putPast(second, value);
    const gap = second - this.#last;
    const bridge = gap <= BRIDGED + 1 ? this.at(this.#last) : NaN;
    for (let missing = Math.max(this.#last + 1, second - this.size + 1); missing < second; missing++) {
      this.#values[this.#slot(missing)] = bridge;
    }
    this.#values[this.#slot(second)] = value;
    this.#last = second;
  }

  /** The value of a second; `NaN` where there is none. */
  at(second: number): number {
    const kept = second <= this.#last && second > this.#last - this.size;
    return kept ? this.#values[this.#slot(second)] ?? NaN : NaN;
  }

  /** The values of the last `size` seconds up to one, oldest first. */
  upTo(second: number): number[] {
    return Array.from({ length: this.size }, (_, index) => this.at(second - this.size + 1 + index));
  }

  #putPast(second: number, value: number): void {
    if (second <= this.#last - this.size || !Number.isNaN(this.at(second))) return;
    this.#values[this.#slot(second)] = value;
  }

  #slot(second: number): number {
    return ((second % this.size) + this.size) % this.size;
  }
}
