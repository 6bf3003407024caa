/**
 * Stored blocks of bins. A block has its columns one after the other, because compression works best on equal things,
 * and values of 17 significant bits.
 */
import { builtin } from "../../builtin.ts";
import { addPart, type Bins, FIELD, FIELDS, WIDTH } from "./bins.ts";

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
  const rows = bins.rows();
  const weights = rows.map(([, fields]) => weightOf(fields));
  const plain = weights.every((weight) => weight === 1);
  const buffer = new ArrayBuffer(HEAD + rows.length * rowBytes(plain));
  new Uint32Array(buffer, 0, 2).set([rows.length, Number(plain)]);
  const layout = layoutOf(buffer, rows.length, plain);
  layout.place().set(rows.map(([begin]) => (begin - startMs) / bins.stepMs));
  layout.weight().set(weights);
  for (let column = 0; column < WIDTH; column++) encodeColumn(layout, rows, column, plain);
  roundFloats(new Uint32Array(buffer, HEAD, (plain ? 1 : 3) * WIDTH * rows.length));
  return builtin("node:zlib").deflateRawSync(new Uint8Array(buffer), { level: 6 });
}

/** Returns the number of samples of the column that has the most. */
function weightOf(fields: Float64Array): number {
  let most = 1;
  for (let column = 0; column < WIDTH; column++) {
    most = Math.max(most, fields[column * FIELDS + FIELD.weight]!);
  }
  return Math.min(most, MOST_SAMPLES);
}

function encodeColumn(layout: Layout, rows: ReturnType<Bins["rows"]>, column: number, plain: boolean): void {
  const mean = layout.mean(column);
  const others = plain ? undefined : [layout.min(column), layout.max(column), layout.maxAt(column)] as const;
  for (const [index, [begin, fields]] of rows.entries()) {
    const first = column * FIELDS;
    const weight = fields[first]!;
    mean[index] = weight === 0 ? NaN : fields[first + FIELD.sum]! / weight;
    if (others === undefined) continue;
    const [min, max, maxAt] = others;
    min[index] = weight === 0 ? NaN : fields[first + FIELD.min]!;
    max[index] = weight === 0 ? NaN : fields[first + FIELD.max]!;
    maxAt[index] = weight === 0 ? 0 : Math.floor((fields[first + FIELD.maxAt]! - begin) / MAXIMUM_MS);
  }
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
  const buffer = Uint8Array.from(builtin("node:zlib").inflateRawSync(data)).buffer;
  const [rows = 0, head] = new Uint32Array(buffer, 0, 2);
  const plain = head === 1;
  const layout = layoutOf(buffer, rows, plain);
  const [place, weight] = [layout.place(), layout.weight()];
  const columns = Array.from({ length: WIDTH }, (_, column) => ({
    ...{ mean: layout.mean(column), min: layout.min(column), max: layout.max(column) },
    maxAt: plain ? undefined : layout.maxAt(column),
  }));
  for (let row = 0; row < rows; row++) {
    const at = startMs + place[row]! * stepMs;
    if (at < span.sinceMs || at >= span.untilMs) continue;
    const fields = into.fields(at);
    for (const [column, { mean, min, max, maxAt }] of columns.entries()) {
      if (Number.isNaN(mean[row]!)) continue;
      const late = (maxAt?.[row] ?? 0) * MAXIMUM_MS;
      addPart(fields, column, weight[row]!, mean[row]!, min[row]!, max[row]!, at + late);
    }
  }
}
