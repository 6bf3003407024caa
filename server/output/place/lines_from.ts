/** Reads an output from about a time on, without the engine's scan of everything before it. */
import type { OutputLine } from "../../docker/demux.ts";
import { parseMoment } from "../../moment.ts";
import { Semaphore } from "../../semaphore.ts";
import type { OutputSource } from "../frame.ts";
import { newestLines } from "../newest_lines.ts";
import { TimeIndex } from "./time_index.ts";

/** Largest number of readings to find a place; after them the engine scans the log. */
const MOST_TRIES = 12;
/** Number of lines before the place that are read rather than asking again. */
const NEAR_LINES = 20_000;
/** Time in which an engine sends the first or the last line, ms; after a log file was truncated it never does. */
const EDGE_MS = 3000;
/** Time after which an output without a last line is read by number again, ms. */
const SCANNED_MS = 300_000;
/** Part of a log's time from its start on, within which the engine's own scan is faster. */
const EARLY = 0.15;
/** Largest number of containers whose places are known. */
const MOST_INDEXES = 200;

/** Knowledge of one container's output. */
interface Known {
  /** Time until which the output is not read by number, ms of `performance.now()`. */
  scannedUntil: number;
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

/**
 * Opens the output before a time; `undefined` when the engine's own scan is as fast or has to be used.
 *
 * @param ns Time before which the lines begin, epoch ns by the engine's clock.
 * @param further Number of further lines before it.
 */
export async function openBefore(
  source: OutputSource,
  ns: bigint,
  further: number,
  signal: AbortSignal,
): Promise<LinesFrom | undefined> {
  const known = knownOf(source);
  const { index, turn } = known;
  if (performance.now() < known.scannedUntil) return undefined;
  using _turn = await turn.acquire(signal);
  const [start, end] = await Promise.all([edgeOf(source, {}, signal), edgeOf(source, { tail: 1 }, signal)]);
  if (start !== undefined && end === undefined) known.scannedUntil = performance.now() + SCANNED_MS;
  if (start === undefined || end === undefined || Number(ns - start) < Number(end - start) * EARLY) {
    return undefined;
  }
  let lines = index.estimate(ns, end) + further;
  for (let tries = 0; tries < MOST_TRIES && !signal.aborted; tries++) {
    const opened = await open(source, lines, signal);
    const at = opened && parseMoment(opened.first);
    if (opened === undefined || at === undefined) return undefined;
    index.add(at, lines);
    const isWhole = at <= start;
    const before = isWhole ? lines : index.linesBetween(at, ns);
    if (at < ns && before <= NEAR_LINES + further) return { ...opened, isWhole };
    await opened.close();
    const next = index.estimate(ns, end) + further;
    lines = Math.ceil(at < ns ? Math.min(next, lines * 0.95) : Math.max(next, lines * 1.1));
  }
  return undefined;
}

/** Lines that are being read. */
interface Opened extends Omit<LinesFrom, "isWhole"> {
  readonly close: () => Promise<unknown>;
}

async function open(source: OutputSource, lines: number, signal: AbortSignal): Promise<Opened | undefined> {
  const batches = newestLines(source, { tail: lines }, signal);
  const { value: first } = await batches.next();
  if (first?.[0] === undefined) return undefined;
  const all = async function* () {
    try {
      yield first;
      yield* batches;
    } finally {
      await batches.return(undefined);
    }
  };
  return { batches: all(), first: first[0].timestamp, close: () => batches.return(undefined) };
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
  const found = all.get(containerId) ?? { index: new TimeIndex(), turn: new Semaphore(1), scannedUntil: 0 };
  all.delete(containerId);
  all.set(containerId, found);
  const [oldest] = all.keys();
  if (all.size > MOST_INDEXES) all.delete(oldest!);
  return found;
}
