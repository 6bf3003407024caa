/** Container output, followed once for all viewers. */
import { ScopedSignal } from "../duration.ts";
import { DropOldest, Hub } from "../hub.ts";
import { formatMoment, parseMoment } from "../moment.ts";
import { LineFilter } from "./filter/line_filter.ts";
import { Follower } from "./follower.ts";
import { lineOf, type OutputFrame, type OutputSource } from "./frame.ts";
import {
  framesBefore,
  nowOf,
  presentBorder,
  readFound,
  readNewest,
  readPast,
  type ReplayRequest,
} from "./replay.ts";
import { type Border, ReplayFilter } from "./replay_filter.ts";

/** Maximum number of replay passes when more output arrives meanwhile than the queue holds. */
const MOST_READINGS = 5;
/** Wait for lines that the engine delivers late, at the end of a subscription, ms. */
const GRACE_MS = 1000;
/** Longest time of a timer, ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
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
    for await (const frames of this.#follow(source, past, notice, end)) {
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
    const filter = past?.filter && new LineFilter(past.filter, lineOf);
    const wanted = async (frames: readonly OutputFrame[]) => await filter?.pass(frames, signal) ?? frames;
    const isReplayed = past?.tail !== undefined || past?.sinceNs !== undefined;
    const border = isReplayed
      ? yield* this.#past(follower, past, queue, wanted, signal)
      : await presentBorder(follower, formatMoment(nowOf(source)), signal);
    const gate = new ReplayFilter(border);
    if (ended !== undefined) yield [ended];
    for await (const frames of coming) {
      const fresh = await wanted(gate.pass(frames));
      if (fresh.length > 0) yield fresh;
    }
  }

  /** Reads the replay, and continues while more arrives than the queue holds; returns its border. */
  async *#past(
    follower: Follower,
    past: ReplayRequest,
    queue: DropOldest<OutputFrame>,
    wanted: (frames: readonly OutputFrame[]) => Promise<readonly OutputFrame[]>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly OutputFrame[], Border> {
    const { source, opened } = follower;
    await opened;
    const { tail, sinceNs } = past;
    const now = formatMoment(nowOf(source));
    if (past.filter !== undefined && tail !== undefined) {
      return yield* readFound(source, past, await presentBorder(follower, now, signal), signal);
    }
    let border = yield* each(readPast(source, { tail, sinceNs }, new Map(), signal), wanted);
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
      border = yield* each(readPast(source, { sinceNs }, border, signal), wanted);
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

/** Changes what a generator yields; empty batches are left out. */
async function* each<R>(
  batches: AsyncGenerator<readonly OutputFrame[], R>,
  change: (frames: readonly OutputFrame[]) => Promise<readonly OutputFrame[]>,
): AsyncGenerator<readonly OutputFrame[], R> {
  for (;;) {
    const { done, value } = await batches.next();
    if (done) return value;
    const changed = await change(value);
    if (changed.length > 0) yield changed;
  }
}
