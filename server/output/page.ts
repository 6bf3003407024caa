/** Pages of container output: the lines before or after a place, ordered by their timestamps. */
import type { OutputLine } from "../docker/demux.ts";
import type { OutputRequest } from "../docker/engine.ts";
import { formatMoment, parseMoment } from "../moment.ts";
import { compareCursors, type Cursor } from "./cursor.ts";
import type { OutputSource } from "./frame.ts";

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
}

/** A line with its place. */
export interface PlacedLine {
  readonly line: OutputLine;
  readonly cursor: Cursor;
}

/** Lines read beyond a page, since the engine's order differs slightly from that of the timestamps. */
const MARGIN_LINES = 256;
/** Time read beyond a page, for the same reason, ns. */
const MARGIN_NS = 1_000_000_000n;
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
  const { after, sinceNs, count } = request;
  const start = later(after!.ns, sinceNs);
  const first = formatMoment(start);
  const kept: OutputLine[] = [];
  let behind = 0;
  for await (
    const lines of linesOf(source, { sinceNs: start - MARGIN_NS, untilNs: endOf(request) }, signal)
  ) {
    for (const line of lines) if (line.timestamp >= first) kept.push(line);
    behind += lines.filter(({ timestamp }) => timestamp > first).length;
    if (behind >= count + MARGIN_LINES) break;
  }
  return placed(kept).filter(isWithin(request)).slice(0, count);
}

/** Reads the newest lines before an end, in windows that become wider until there are enough. */
async function readBackwards(
  source: OutputSource,
  request: PageRequest,
  signal: AbortSignal,
): Promise<readonly PlacedLine[]> {
  const { sinceNs, count } = request;
  const untilNs = endOf(request)!;
  let width = FIRST_WINDOW_NS;
  for (let window = 0;; window++, width *= 8n) {
    const start = window === MOST_WINDOWS ? sinceNs : later(untilNs - width, sinceNs);
    const engineSince = start === undefined ? undefined : start - MARGIN_NS;
    const newest = new NewestLines(count, formatMoment(untilNs - MARGIN_NS));
    for await (const lines of linesOf(source, { sinceNs: engineSince, untilNs }, signal)) newest.add(lines);
    const found = placed(newest.lines).filter(isWithin({ ...request, sinceNs: start }));
    if (found.length >= count || start === sinceNs) return found.slice(-count);
  }
}

/** Reads the newest lines by the engine's own count. */
async function readNewest(
  source: OutputSource,
  request: PageRequest,
  signal: AbortSignal,
): Promise<readonly PlacedLine[]> {
  const { count, sinceNs } = request;
  for (let tail = count + MARGIN_LINES;; tail *= 4) {
    const lines = (await Array.fromAsync(linesOf(source, { tail, sinceNs }, signal))).flat();
    // After a log file was truncated engines find nothing by number, but by time.
    if (lines.length === 0) return await readNewestByTime(source, request, signal);
    // The engine has cut among the lines with the first timestamp, so their places are unknown.
    const whole = lines.length < tail
      ? lines
      : lines.filter(({ timestamp }) => timestamp !== lines[0]!.timestamp);
    const found = placed(whole).filter(isWithin(request));
    if (found.length >= count || lines.length < tail) return found.slice(-count);
  }
}

/** Reads the newest lines of the whole log. */
async function readNewestByTime(
  source: OutputSource,
  { count, sinceNs }: PageRequest,
  signal: AbortSignal,
): Promise<readonly PlacedLine[]> {
  const newest = new NewestLines(count);
  for await (const lines of linesOf(source, { sinceNs }, signal)) newest.add(lines);
  return placed(newest.lines).slice(-count);
}

function linesOf(
  { engine, containerId }: OutputSource,
  request: Omit<OutputRequest, "follow">,
  signal: AbortSignal,
): AsyncIterable<readonly OutputLine[]> {
  return engine.output(containerId, { follow: false, ...request }, signal);
}

/** The newest lines up to an end. Lines that share a timestamp are kept or dropped together. */
class NewestLines {
  readonly #earlier: OutputLine[] = [];
  readonly #atEnd: OutputLine[] = [];
  readonly #most: number;

  /** @param end Last timestamp, inclusive; its lines do not count, because a page may need none of them. */
  constructor(count: number, readonly end?: string) {
    this.#most = count + MARGIN_LINES;
  }

  get lines(): readonly OutputLine[] {
    return [...this.#earlier, ...this.#atEnd];
  }

  add(lines: readonly OutputLine[]): void {
    for (const line of lines) {
      if (this.end === undefined || line.timestamp < this.end) this.#earlier.push(line);
      else if (line.timestamp === this.end) this.#atEnd.push(line);
    }
    if (this.#earlier.length <= 2 * this.#most) return;
    const { timestamp } = this.#earlier[this.#earlier.length - this.#most]!;
    this.#earlier.splice(0, this.#earlier.findIndex((line) => line.timestamp === timestamp));
  }
}

/** Orders lines by their timestamps, and numbers those with the same. */
function placed(lines: readonly OutputLine[]): PlacedLine[] {
  const moments = lines.map((line) => ({ line, ns: parseMoment(line.timestamp) ?? 0n }));
  moments.sort((one, other) => one.ns < other.ns ? -1 : one.ns > other.ns ? 1 : 0);
  let ordinal = 0;
  return moments.map(({ line, ns }, index) => {
    ordinal = moments[index - 1]?.ns === ns ? ordinal + 1 : 0;
    return { line, cursor: { ns, ordinal } };
  });
}

/** Returns the predicate of the lines of a page. */
function isWithin(
  { sinceNs, untilNs, before, after }: Omit<PageRequest, "count">,
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
