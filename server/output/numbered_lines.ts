/** Lines with their places: their timestamps, and their numbers among the lines that share one. */
import type { OutputLine } from "../docker/demux.ts";
import { parseMoment } from "../moment.ts";
import { compareCursors, type Cursor } from "./cursor.ts";
import { type LineCriteria, LineFilter } from "./filter/line_filter.ts";

const encoder = new TextEncoder();
// A byte order mark is part of a line.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Number of lines kept beyond those wanted, since the engine's order differs slightly from that of the timestamps. */
export const MARGIN_LINES = 256;
/** Number of timestamps whose lines are counted at least; twice as many at most. More would survive in the heap. */
const MOST_TIMESTAMPS = MARGIN_LINES;

/** Numbers the lines that share a timestamp. Most lines come in order, each with another timestamp. */
export class LineNumbers {
  /** Timestamps in ascending order, and the number of lines with each. */
  #timestamps: string[] = [];
  #counts: number[] = [];

  /** Returns the number of the next line with a timestamp, from 0. */
  next(timestamp: string): number {
    const last = this.#timestamps.length - 1;
    if (last < 0 || timestamp > this.#timestamps[last]!) {
      this.#timestamps.push(timestamp);
      this.#counts.push(1);
    } else {
      const place = this.#placeOf(timestamp);
      if (this.#timestamps[place] === timestamp) return this.#counts[place]!++;
      this.#timestamps.splice(place, 0, timestamp);
      this.#counts.splice(place, 0, 1);
    }
    if (this.#timestamps.length > 2 * MOST_TIMESTAMPS) this.#forget();
    return 0;
  }

  /** Returns the index of the first timestamp that is not before another one. */
  #placeOf(timestamp: string): number {
    let [low, high] = [0, this.#timestamps.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#timestamps[middle]! < timestamp) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Drops the older half: lines that share a timestamp are near each other. */
  #forget(): void {
    this.#timestamps = this.#timestamps.slice(-MOST_TIMESTAMPS);
    this.#counts = this.#counts.slice(-MOST_TIMESTAMPS);
  }
}

/** A line with its place. */
export interface PlacedLine {
  readonly line: OutputLine;
  readonly cursor: Cursor;
}

/** A line, and its number among those with its timestamp. */
export interface NumberedLine {
  readonly line: OutputLine;
  readonly ordinal: number;
}

/** Lines of one batch from the engine, and the ones that pass the filter. */
export interface ReadLines {
  readonly lines: readonly OutputLine[];
  readonly found: readonly NumberedLine[];
}

/** Numbers lines as they are read, and filters them. */
export async function* numbered(
  batches: AsyncIterable<readonly OutputLine[]>,
  criteria: LineCriteria | undefined,
  signal: AbortSignal,
): AsyncGenerator<ReadLines> {
  const numbers = new LineNumbers();
  const filter = criteria && new LineFilter<NumberedLine>(criteria, ({ line }) => line);
  for await (const lines of batches) {
    const numbered = lines.map((line) => ({ line, ordinal: numbers.next(line.timestamp) }));
    yield {
      lines,
      found: filter === undefined ? numbered : (await filter.pass(numbered, signal)).map(detached),
    };
  }
}

/** Copies a line whose texts are parts of the text of a whole chunk, which they would keep in memory. */
function detached({ line: { timestamp, message, stream }, ordinal }: NumberedLine): NumberedLine {
  const copy = (text: string) => decoder.decode(encoder.encode(text));
  return { line: { timestamp: copy(timestamp), message: copy(message), stream }, ordinal };
}

/** The newest lines up to an end. Lines that share a timestamp are kept or dropped together. */
export class NewestLines {
  readonly #earlier: NumberedLine[] = [];
  readonly #atEnd: NumberedLine[] = [];
  readonly #most: number;

  /** @param end Last timestamp, inclusive; its lines do not count, because a page may need none of them. */
  constructor(count: number, readonly end?: string) {
    this.#most = count + MARGIN_LINES;
  }

  /** The lines, in the order in which they were added. */
  get lines(): readonly NumberedLine[] {
    return [...this.#earlier, ...this.#atEnd];
  }

  /** Adds the next lines. */
  add(lines: readonly NumberedLine[]): void {
    for (const numbered of lines) {
      const { timestamp } = numbered.line;
      if (this.end === undefined || timestamp < this.end) this.#earlier.push(numbered);
      else if (timestamp === this.end) this.#atEnd.push(numbered);
    }
    if (this.#earlier.length <= 2 * this.#most) return;
    const { timestamp } = this.#earlier[this.#earlier.length - this.#most]!.line;
    this.#earlier.splice(0, this.#earlier.findIndex(({ line }) => line.timestamp === timestamp));
  }
}

/** Orders lines by their places. */
export function placed(lines: readonly NumberedLine[]): PlacedLine[] {
  return lines
    .map(({ line, ordinal }) => ({ line, cursor: { ns: parseMoment(line.timestamp) ?? 0n, ordinal } }))
    .sort((one, other) => compareCursors(one.cursor, other.cursor));
}
