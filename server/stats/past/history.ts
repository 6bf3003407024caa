/** History of one container, kept for the configured time. */
import type { Sample } from "../../docker/sample.ts";
import type { HistoryPoint } from "../../protocol/stats.ts";

/** Values per point, without its time. */
const WIDTH = 6;
const FIRST_CAPACITY = 4;

/**
 * A growing ring of points: 40 bytes each, so ten minutes at one point per second take 24 kB. Values have 24 bits of
 * precision (7 digits).
 */
export class History {
  /** Times of the additions by DockStat's clock, which decide on the age. */
  #added = new Float64Array(FIRST_CAPACITY);
  #times = new Float64Array(FIRST_CAPACITY);
  #values = new Float32Array(FIRST_CAPACITY * WIDTH);
  #first = 0;
  #length = 0;

  /** @param keepMs Maximum age of a point, ms. */
  constructor(readonly keepMs: number) {}

  /**
   * Adds a point and drops points that are too old, and the oldest beyond a number.
   *
   * @param now Time by a clock that is never set, ms.
   * @param most Largest number of points.
   */
  add(sample: Sample, now: number = performance.now(), most: number = Infinity): void {
    while (this.#length > 0 && (this.#length >= most || now - this.#added[this.#first]! > this.keepMs)) {
      this.#first = (this.#first + 1) % this.#times.length;
      this.#length--;
    }
    if (this.#length === this.#times.length) this.#grow();
    const at = (this.#first + this.#length++) % this.#times.length;
    this.#added[at] = now;
    this.#times[at] = sample.readMs;
    this.#values.set(toValues(sample), at * WIDTH);
  }

  /** Returns the points since a time (epoch ms), oldest first. */
  since(fromMs: number): HistoryPoint[] {
    const points: HistoryPoint[] = [];
    for (let index = 0; index < this.#length; index++) {
      const at = (this.#first + index) % this.#times.length;
      const time = this.#times[at]!;
      if (time >= fromMs) points.push(this.#point(time, at));
    }
    return points;
  }

  #point(time: number, at: number): HistoryPoint {
    const value = (index: number) => {
      const stored = this.#values[at * WIDTH + index]!;
      return Number.isNaN(stored) ? null : Number(stored.toPrecision(7));
    };
    return [Math.round(time), value(0), value(1), value(2), value(3), value(4), value(5)];
  }

  #grow(): void {
    const capacity = this.#times.length;
    const added = new Float64Array(capacity * 2);
    const times = new Float64Array(capacity * 2);
    const values = new Float32Array(capacity * 2 * WIDTH);
    // Copies from the oldest point on; the wrapped part follows.
    added.set(this.#added.subarray(this.#first));
    added.set(this.#added.subarray(0, this.#first), capacity - this.#first);
    times.set(this.#times.subarray(this.#first));
    times.set(this.#times.subarray(0, this.#first), capacity - this.#first);
    values.set(this.#values.subarray(this.#first * WIDTH));
    values.set(this.#values.subarray(0, this.#first * WIDTH), (capacity - this.#first) * WIDTH);
    this.#added = added;
    this.#times = times;
    this.#values = values;
    this.#first = 0;
  }
}

function toValues(sample: Sample): number[] {
  const { cpuUsage, networkRxRate, networkTxRate, blockReadRate, blockWriteRate } = sample;
  const memory = sample.memoryLimitBytes === null ? null : sample.memoryUsage;
  return [cpuUsage, memory, networkRxRate, networkTxRate, blockReadRate, blockWriteRate].map((value) =>
    value ?? NaN
  );
}
