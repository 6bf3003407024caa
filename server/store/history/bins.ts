/** Bins of equal length, each with mean, minimum, maximum and the time of the maximum of every column. */
import { beginOf } from "./tiers.ts";

/** Number of columns of a series. */
export const WIDTH = 6;

/** Fields of a column in a row; the sum is that of `weight` samples. */
export const FIELD = { weight: 0, sum: 1, min: 2, max: 3, maxAt: 4 } as const;
/** Number of fields of a column in a row. */
export const FIELDS = 5;

/** Numbers of one column of a bin. Times are epoch ms. */
export interface Part {
  /** Number of samples; 0 when the column is unknown. */
  readonly weight: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly maxAt: number;
}

/** Bins by their begin. */
export class Bins {
  readonly #rows = new Map<number, Float64Array>();
  #last: Float64Array | undefined;
  #lastBegin = NaN;

  /** @param stepMs Length of a bin, ms. */
  constructor(readonly stepMs: number) {}

  /** Number of bins. */
  get size(): number {
    return this.#rows.size;
  }

  /** Begins of the bins, oldest first. */
  times(): number[] {
    return [...this.#rows.keys()].sort((one, other) => one - other);
  }

  /** Returns the fields of all bins with their begins, oldest first. */
  rows(): (readonly [begin: number, fields: Float64Array])[] {
    return [...this.#rows].sort(([one], [other]) => one - other);
  }

  /**
   * Adds one sample.
   *
   * @param values Values of all columns from `first` on; `NaN` where unknown.
   */
  addSample(atMs: number, values: Float32Array, first: number): void {
    const row = this.#row(atMs);
    for (let column = 0; column < WIDTH; column++) {
      const value = values[first + column]!;
      if (!Number.isNaN(value)) addPart(row, column, 1, value, value, value, atMs);
    }
  }

  /** Returns the fields of the bin around a time, which {@linkcode addPart} changes. */
  fields(atMs: number): Float64Array {
    return this.#row(atMs);
  }

  /** Returns the numbers of a bin for a column. */
  part(atMs: number, column: number): Part {
    const row = this.#row(atMs);
    const first = column * FIELDS;
    const weight = row[first]!;
    const mean = weight === 0 ? NaN : row[first + 1]! / weight;
    return { weight, mean, min: row[first + 2]!, max: row[first + 3]!, maxAt: row[first + 4]! };
  }

  #row(atMs: number): Float64Array {
    const begin = beginOf(atMs, this.stepMs);
    if (begin === this.#lastBegin) return this.#last!;
    let row = this.#rows.get(begin);
    if (row === undefined) {
      row = new Float64Array(WIDTH * FIELDS);
      this.#rows.set(begin, row);
    }
    [this.#lastBegin, this.#last] = [begin, row];
    return row;
  }
}

/**
 * Adds the numbers of another bin for a column.
 *
 * @param fields Fields of the bin, which are changed.
 * @param weight Number of samples.
 * @param maxAt Time of the maximum, epoch ms.
 */
export function addPart(
  fields: Float64Array,
  column: number,
  weight: number,
  mean: number,
  min: number,
  max: number,
  maxAt: number,
): void {
  const first = column * FIELDS;
  const isFirst = fields[first] === 0;
  fields[first]! += weight;
  fields[first + FIELD.sum]! += mean * weight;
  if (isFirst || min < fields[first + FIELD.min]!) fields[first + FIELD.min] = min;
  if (!isFirst && max <= fields[first + FIELD.max]!) return;
  fields[first + FIELD.max] = max;
  fields[first + FIELD.maxAt] = maxAt;
}
