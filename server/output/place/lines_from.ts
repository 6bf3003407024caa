/** Reads an output from about a time on, without the engine's scan of everything before it. */
import type { OutputLine } from "../../docker/demux.ts";
import { formatMoment, parseMoment } from "../../moment.ts";
import type { OutputSource } from "../frame.ts";
import { type KnownPlaces, knownPlaces } from "./known_places.ts";
import { openNewest } from "./newest_from.ts";
import { NEAR_LINES, TimeIndex } from "./time_index.ts";

/** Number of readings to find a place; after them, lines far before it are accepted. */
const MOST_TRIES = 6;
/** Numbers of newest lines among which the end of an earlier reading is searched. */
const GROWN_LINES = [2000, 16_000];
/** Time in which an engine sends the first or the last line, ms; after a log file was truncated it never does. */
const EDGE_MS = 3000;
/** Time after which an output without a last line is read by number again, ms. */
const SCANNED_MS = 300_000;
/**
 * Number of lines before a place, per line after it, up to which the engine's search by time is faster. Counting lines
 * from the end takes the engine a fifth of that time per line, and a second reading if the estimate was wrong.
 */
const FEW_BEFORE = 1 / 3;
/** Time and number of lines above which a reading by time was slow, ms: the estimate of the lines was wrong. */
const SLOW_MS = 400;
const SLOW_LINES = 50_000;
/** Part of the lines of a reading that are read before a place rather than asking the engine again. */
const NEAR_PART = 1 / 16;
/** Number of lines before a place that are read by time, per line that is needed, since its rate is an estimate. */
const SURPLUS = 1.5;

/** Lines from before a place on. */
export interface LinesFrom {
  readonly batches: AsyncIterable<readonly OutputLine[]>;
  /** Timestamp of the first line, or one before it. */
  readonly first: string;
  /** True if they begin with the first line of the output. */
  readonly isWhole: boolean;
}

/** A place in an output. */
export interface PlaceRequest {
  /** Time before which the lines begin, epoch ns by the engine's clock. */
  readonly ns: bigint;
  /** Number of further lines before it, about. */
  readonly further: number;
  /** Latest timestamp that is needed, epoch ns; all later ones if `undefined`. */
  readonly untilNs?: bigint;
}

/** Times of the first and the last line of an output, epoch ns. */
interface Edges {
  readonly start: bigint;
  readonly end: bigint;
}

/** Opens the output before a time; `undefined` when the engine's own search by time has to be used. */
export async function openBefore(
  source: OutputSource,
  place: PlaceRequest,
  signal: AbortSignal,
): Promise<LinesFrom | undefined> {
  const known = knownPlaces(source);
  if (performance.now() < known.scannedUntil) return undefined;
  using _turn = await known.turn.acquire(signal);
  const [start, end] = await Promise.all([edgeOf(source, {}, signal), edgeOf(source, { tail: 1 }, signal)]);
  if (start !== undefined && end === undefined) known.scannedUntil = performance.now() + SCANNED_MS;
  if (start === undefined || end === undefined) return undefined;
  if (place.ns <= start) return openFrom(source, known, start, start, place, signal);
  await learnGrowth(source, known, end, signal);
  return await openByNumber(source, known, place, { start, end }, signal);
}

/** Finds the number of newest lines that reach back to a place. */
async function openByNumber(
  source: OutputSource,
  known: KnownPlaces,
  place: PlaceRequest,
  edges: Edges,
  signal: AbortSignal,
): Promise<LinesFrom | undefined> {
  const { index } = known;
  const { ns, further } = place;
  const { start, end } = edges;
  for (let tries = 1; !signal.aborted && tries <= 2 * MOST_TRIES; tries++) {
    if (isFasterByTime(known, ns, edges)) {
      const since = index.earlier(ns, further * SURPLUS, end);
      return openFrom(source, known, since, start, place, signal);
    }
    const lines = index.estimate(ns, end, tries % 3 === 0) + further;
    const opened = await openNewest(source, lines, index, signal);
    if (opened === undefined) return undefined;
    const before = index.linesFrom({ ns: opened.ns, lines }, ns, end);
    const isNear = before <= Math.max(NEAR_LINES, lines * NEAR_PART) + further || tries >= MOST_TRIES;
    const isAtStart = opened.ns <= start;
    if (opened.ns < ns && !isAtStart && isNear) return { ...opened, isWhole: false };
    await opened.close();
    // Further lines may have the first timestamp: some engines write whole seconds.
    if (isAtStart && isNear) return openFrom(source, known, start, start, place, signal);
  }
  return undefined;
}

/** Returns true if the engine finds a place faster from the start of the output, as far as its lines are known. */
function isFasterByTime(
  { index, isCounted, slowNs }: KnownPlaces,
  ns: bigint,
  { start, end }: Edges,
): boolean {
  if (index.size === 0 || !isCounted && ns - start >= slowNs) return false;
  const after = index.linesAt(ns, end);
  return index.linesAt(start, end) - after < after * FEW_BEFORE;
}

/** Reads an output by time: from a time on, or from its start. */
function openFrom(
  { engine, containerId }: OutputSource,
  known: KnownPlaces,
  since: bigint,
  start: bigint,
  { ns, untilNs }: PlaceRequest,
  signal: AbortSignal,
): LinesFrom {
  const isWhole = since <= start;
  const request = { follow: false, untilNs, ...!isWhole && { sinceNs: since } };
  const batches = async function* () {
    const asked = performance.now();
    let count = 0;
    for await (const lines of engine.output(containerId, request, signal)) {
      const isLate = count === 0 && performance.now() - asked > SLOW_MS;
      count += lines.length;
      // Places much nearer to the start are still faster by time.
      if (isLate || count > SLOW_LINES) known.slowNs = (ns - start) / 2n;
      yield lines;
    }
  };
  return { batches: batches(), first: formatMoment(isWhole ? start : since), isWhole };
}

/**
 * Learns how far an output has grown since its last reading, so that the places found before are right again. Growth
 * beyond the last number of lines is estimated.
 */
async function learnGrowth(
  source: OutputSource,
  known: KnownPlaces,
  end: bigint,
  signal: AbortSignal,
): Promise<void> {
  const { index, end: before } = known;
  known.end = end;
  if (before === undefined || before === end || index.size === 0) return;
  for (const lines of GROWN_LINES) {
    const opened = await openNewest(source, lines, new TimeIndex(), signal);
    if (opened === undefined) return;
    if (opened.ns > before) {
      await opened.close();
      if (lines !== GROWN_LINES.at(-1)) continue;
      const rate = lines / Math.max(Number(end - opened.ns), 1);
      return index.grow(Math.ceil(rate * Number(end - before)));
    }
    const last = formatMoment(before);
    let grown = 0;
    for await (const batch of opened.batches) {
      grown += batch.filter(({ timestamp }) => timestamp > last).length;
    }
    return index.grow(grown);
  }
}

/** Returns the time of the first line that a request reads; `undefined` without one. */
async function edgeOf(
  { engine, containerId }: OutputSource,
  request: { readonly tail?: number },
  signal: AbortSignal,
): Promise<bigint | undefined> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(EDGE_MS)]);
  const batches = engine.output(containerId, { follow: false, narrow: true, ...request }, patience);
  for await (const [line] of batches) if (line !== undefined) return parseMoment(line.timestamp);
  return undefined;
}
