/** Reads an output from about a time on, without the engine's scan of everything before it. */
import type { OutputLine } from "../../docker/demux.ts";
import { formatMoment, parseMoment } from "../../moment.ts";
import { Semaphore } from "../../semaphore.ts";
import type { OutputSource } from "../frame.ts";
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
/** First part of a log's time, in which the engine's search by time is faster for most logs. */
const EARLY = 0.15;
/** Number of lines above which it is slower. */
const MOST_EARLY_LINES = 200_000;
/** Largest number of containers whose places are known. */
const MOST_INDEXES = 200;

/** Knowledge of one container's output. */
interface Known {
  /** Time until which the output is not read by number, ms of `performance.now()`. */
  scannedUntil: number;
  /** Time of the newest line at the last reading, epoch ns. */
  end?: bigint;
  /** First part of the log's time, which is read by time. */
  early: number;
  readonly index: TimeIndex;
  /** One reading at a time searches for a place; the others reuse its result. */
  readonly turn: Semaphore;
}

/** Indexes by engine and container, the least recently used first. */
const indexes = new WeakMap<OutputSource["engine"], Map<string, Known>>();

/** Lines from before a place on. */
export interface LinesFrom {
  readonly batches: AsyncIterable<readonly OutputLine[]>;
  /** Timestamp of the first line. */
  readonly first: string;
  /** True if they begin with the first line of the output. */
  readonly isWhole: boolean;
}

/** A place in an output. */
export interface PlaceRequest {
  /** Time before which the lines begin, epoch ns by the engine's clock. */
  readonly ns: bigint;
  /** Number of further lines before it. */
  readonly further: number;
  /** Latest timestamp that is needed, epoch ns. A place near the start of the output is then read from the start. */
  readonly untilNs?: bigint;
}

/** Opens the output before a time; `undefined` when the engine's own search by time is as fast or has to be used. */
export async function openBefore(
  source: OutputSource,
  place: PlaceRequest,
  signal: AbortSignal,
): Promise<LinesFrom | undefined> {
  const known = knownOf(source);
  if (performance.now() < known.scannedUntil) return undefined;
  using _turn = await known.turn.acquire(signal);
  const [start, end] = await Promise.all([edgeOf(source, {}, signal), edgeOf(source, { tail: 1 }, signal)]);
  if (start !== undefined && end === undefined) known.scannedUntil = performance.now() + SCANNED_MS;
  if (start === undefined || end === undefined) return undefined;
  if (Number(place.ns - start) < Number(end - start) * known.early) {
    return place.untilNs === undefined ? undefined : readEarly(source, known, start, place, signal);
  }
  await learnGrowth(source, known, end, signal);
  return await openByNumber(source, known, place, { start, end }, signal);
}

/** Finds the number of newest lines that reach back to a place. */
async function openByNumber(
  source: OutputSource,
  known: Known,
  place: PlaceRequest,
  { start, end }: { readonly start: bigint; readonly end: bigint },
  signal: AbortSignal,
): Promise<LinesFrom | undefined> {
  const { index } = known;
  const { ns, further } = place;
  for (let tries = 1; !signal.aborted && tries <= 2 * MOST_TRIES; tries++) {
    const lines = index.estimate(ns, end, tries % 3 === 0) + further;
    const opened = await openNewest(source, lines, index, signal);
    if (opened === undefined) return undefined;
    const before = index.linesFrom({ ns: opened.ns, lines }, ns, end);
    const isNear = before <= NEAR_LINES + further || tries >= MOST_TRIES;
    const isAtStart = opened.ns <= start;
    if (opened.ns < ns && !isAtStart && isNear) return { ...opened, isWhole: false };
    await opened.close();
    // Further lines may have the first timestamp: some engines write whole seconds.
    if (isAtStart && isNear) return readEarly(source, known, start, place, signal);
  }
  return undefined;
}

/** Reads an output from its start. If that takes many lines, the next place is searched by number. */
function readEarly(
  { engine, containerId }: OutputSource,
  known: Known,
  start: bigint,
  { untilNs }: PlaceRequest,
  signal: AbortSignal,
): LinesFrom {
  const batches = async function* () {
    let count = 0;
    for await (const lines of engine.output(containerId, { follow: false, untilNs }, signal)) {
      count += lines.length;
      if (count > MOST_EARLY_LINES) known.early = 0;
      yield lines;
    }
  };
  return { batches: batches(), first: formatMoment(start), isWhole: true };
}

/**
 * Learns how far an output has grown since its last reading, so that the places found before are right again. Growth
 * beyond the last number of lines is estimated.
 */
async function learnGrowth(
  source: OutputSource,
  known: Known,
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

function knownOf({ engine, containerId }: OutputSource): Known {
  const all = indexes.get(engine) ?? new Map<string, Known>();
  indexes.set(engine, all);
  const found = all.get(containerId) ?? {
    index: new TimeIndex(),
    turn: new Semaphore(1),
    scannedUntil: 0,
    early: EARLY,
  };
  all.delete(containerId);
  all.set(containerId, found);
  const [oldest] = all.keys();
  if (all.size > MOST_INDEXES) all.delete(oldest!);
  return found;
}
