/** History of one container, kept for the configured time. */
import type { Sample } from "../../docker/sample.ts";
import type { HistoryPoint } from "../../protocol/stats.ts";

/** Values per point, without its time. */
const WIDTH = 6;
const FIRST_CAPACITY = 4;

/** The arrays of a ring. They share one buffer, because an empty buffer already needs 300 bytes. */
function ringOf(capacity: number) {
  const buffer = new ArrayBuffer(capacity * (2 * 8 + WIDTH * 4));
  return {
    /** Times of the additions by DockStat's clock, which decide on the age. */
    added: new Float64Array(buffer, 0, capacity),
    times: new Float64Array(buffer, capacity * 8, capacity),
    values: new Float32Array(buffer, capacity * 16),
  };
}

/**
 * A growing ring of points: 40 bytes each, so ten minutes at one point per second take 24 kB. Values have 24 bits of
 * precision (7 digits).
 */
export class History {
  #ring = ringOf(FIRST_CAPACITY);
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
    while (this.#length > 0 && (this.#length >= most || now - this.#ring.added[this.#first]! > this.keepMs)) {
      this.#first = (this.#first + 1) % this.#ring.times.length;
      this.#length--;
    }
    if (this.#length === this.#ring.times.length) this.#grow(most);
    const at = (this.#first + this.#length++) % this.#ring.times.length;
    this.#ring.added[at] = now;
    this.#ring.times[at] = sample.readMs;
    this.#ring.values.set(toValues(sample), at * WIDTH);
  }

  /** Returns the points since a time (epoch ms), oldest first. */
  since(fromMs: number): HistoryPoint[] {
    const points: HistoryPoint[] = [];
    for (let index = 0; index < this.#length; index++) {
      const at = (this.#first + index) % this.#ring.times.length;
      const time = this.#ring.times[at]!;
      if (time >= fromMs) points.push(this.#point(time, at));
    }
    return points;
  }

  #point(time: number, at: number): HistoryPoint {
    const value = (index: number) => {
      const stored = this.#ring.values[at * WIDTH + index]!;
      return Number.isNaN(stored) ? null : Number(stored.toPrecision(7));
    };
    return [Math.round(time), value(0), value(1), value(2), value(3), value(4), value(5)];
  }

  /** Doubles the capacity, up to the largest number of points. */
  #grow(most: number): void {
    const { added, times, values } = this.#ring;
    const [capacity, first] = [times.length, this.#first];
    const ring = ringOf(Math.max(capacity + 1, Math.min(capacity * 2, Math.ceil(most))));
    // Copies from the oldest point on; the wrapped part follows.
    ring.added.set(added.subarray(first));
    ring.added.set(added.subarray(0, first), capacity - first);
    ring.times.set(times.subarray(first));
    ring.times.set(times.subarray(0, first), capacity - first);
    ring.values.set(values.subarray(first * WIDTH));
    ring.values.set(values.subarray(0, first * WIDTH), (capacity - first) * WIDTH);
    this.#ring = ring;
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
