/** Pages of container output: the lines before or after a place, ordered by their timestamps. */
import type { OutputRequest } from "../docker/engine.ts";
import { formatMoment } from "../moment.ts";
import { compareCursors, type Cursor } from "./cursor.ts";
import type { LineCriteria } from "./filter/line_filter.ts";
import type { OutputSource } from "./frame.ts";
import {
  MARGIN_LINES,
  NewestLines,
  numbered,
  type NumberedLine,
  placed,
  type PlacedLine,
  type ReadLines,
} from "./numbered_lines.ts";
import { newestLines } from "./newest_lines.ts";
import { openBefore } from "./place/lines_from.ts";

/** Part of a container's output. */
export interface PageRequest {
  /** Maximum number of lines: the oldest with `after`, otherwise the newest. */
  readonly count: number;
  /** Earliest timestamp, epoch ns by the engine's clock. */
  readonly sinceNs?: bigint | undefined;
  /** End, exclusive, epoch ns by the engine's clock. */
  readonly untilNs?: bigint | undefined;
  /** Only lines before this place. */
  readonly before?: Cursor | undefined;
  /** Only lines after this place. */
  readonly after?: Cursor | undefined;
  /** Only lines that pass, which alone count; all lines if `undefined`. */
  readonly filter?: LineCriteria | undefined;
}

/** Time read beyond a page, for the same reason, ns, and the number of lines that are enough of it. */
const MARGIN_NS = 1_000_000_000n;
const LATE_LINES = 2000;
/** Time read before the lines after a place where the engine searches by time, ns. */
const EARLY_NS = 200_000_000n;
/** Number of readings with more lines each, before the log is read in windows. */
const MOST_TRIES = 3;
/** Width of the first window of a search backwards, ns; each further one is eight times as wide. */
const FIRST_WINDOW_NS = 60_000_000_000n;
/** Number of windows, the last of which reaches 4 years back; after them the whole log is read. */
const MOST_WINDOWS = 8;

/**
 * Reads a page, oldest line first.
 *
 * @throws {AppError} "not-found" or the engine's refusal.
 */
export async function readPage(
  source: OutputSource,
  request: PageRequest,
  signal: AbortSignal,
): Promise<readonly PlacedLine[]> {
  if (request.count === 0) return [];
  if (request.after !== undefined) return await readForwards(source, request, signal);
  const { before, untilNs } = request;
  if (before !== undefined || untilNs !== undefined) return await readBackwards(source, request, signal);
  return await readNewest(source, request, signal);
}

/** Reads the oldest lines after a place. */
async function readForwards(
  source: OutputSource,
  request: PageRequest,
  signal: AbortSignal,
): Promise<readonly PlacedLine[]> {
  const { after, sinceNs, count, filter } = request;
  const start = later(after!.ns, sinceNs);
  const [first, end] = [formatMoment(start), endOf(request)];
  const last = end === undefined ? undefined : formatMoment(end);
  const kept: NumberedLine[] = [];
  let behind = 0;
  const range = { sinceNs: start - EARLY_NS, untilNs: end };
  const opened = await openBefore(source, { ns: start, further: MARGIN_LINES }, signal);
  const batches = opened?.batches ??
    source.engine.output(source.containerId, { follow: false, ...range }, signal);
  for await (const { found, lines } of numbered(batches, filter, signal)) {
    for (const numbered of found) if (numbered.line.timestamp >= first) kept.push(numbered);
    behind += found.filter(({ line }) => line.timestamp > first).length;
    if (behind >= count + MARGIN_LINES || last !== undefined && (lines[0]?.timestamp ?? "") > last) break;
  }
  return placed(kept).filter(isWithin(request)).slice(0, count);
}

/** Reads the newest lines before an end. */
async function readBackwards(
  source: OutputSource,
  request: PageRequest,
  signal: AbortSignal,
): Promise<readonly PlacedLine[]> {
  let further = request.count + MARGIN_LINES;
  for (let tries = 0; tries < MOST_TRIES && request.filter === undefined; tries++, further *= 4) {
    const found = await readBeforeEnd(source, request, further, signal);
    if (found === undefined) break;
    if (found.isAll || found.lines.length >= request.count || signal.aborted) {
      return found.lines.slice(-request.count);
    }
  }
  return await readInWindows(source, request, signal);
}

/** Reads the lines before an end, from about a number of lines before it on; `undefined` if its place is not found. */
async function readBeforeEnd(
  source: OutputSource,
  request: PageRequest,
  further: number,
  signal: AbortSignal,
): Promise<{ readonly lines: readonly PlacedLine[]; readonly isAll: boolean } | undefined> {
  const untilNs = endOf(request)!;
  const end = formatMoment(untilNs - MARGIN_NS);
  const opened = await openBefore(source, { ns: untilNs - MARGIN_NS, further, untilNs }, signal);
  if (opened === undefined) return undefined;
  const { first, isWhole } = opened;
  const newest = new NewestLines(request.count, end);
  let late = 0;
  for await (const { found, lines } of numbered(opened.batches, undefined, signal)) {
    newest.add(found);
    late += lines.filter(({ timestamp }) => timestamp > end).length;
    if (late >= LATE_LINES || (lines[0]?.timestamp ?? "") > formatMoment(untilNs)) break;
  }
  // The engine has cut among the lines with the first timestamp, so their places are unknown.
  const known = isWhole ? newest.lines : newest.lines.filter(({ line }) => line.timestamp !== first);
  const lines = placed(known).filter(isWithin(request));
  const isBefore = request.sinceNs !== undefined && first < formatMoment(request.sinceNs - MARGIN_NS);
  return { lines, isAll: isWhole || isBefore };
}

/**
 * Reads the newest lines before an end, in windows that become wider until there are enough. Engines search for the
 * start of a window as long as they take to send the lines before it, so only a search for few lines is worth it.
 */
async function readInWindows(
  source: OutputSource,
  request: PageRequest,
  signal: AbortSignal,
): Promise<readonly PlacedLine[]> {
  const { sinceNs, count, filter } = request;
  const untilNs = endOf(request)!;
  let width = FIRST_WINDOW_NS;
  for (let window = filter === undefined ? MOST_WINDOWS : 0;; window++, width *= 8n) {
    const start = window === MOST_WINDOWS ? sinceNs : later(untilNs - width, sinceNs);
    const range = { sinceNs: start === undefined ? undefined : start - MARGIN_NS, untilNs };
    const newest = new NewestLines(count, formatMoment(untilNs - MARGIN_NS));
    for await (const { found } of linesOf(source, range, filter, signal)) newest.add(found);
    const lines = placed(newest.lines).filter(isWithin({ ...request, sinceNs: start }));
    if (lines.length >= count || start === sinceNs || signal.aborted) return lines.slice(-count);
  }
}

/** Reads the newest lines by the engine's own count. */
async function readNewest(
  source: OutputSource,
  request: PageRequest,
  signal: AbortSignal,
): Promise<readonly PlacedLine[]> {
  const { count, sinceNs, filter } = request;
  for (let tail = count + MARGIN_LINES;; tail *= 4) {
    const newest = new NewestLines(count);
    let [read, first]: [number, string | undefined] = [0, undefined];
    for await (const { found, lines } of linesOf(source, { tail, sinceNs }, filter, signal)) {
      read += lines.length;
      first ??= lines[0]?.timestamp;
      newest.add(found);
    }
    // After a log file was truncated engines find nothing by number, but by time.
    if (read === 0) return await readNewestByTime(source, request, signal);
    // The engine has cut among the lines with the first timestamp, so their places are unknown.
    const whole = read < tail ? newest.lines : newest.lines.filter(({ line }) => line.timestamp !== first);
    const lines = placed(whole).filter(isWithin(request));
    if (lines.length >= count || read < tail || signal.aborted) return lines.slice(-count);
  }
}

/** Reads the newest lines of the whole log. */
export async function readNewestByTime(
  source: OutputSource,
  { count, sinceNs, filter }: PageRequest,
  signal: AbortSignal,
): Promise<readonly PlacedLine[]> {
  const newest = new NewestLines(count);
  for await (const { found } of linesOf(source, { sinceNs }, filter, signal)) newest.add(found);
  return placed(newest.lines).slice(-count);
}

function linesOf(
  source: OutputSource,
  { tail, ...range }: Omit<OutputRequest, "follow">,
  criteria: LineCriteria | undefined,
  signal: AbortSignal,
): AsyncGenerator<ReadLines> {
  const batches = tail === undefined
    ? source.engine.output(source.containerId, { follow: false, ...range }, signal)
    : newestLines(source, { tail, sinceNs: range.sinceNs }, signal);
  return numbered(batches, criteria, signal);
}

/** Returns the predicate of the lines of a page. */
function isWithin(
  { sinceNs, untilNs, before, after }: Omit<PageRequest, "count" | "filter">,
): (placed: PlacedLine) => boolean {
  return ({ cursor }) =>
    (sinceNs === undefined || cursor.ns >= sinceNs) &&
    (untilNs === undefined || cursor.ns < untilNs) &&
    (before === undefined || compareCursors(cursor, before) < 0) &&
    (after === undefined || compareCursors(cursor, after) > 0);
}

/** Returns the last timestamp that a page may need, with the margin; `undefined` if there is no end. */
function endOf({ before, untilNs }: PageRequest): bigint | undefined {
  const end = before === undefined || untilNs !== undefined && untilNs < before.ns ? untilNs : before.ns;
  return end === undefined ? undefined : end + MARGIN_NS;
}

function later(one: bigint, other: bigint | undefined): bigint {
  return other === undefined || one > other ? one : other;
}
