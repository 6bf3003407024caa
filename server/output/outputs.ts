/** Container output, followed once for all viewers. */
import { AppError } from "../errors.ts";
import { DropOldest, Hub } from "../hub.ts";
import { Follower } from "./follower.ts";
import { type OutputFrame, type OutputSource, ReplayFilter, toFrame } from "./frame.ts";

/** Options for the replay at the start of a subscription. */
export interface ReplayRequest {
  readonly tail?: number | undefined;
  /** Epoch ms by the engine's clock. */
  readonly sinceMs?: number | undefined;
}

/** Last timestamp of each stream before a moment. */
type Border = ReadonlyMap<string, string>;

/** Maximum number of replay passes when more output arrives meanwhile than the queue holds. */
const MOST_READINGS = 5;
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
   * Yields the frames of a container's output: first the requested replay, then new lines, each line once.
   *
   * @param notice Creates the frame that represents lines dropped for a slow reader.
   */
  async *follow(
    source: OutputSource,
    past: ReplayRequest | undefined,
    notice: (dropped: number) => OutputFrame,
    signal: AbortSignal,
  ): AsyncGenerator<readonly OutputFrame[]> {
    if (signal.aborted) return;
    const follower = this.#join(source, signal);
    const ended = follower.ended;
    const counted = (dropped: number) => {
      this.#dropped += dropped;
      return notice(dropped);
    };
    const queue = new DropOldest(LONGEST_QUEUE, counted, ({ json }: OutputFrame) => json.length);
    // New lines are queued from here on, so the replay, which is read afterwards, overlaps with them.
    const coming = follower.hub.subscribe(queue, signal);
    const present = follower.present();
    const border = past === undefined ? present : yield* this.#past(follower, past, queue, signal);
    const gate = new ReplayFilter(border);
    if (ended !== undefined) yield [ended];
    for await (const frames of coming) {
      const fresh = gate.pass(frames);
      if (fresh.length > 0) yield fresh;
    }
  }

  /** Reads the replay, and continues while more arrives than the queue holds; returns the last timestamps. */
  async *#past(
    { source, opened }: Follower,
    past: ReplayRequest,
    queue: DropOldest<OutputFrame>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly OutputFrame[], Border> {
    await opened;
    let border = yield* readPast(source, past, new Map(), signal);
    for (let again = 0; again < MOST_READINGS && queue.dropped > 0; again++) {
      // Lines that are read again are not lost.
      const lost = this.#dropped;
      queue.take();
      this.#dropped = lost;
      const sinceMs = Math.min(...[...border.values()].map((stamp) => Date.parse(stamp)));
      if (Number.isNaN(sinceMs)) break;
      border = yield* readPast(source, { sinceMs }, border, signal);
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

/** Yields the lines after a boundary, and returns the boundary at which they end. */
async function* readPast(
  source: OutputSource,
  past: ReplayRequest,
  from: Border,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[], Border> {
  const gate = new ReplayFilter(from);
  const last = new Map(from);
  let first: string | undefined;
  try {
    for await (const lines of source.engine.output(source.containerId, { follow: false, ...past }, signal)) {
      first ??= lines[0]?.timestamp;
      for (const { stream, timestamp } of lines) last.set(stream, timestamp);
      const frames = gate.pass(lines).map((line) => toFrame(source, line));
      if (frames.length > 0) yield frames;
    }
  } catch (error) {
    // The follower meets the same error and reports it.
    if (!(error instanceof AppError)) throw error;
  }
  if (past.sinceMs !== undefined) first ??= new Date(past.sinceMs).toISOString();
  // A stream without lines in the replay may have older ones, which were not requested.
  for (const stream of ["stdout", "stderr"] as const) {
    if (first !== undefined && !last.has(stream)) last.set(stream, first.slice(0, -1));
  }
  return last;
}
