/**
 * Stored blocks of bins. A block has its columns one after the other, because compression works best on equal things,
 * and values of 17 significant bits.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type Bins, WIDTH } from "./bins.ts";

/** Largest number of samples of a bin that is stored. */
const MOST_SAMPLES = 0xffff;
/** Unit of the time of a maximum, ms. */
const MAXIMUM_MS = 100;
/** Bytes of the head: number of bins, and whether each has one sample only. */
const HEAD = 8;
/** Bits of a value that are dropped. */
const DROPPED_BITS = 8;

/** Arrays of a block in one buffer. */
interface Layout {
  readonly mean: (column: number) => Float32Array;
  readonly min: (column: number) => Float32Array;
  readonly max: (column: number) => Float32Array;
  /** Number of the bin within the block. */
  readonly place: () => Uint16Array;
  readonly weight: () => Uint16Array;
  readonly maxAt: (column: number) => Uint16Array;
}

/** @param plain True when each bin has one sample, so that its mean is its minimum and maximum. */
function layoutOf(buffer: ArrayBufferLike, rows: number, plain: boolean): Layout {
  const floats = (array: number) => new Float32Array(buffer, HEAD + array * rows * 4, rows);
  const columns = plain ? WIDTH : 3 * WIDTH;
  const after = HEAD + columns * rows * 4;
  const shorts = (array: number) => new Uint16Array(buffer, after + array * rows * 2, rows);
  return {
    mean: floats,
    min: (column) => floats(plain ? column : WIDTH + column),
    max: (column) => floats(plain ? column : 2 * WIDTH + column),
    place: () => shorts(0),
    weight: () => shorts(1),
    maxAt: (column) => shorts(2 + column),
  };
}

/**
 * Encodes bins.
 *
 * @param startMs Begin of the block, epoch ms.
 */
export function encodeBlock(bins: Bins, startMs: number): Uint8Array {
  const times = bins.times();
  const parts = times.map((at) => Array.from({ length: WIDTH }, (_, column) => bins.part(at, column)));
  const weights = parts.map((row) => Math.max(1, ...row.map(({ weight }) => weight)));
  const plain = weights.every((weight) => weight === 1);
  const buffer = new ArrayBuffer(HEAD + times.length * rowBytes(plain));
  new Uint32Array(buffer, 0, 2).set([times.length, Number(plain)]);
  const layout = layoutOf(buffer, times.length, plain);
  layout.place().set(times.map((at) => (at - startMs) / bins.stepMs));
  layout.weight().set(weights.map((weight) => Math.min(weight, MOST_SAMPLES)));
  for (let column = 0; column < WIDTH; column++) {
    const of = (value: "mean" | "min" | "max") =>
      parts.map((row) => row[column]!.weight === 0 ? NaN : row[column]![value]);
    layout.mean(column).set(of("mean"));
    if (plain) continue;
    layout.min(column).set(of("min"));
    layout.max(column).set(of("max"));
    layout.maxAt(column).set(
      parts.map((row, index) =>
        row[column]!.weight === 0 ? 0 : Math.floor((row[column]!.maxAt - times[index]!) / MAXIMUM_MS)
      ),
    );
  }
  roundFloats(new Uint32Array(buffer, HEAD, (plain ? 1 : 3) * WIDTH * times.length));
  return deflateRawSync(new Uint8Array(buffer), { level: 6 });
}

function rowBytes(plain: boolean): number {
  return plain ? WIDTH * 4 + 2 * 2 : 3 * WIDTH * 4 + (2 + WIDTH) * 2;
}

/** Rounds values to the nearest that ends in zeros. */
function roundFloats(bits: Uint32Array): void {
  const half = 1 << (DROPPED_BITS - 1);
  for (let index = 0; index < bits.length; index++) {
    bits[index] = (bits[index]! + half) >>> DROPPED_BITS << DROPPED_BITS;
  }
}

/** Place of a block. Times are epoch ms. */
export interface BlockPlace {
  readonly startMs: number;
  /** Length of its bins, ms. */
  readonly stepMs: number;
}

/** Time span, epoch ms; the end is exclusive. */
export interface Span {
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** Adds the bins of a block within a time span to other bins, which may be longer. */
export function decodeBlock(data: Uint8Array, { startMs, stepMs }: BlockPlace, into: Bins, span: Span): void {
  const buffer = Uint8Array.from(inflateRawSync(data)).buffer;
  const [rows = 0, plain] = new Uint32Array(buffer, 0, 2);
  const layout = layoutOf(buffer, rows, plain === 1);
  const [place, weight] = [layout.place(), layout.weight()];
  for (let column = 0; column < WIDTH; column++) {
    const [mean, min, max] = [layout.mean(column), layout.min(column), layout.max(column)];
    const late = plain === 1 ? undefined : layout.maxAt(column);
    for (let row = 0; row < rows; row++) {
      const at = startMs + place[row]! * stepMs;
      if (at < span.sinceMs || at >= span.untilMs || Number.isNaN(mean[row]!)) continue;
      const maxAt = at + (late?.[row] ?? 0) * MAXIMUM_MS;
      into.addPart(at, column, {
        weight: weight[row]!,
        mean: mean[row]!,
        min: min[row]!,
        max: max[row]!,
        maxAt,
      });
    }
  }
}
