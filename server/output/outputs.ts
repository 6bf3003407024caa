/** Container output, followed once for all viewers. */
import { ScopedSignal } from "../duration.ts";
import { AppError } from "../errors.ts";
import { DropOldest, Hub } from "../hub.ts";
import type { OutputLine } from "../docker/demux.ts";
import { formatMoment, momentOf, parseMoment } from "../moment.ts";
import { Follower } from "./follower.ts";
import { type OutputFrame, type OutputSource, toFrame } from "./frame.ts";
import { readPage } from "./page.ts";
import { advance, type Border, type LastLines, ReplayFilter } from "./replay_filter.ts";

/** Options for the replay at the start of a subscription. */
export interface ReplayRequest {
  readonly tail?: number | undefined;
  /** Epoch ns by the engine's clock. */
  readonly sinceNs?: bigint | undefined;
  /** End of the subscription, exclusive, epoch ns by the engine's clock. */
  readonly untilNs?: bigint | undefined;
}

/** Maximum number of replay passes when more output arrives meanwhile than the queue holds. */
const MOST_READINGS = 5;
/** Wait for lines that the engine delivers late, at the end of a subscription, ms. */
const GRACE_MS = 1000;
/** Longest time of a timer, ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Maximum number of lines of a replay that ends in the past, unless its number is requested. */
const MOST_REPLAYED = 100_000;
/** Capacity of the queue of a slow reader, characters. */
const LONGEST_QUEUE = 4 * 1024 * 1024;

/** All outputs that are being followed. */
export class Outputs {
  readonly #followed = new Map<string, Follower>();
  #dropped = 0;

  /** Number of lines dropped for slow readers. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Number of followed containers. */
  get size(): number {
    return this.#followed.size;
  }

  /**
   * Yields the frames of a container's output: first the requested replay, then new lines, each line once. Ends when
   * the engine's clock reaches `untilNs`.
   *
   * @param past The replay; none, only new lines, if `undefined`.
   * @param notice Creates the frame that represents lines dropped for a slow reader.
   */
  async *follow(
    source: OutputSource,
    past: ReplayRequest | undefined,
    notice: (dropped: number) => OutputFrame,
    signal: AbortSignal,
  ): AsyncGenerator<readonly OutputFrame[]> {
    if (signal.aborted) return;
    const { untilNs } = past ?? {};
    if (untilNs === undefined) return yield* this.#follow(source, past, notice, signal);
    const remainingMs = Number(untilNs - nowOf(source)) / 1e6;
    if (remainingMs <= 0) return yield* framesBefore(source, { ...past, untilNs }, signal);
    const end = AbortSignal.any([
      signal,
      AbortSignal.timeout(Math.min(remainingMs + GRACE_MS, LONGEST_TIMER_MS)),
    ]);
    const until = formatMoment(untilNs);
    const replay = past?.tail !== undefined || past?.sinceNs !== undefined ? past : undefined;
    for await (const frames of this.#follow(source, replay, notice, end)) {
      const early = frames.filter(({ timestamp }) => timestamp < until);
      if (early.length > 0) yield early;
      if (early.length < frames.length) return;
    }
  }

  async *#follow(
    source: OutputSource,
    past: ReplayRequest | undefined,
    notice: (dropped: number) => OutputFrame,
    caller: AbortSignal,
  ): AsyncGenerator<readonly OutputFrame[]> {
    // A caller that stops reading leaves the follower too.
    using left = new ScopedSignal(caller);
    const { signal } = left;
    const follower = this.#join(source, signal);
    const ended = follower.ended;
    const counted = (dropped: number) => {
      this.#dropped += dropped;
      return notice(dropped);
    };
    const queue = new DropOldest(LONGEST_QUEUE, counted, ({ json }: OutputFrame) => json.length);
    // New lines are queued from here on, so the replay, which is read afterwards, overlaps with them.
    const coming = follower.hub.subscribe(queue, signal);
    const border = past === undefined
      ? await presentBorder(follower, formatMoment(nowOf(source)), signal)
      : yield* this.#past(follower, past, queue, signal);
    const gate = new ReplayFilter(border);
    if (ended !== undefined) yield [ended];
    for await (const frames of coming) {
      const fresh = gate.pass(frames);
      if (fresh.length > 0) yield fresh;
    }
  }

  /** Reads the replay, and continues while more arrives than the queue holds; returns its border. */
  async *#past(
    follower: Follower,
    past: ReplayRequest,
    queue: DropOldest<OutputFrame>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly OutputFrame[], Border> {
    const { source, opened } = follower;
    await opened;
    const { tail, sinceNs } = past;
    const now = formatMoment(nowOf(source));
    let border = yield* readPast(source, { tail, sinceNs }, new Map(), signal);
    // After a log file was truncated engines find nothing by number, but by time.
    if (border.size === 0 && tail !== undefined) border = yield* readNewest(source, past, signal);
    // Older lines may exist, which were not requested.
    if (border.size === 0 && sinceNs !== undefined) border = await presentBorder(follower, now, signal);
    for (let again = 0; again < MOST_READINGS && queue.dropped > 0; again++) {
      // Lines that are read again are not lost.
      const lost = this.#dropped;
      queue.take();
      this.#dropped = lost;
      const since = [...border.values()].map(({ timestamp }) => parseMoment(timestamp) ?? 0n);
      if (since.length === 0) break;
      const sinceNs = since.reduce((one, other) => one < other ? one : other);
      border = yield* readPast(source, { sinceNs }, border, signal);
    }
    return border;
  }

  #join(source: OutputSource, signal: AbortSignal): Follower {
    const key = `${source.hostId}/${source.containerId}`;
    const follower = this.#followed.get(key) ?? new Follower(source, new Hub());
    this.#followed.set(key, follower);
    follower.viewers++;
    signal.addEventListener("abort", () => {
      if (--follower.viewers > 0) return;
      this.#followed.delete(key);
      follower.stop.abort();
    }, { once: true });
    return follower;
  }
}

/** Returns the current time by the engine's clock, ns. */
function nowOf({ clockOffsetMs }: OutputSource): bigint {
  return momentOf(Date.now() + clockOffsetMs);
}

/** Yields the lines before the end of a replay that is over. */
async function* framesBefore(
  source: OutputSource,
  { tail, sinceNs, untilNs }: ReplayRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[]> {
  const page = await readPage(source, { count: tail ?? MOST_REPLAYED, sinceNs, untilNs }, signal);
  if (page.length > 0) yield page.map(({ line }) => toFrame(source, line));
}

/**
 * Returns the border of the lines that exist now, for a viewer without a replay. The engine's newest line decides. The
 * engine's clock, which is known roughly, can only move the border back, so it never holds new lines back.
 */
async function presentBorder(follower: Follower, now: string, signal: AbortSignal): Promise<Border> {
  const known = follower.border;
  const present = known.size > 0 ? known : await borderOfNewest(follower, signal);
  const border = new Map<OutputLine["stream"], LastLines>();
  for (const [stream, last] of present) {
    border.set(stream, last.timestamp <= now ? last : { timestamp: now, texts: [] });
  }
  return border;
}

async function borderOfNewest({ source, opened }: Follower, signal: AbortSignal): Promise<Border> {
  await opened;
  const reading = readPast(source, { tail: 1 }, new Map(), signal);
  let next = await reading.next();
  while (!next.done) next = await reading.next();
  return next.value;
}

/** Yields the newest lines by time, and returns the border at which they end. */
async function* readNewest(
  source: OutputSource,
  { tail = 0, sinceNs }: ReplayRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[], Border> {
  const border = new Map<OutputLine["stream"], LastLines>();
  try {
    const page = await readPage(source, { count: tail, sinceNs }, signal);
    const frames = page.map(({ line }) => toFrame(source, line));
    advance(border, frames);
    if (frames.length > 0) yield frames;
  } catch (error) {
    // The follower meets the same error and reports it.
    if (!(error instanceof AppError)) throw error;
  }
  return border;
}

/** Yields the lines after a border, and returns the border at which they end. */
async function* readPast(
  source: OutputSource,
  past: ReplayRequest,
  from: Border,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[], Border> {
  const gate = new ReplayFilter(from);
  const border = new Map(from);
  let first: string | undefined;
  try {
    for await (const lines of source.engine.output(source.containerId, { follow: false, ...past }, signal)) {
      first ??= lines[0]?.timestamp;
      const all = lines.map((line) => toFrame(source, line));
      advance(border, all);
      const frames = gate.pass(all);
      if (frames.length > 0) yield frames;
    }
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
