/** Readings of past output, before and besides following it. */
import type { OutputLine } from "../docker/demux.ts";
import { AppError } from "../errors.ts";
import { momentOf, parseMoment } from "../moment.ts";
import type { LineCriteria } from "./filter/line_filter.ts";
import type { Follower } from "./follower.ts";
import { type OutputFrame, type OutputSource, toFrame, toNotice } from "./frame.ts";
import { newestLines } from "./newest_lines.ts";
import { readNewestByTime, readPage } from "./page.ts";
import { advance, type Border, type LastLines, ReplayFilter } from "./replay_filter.ts";

/** Options for the replay at the start of a subscription. */
export interface ReplayRequest {
  readonly tail?: number | undefined;
  /** Epoch ns by the engine's clock. */
  readonly sinceNs?: bigint | undefined;
  /** End of the subscription, exclusive, epoch ns by the engine's clock. */
  readonly untilNs?: bigint | undefined;
  /** Only lines that pass, of the replay and of new ones; `tail` counts no others. */
  readonly filter?: LineCriteria | undefined;
}

/** Maximum number of lines of a replay that ends in the past, unless its number is requested. */
const MOST_REPLAYED = 100_000;

/**
 * Minimum number of lines that are read for a border. An engine stores stdout and stderr in the order in which it reads
 * them, so the last line of one stream may be before newer lines of the other one.
 */
const BORDER_LINES = 100;

/** Returns the current time by the engine's clock, ns. */
export function nowOf({ clockOffsetMs }: OutputSource): bigint {
  return momentOf(Date.now() + clockOffsetMs);
}

/** Yields the lines before the end of a replay that is over. */
export async function* framesBefore(
  source: OutputSource,
  { tail, sinceNs, untilNs, filter }: ReplayRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[]> {
  try {
    const page = await readPage(source, { count: tail ?? MOST_REPLAYED, sinceNs, untilNs, filter }, signal);
    if (page.length > 0) yield page.map(({ line }) => toFrame(source, line));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    yield [toNotice(source, error.message, true)];
  }
}

/**
 * Returns the border of the lines that exist now, for a viewer without a replay. The engine's newest line decides. The
 * engine's clock, which is known roughly, can only move the border back, so it never holds new lines back.
 */
export async function presentBorder(follower: Follower, now: string, signal: AbortSignal): Promise<Border> {
  const newest = await borderOfNewest(follower, signal);
  // After a log file was truncated engines find no newest line.
  const present = newest.size > 0 ? newest : follower.border;
  const border = new Map<OutputLine["stream"], LastLines>();
  for (const [stream, last] of present) {
    border.set(stream, last.timestamp <= now ? last : { timestamp: now, texts: [] });
  }
  return border;
}

async function borderOfNewest({ source, opened }: Follower, signal: AbortSignal): Promise<Border> {
  await opened;
  const reading = readPast(source, { tail: 0 }, new Map(), signal);
  let next = await reading.next();
  while (!next.done) next = await reading.next();
  return next.value;
}

/** Yields the newest lines by time, and returns the border at which they end. */
export async function* readNewest(
  source: OutputSource,
  { tail = 0, sinceNs }: ReplayRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[], Border> {
  const border = new Map<OutputLine["stream"], LastLines>();
  try {
    const page = await readNewestByTime(source, { count: tail, sinceNs }, signal);
    const frames = page.map(({ line }) => toFrame(source, line));
    advance(border, frames);
    if (frames.length > 0) yield frames;
  } catch (error) {
    // The follower meets the same error and reports it.
    if (!(error instanceof AppError)) throw error;
  }
  return border;
}

/** Yields the newest lines that pass a filter, as far as a border, which it returns. */
export async function* readFound(
  source: OutputSource,
  { tail = 0, sinceNs, filter }: ReplayRequest,
  border: Border,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[], Border> {
  const ends = [...border.values()].map(({ timestamp }) => parseMoment(timestamp) ?? 0n);
  if (ends.length === 0) return border;
  const untilNs = ends.reduce((one, other) => one > other ? one : other) + 1n;
  try {
    const page = await readPage(source, { count: tail, sinceNs, untilNs, filter }, signal);
    if (page.length > 0) yield page.map(({ line }) => toFrame(source, line));
  } catch (error) {
    // The follower meets the same error and reports it.
    if (!(error instanceof AppError)) throw error;
  }
  return border;
}

/** Yields the lines after a border, with `tail` the newest of them, and returns the border at which they end. */
export async function* readPast(
  source: OutputSource,
  past: ReplayRequest,
  from: Border,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[], Border> {
  const gate = new ReplayFilter(from);
  const border = new Map(from);
  const { tail = Infinity } = past;
  let newest: readonly OutputFrame[] = [];
  let first: string | undefined;
  try {
    for await (const lines of pastLines(source, past, signal)) {
      first ??= lines[0]?.timestamp;
      const all = lines.map((line) => toFrame(source, line));
      advance(border, all);
      const frames = gate.pass(all);
      if (tail < BORDER_LINES) newest = tail === 0 ? [] : [...newest, ...frames].slice(-tail);
      else if (frames.length > 0) yield frames;
    }
    if (newest.length > 0) yield newest;
  } catch (error) {
    // The follower meets the same error and reports it.
    if (!(error instanceof AppError)) throw error;
  }
  // A stream without lines in the replay may have older ones, which were not requested.
  for (const stream of ["stdout", "stderr"] as const) {
    if (first && !border.has(stream)) border.set(stream, { timestamp: first.slice(0, -1), texts: [] });
  }
  return border;
}

/** Reads the lines of a replay, and with a small `tail` those before them that its border needs. */
function pastLines(source: OutputSource, { tail, ...range }: ReplayRequest, signal: AbortSignal) {
  return tail === undefined
    ? source.engine.output(source.containerId, { follow: false, ...range }, signal)
    : newestLines(source, { tail: Math.max(tail, BORDER_LINES), sinceNs: range.sinceNs }, signal);
}
