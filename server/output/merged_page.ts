/** Pages and the whole text of several outputs, as one list ordered by the timestamps of its lines. */
import type { OutputLine } from "../docker/demux.ts";
import { compareCursors, type Cursor, cursorKey, placeIn } from "./cursor.ts";
import { type LinesAround, readAround } from "./around.ts";
import type { OutputSource } from "./frame.ts";
import type { PlacedLine } from "./numbered_lines.ts";
import { type PageRequest, readPage } from "./page.ts";

/** A line of a list, with its container. */
export interface ListedLine extends PlacedLine {
  readonly source: OutputSource;
}

/** Number of outputs that are read at the same time. */
const PARALLEL = 4;

/**
 * Reads a page of several outputs, oldest line first. Its cursors name the container of their line.
 *
 * @param requestOf Request for one output, with the count and the cursors of the whole page.
 * @throws {AppError} as {@linkcode readPage}.
 */
export async function readMergedPage(
  sources: readonly OutputSource[],
  requestOf: (source: OutputSource) => PageRequest,
  signal: AbortSignal,
): Promise<readonly ListedLine[]> {
  let page: readonly ListedLine[] = [];
  await forEachOutput(sources, async (source) => {
    const request = requestOf(source);
    const lines = await readListed(source, request, signal);
    const all = inOrder([...page, ...lines]);
    page = request.after === undefined ? all.slice(-request.count) : all.slice(0, request.count);
  });
  return page;
}

/**
 * Reads the lines of several outputs around a place. Lines that share the timestamp of the first or the last one are
 * all included, so that each further page can begin there.
 *
 * @param placeOf Returns the place in one output.
 * @throws {AppError} as {@linkcode readPage}.
 */
export async function readMergedAround(
  sources: readonly OutputSource[],
  placeOf: (source: OutputSource) => Cursor,
  count: number,
  signal: AbortSignal,
): Promise<LinesAround<ListedLine>> {
  let [before, from]: [readonly ListedLine[], readonly ListedLine[]] = [[], []];
  await forEachOutput(sources, async (source) => {
    const place = placeIn(placeOf(source), cursorKey(source));
    const found = await readAround(source, { place, count }, signal);
    before = inOrder([...before, ...listed(source, found.before)]);
    const first = before.at(-count)?.line.timestamp ?? "";
    before = before.filter(({ line }) => line.timestamp >= first);
    from = inOrder([...from, ...listed(source, found.from)]);
    const last = from[count - 1]?.line.timestamp;
    if (last !== undefined) from = from.filter(({ line }) => line.timestamp <= last);
  });
  return { before, from };
}

/** Reads outputs, some of them at the same time. */
async function forEachOutput(
  sources: readonly OutputSource[],
  read: (source: OutputSource) => Promise<void>,
): Promise<void> {
  const rest = sources.values();
  await Promise.all(Array.from({ length: PARALLEL }, async () => {
    for (const source of rest) await read(source);
  }));
}

async function readListed(
  source: OutputSource,
  request: PageRequest,
  signal: AbortSignal,
): Promise<readonly ListedLine[]> {
  if (request.count === 0) return [];
  const of = cursorKey(source);
  const { before, after } = request;
  const own = { ...request, before: before && placeIn(before, of), after: after && placeIn(after, of) };
  return listed(source, await readPage(source, own, signal));
}

function listed(source: OutputSource, lines: readonly PlacedLine[]): readonly ListedLine[] {
  const of = cursorKey(source);
  return lines.map(({ line, cursor }) => ({ source, line, cursor: { ...cursor, of } }));
}

function inOrder(lines: readonly ListedLine[]): readonly ListedLine[] {
  return lines.toSorted((one, other) => compareCursors(one.cursor, other.cursor));
}

/** An output that is being merged, with its next lines. */
interface Head<S, L> {
  readonly of: S;
  readonly batches: AsyncIterator<readonly L[]>;
  lines: readonly L[];
  at: number;
}

/** Merges outputs line by line; yields batches. The order within an output stays as it is. */
export async function* mergeLines<S, L extends OutputLine>(
  outputs: readonly (readonly [of: S, lines: AsyncIterator<readonly L[]>])[],
): AsyncGenerator<readonly (readonly [of: S, line: L])[]> {
  const heads = outputs.map(([of, batches]): Head<S, L> => ({ of, batches, lines: [], at: 0 }));
  try {
    let open = await refilled(heads);
    while (open.length > 0) {
      const merged: [S, L][] = [];
      // Until one of them has to be read on.
      while (open.every(({ lines, at }) => at < lines.length)) {
        const first = open.reduce((one, other) => stampOf(other) < stampOf(one) ? other : one);
        merged.push([first.of, first.lines[first.at++]!]);
      }
      yield merged;
      open = await refilled(open);
    }
  } finally {
    await Promise.all(heads.map(({ batches }) => batches.return?.()));
  }
}

function stampOf({ lines, at }: Head<unknown, OutputLine>): string {
  return lines[at]!.timestamp;
}

/** Reads the next lines of outputs without; returns the outputs that have not ended. */
async function refilled<S, L>(heads: readonly Head<S, L>[]): Promise<readonly Head<S, L>[]> {
  await Promise.all(heads.map(async (head) => {
    while (head.at >= head.lines.length) {
      const { done, value } = await head.batches.next();
      if (done) return;
      head.lines = value;
      head.at = 0;
    }
  }));
  return heads.filter(({ lines, at }) => at < lines.length);
}
