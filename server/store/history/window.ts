/** Samples of the last minutes, in memory and in the journal, which become blocks together. */
import { type Bins, WIDTH } from "./bins.ts";
import type { Span } from "./block.ts";

/** Few, since most containers of a host with jobs live for seconds. */
const FIRST_CAPACITY = 8;
/** Largest number of samples of a series in one window. */
const MOST_POINTS = 12_000;
/** Bytes per sample. */
const POINT_BYTES = 4 + WIDTH * 4;

/** The arrays of a list. They share one buffer, because an empty buffer already needs 300 bytes. */
function listOf(capacity: number) {
  const buffer = new ArrayBuffer(capacity * POINT_BYTES);
  return {
    /** Times since the begin of the window, ms. */
    offsets: new Uint32Array(buffer, 0, capacity),
    values: new Float32Array(buffer, capacity * 4),
  };
}

/** A growing list of samples of one series. */
export class Points {
  #list = listOf(FIRST_CAPACITY);
  #length = 0;
  /** Number of samples that the journal has. */
  stored = 0;

  /** Number of samples. */
  get length(): number {
    return this.#length;
  }

  /**
   * Adds a sample.
   *
   * @param offsetMs Time since the begin of the window, ms.
   * @param values One value per column, `NaN` where unknown.
   */
  add(offsetMs: number, values: ArrayLike<number>): void {
    if (this.#length === MOST_POINTS) return;
    if (this.#length === this.#list.offsets.length) this.#grow();
    this.#list.offsets[this.#length] = offsetMs;
    this.#list.values.set(values, this.#length * WIDTH);
    this.#length++;
  }

  /** Adds the samples of a time span to bins. */
  fill(bins: Bins, startMs: number, { sinceMs, untilMs }: Span): void {
    for (let index = 0; index < this.#length; index++) {
      const at = startMs + this.#list.offsets[index]!;
      if (at >= sinceMs && at < untilMs) bins.addSample(at, this.#list.values, index * WIDTH);
    }
  }

  /** Returns the samples that the journal does not have. */
  unstored(): readonly [offsets: Uint32Array, values: Float32Array] {
    const { stored } = this;
    return [
      this.#list.offsets.subarray(stored, this.#length),
      this.#list.values.subarray(stored * WIDTH, this.#length * WIDTH),
    ];
  }

  #grow(): void {
    const { offsets, values } = this.#list;
    this.#list = listOf(offsets.length * 2);
    this.#list.offsets.set(offsets);
    this.#list.values.set(values);
  }
}

/** The samples of all series in a span of {@linkcode WINDOW_MS}. */
export class Window {
  /** Samples by series. */
  readonly series = new Map<number, Points>();

  /**
   * @param id Increases with each window, also when the clock is set back.
   * @param startMs Begin, epoch ms.
   */
  constructor(readonly id: number, readonly startMs: number) {}

  /** Memory of the samples, bytes. */
  get bytes(): number {
    return [...this.series.values()].reduce((sum, { length }) => sum + length * POINT_BYTES, 0);
  }

  /** Adds a sample of a series. */
  add(series: number, atMs: number, values: ArrayLike<number>): void {
    this.points(series).add(atMs - this.startMs, values);
  }

  /** Returns the samples of a series, an empty list for a new one. */
  points(series: number): Points {
    let points = this.series.get(series);
    if (points === undefined) this.series.set(series, points = new Points());
    return points;
  }

  /** Encodes the samples that the journal does not have; `undefined` if it has all. */
  unstored(): Uint8Array | undefined {
    const parts = [...this.series].filter(([, { length, stored }]) => length > stored);
    if (parts.length === 0) return undefined;
    const words = parts.reduce((sum, [, { length, stored }]) => sum + 2 + (length - stored) * (1 + WIDTH), 0);
    const buffer = new ArrayBuffer(words * 4);
    const integers = new Uint32Array(buffer);
    const floats = new Float32Array(buffer);
    let at = 0;
    for (const [id, points] of parts) {
      const [offsets, values] = points.unstored();
      integers.set([id, offsets.length], at);
      integers.set(offsets, at + 2);
      floats.set(values, at + 2 + offsets.length);
      at += 2 + offsets.length + values.length;
    }
    return new Uint8Array(buffer);
  }

  /** Notes that the journal has all samples. */
  markStored(): void {
    for (const points of this.series.values()) points.stored = points.length;
  }

  /** Adds the samples of an entry of the journal. */
  restore(entry: Uint8Array, isWanted: (series: number) => boolean): void {
    const { buffer } = Uint8Array.from(entry);
    const integers = new Uint32Array(buffer);
    const floats = new Float32Array(buffer);
    for (let at = 0; at < integers.length;) {
      const [id, count] = [integers[at]!, integers[at + 1]!];
      const values = at + 2 + count;
      for (let index = 0; isWanted(id) && index < count; index++) {
        const first = values + index * WIDTH;
        this.points(id).add(integers[at + 2 + index]!, floats.subarray(first, first + WIDTH));
      }
      at = values + count * WIDTH;
    }
    this.markStored();
  }
}
