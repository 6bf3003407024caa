/** The lines of an output on both sides of a place, read at once. */
import { formatMoment } from "../moment.ts";
import { compareCursors, type Cursor } from "./cursor.ts";
import type { OutputSource } from "./frame.ts";
import {
  MARGIN_LINES,
  NewestLines,
  numbered,
  type NumberedLine,
  placed,
  type PlacedLine,
} from "./numbered_lines.ts";
import { readPage } from "./page.ts";
import { openBefore } from "./place/lines_from.ts";

/** A place in an output. */
export interface AroundRequest {
  readonly place: Cursor;
  /** Maximum number of lines on each side. */
  readonly count: number;
}

/** Lines around a place, oldest first. */
export interface LinesAround<L extends PlacedLine = PlacedLine> {
  /** The newest lines before the place. */
  readonly before: readonly L[];
  /** The oldest lines from the place on. */
  readonly from: readonly L[];
}

/** Number of readings with more lines each, before both sides are read on their own. */
const MOST_TRIES = 3;

/**
 * Reads the lines around a place.
 *
 * @throws {AppError} "not-found" or the engine's refusal.
 */
export async function readAround(
  source: OutputSource,
  request: AroundRequest,
  signal: AbortSignal,
): Promise<LinesAround> {
  const { place, count } = request;
  if (count === 0) return { before: [], from: [] };
  let further = count + MARGIN_LINES;
  for (let tries = 0; tries < MOST_TRIES; tries++, further *= 4) {
    const found = await readOnce(source, request, further, signal);
    if (found === undefined) break;
    if (found.isAll || found.before.length >= count || signal.aborted) {
      return { before: found.before.slice(-count), from: found.from.slice(0, count) };
    }
  }
  const [before, from] = await Promise.all([
    readPage(source, { count, before: place }, signal),
    readPage(source, { count, after: { ...place, ordinal: place.ordinal - 1 } }, signal),
  ]);
  return { before, from };
}

/** Reads from about a number of lines before a place on; `undefined` if the place is not found. */
async function readOnce(
  source: OutputSource,
  { place, count }: AroundRequest,
  further: number,
  signal: AbortSignal,
): Promise<LinesAround & { readonly isAll: boolean } | undefined> {
  const opened = await openBefore(source, { ns: place.ns, further }, signal);
  if (opened === undefined) return undefined;
  const { first, isWhole } = opened;
  const at = formatMoment(place.ns);
  const newest = new NewestLines(count, at);
  const later: NumberedLine[] = [];
  for await (const { found } of numbered(opened.batches, undefined, signal)) {
    newest.add(found);
    later.push(...found.filter(({ line }) => line.timestamp > at));
    if (later.length >= count + MARGIN_LINES) break;
  }
  // The engine may have cut among the lines with the first timestamp, so their places are unknown.
  const known = isWhole ? newest.lines : newest.lines.filter(({ line }) => line.timestamp !== first);
  const lines = placed([...known, ...later]);
  const isBefore = ({ cursor }: PlacedLine) => compareCursors(cursor, place) < 0;
  return {
    before: lines.filter(isBefore),
    from: lines.filter((line) => !isBefore(line)),
    isAll: isWhole,
  };
}
