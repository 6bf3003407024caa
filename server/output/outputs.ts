/** The output of containers, followed once for all its viewers. */
import { AppError } from "../errors.ts";
import { DropOldest, Hub } from "../hub.ts";
import { Follower } from "./follower.ts";
import { type OutputFrame, type OutputSource, ReplayFilter, toFrame } from "./frame.ts";

/** What a viewer wants to see of the past. */
export interface ReplayRequest {
  readonly tail?: number | undefined;
  /** Epoch ms by the engine's clock. */
  readonly sinceMs?: number | undefined;
}

/** Each stream's last stamp before a moment. */
type Border = ReadonlyMap<string, string>;

/** How often the past is read on, when more comes meanwhile than can wait. */
const MOST_READINGS = 5;
/** How much may wait for a slow reader, characters. */
const LONGEST_QUEUE = 4 * 1024 * 1024;

/** All outputs that are followed right now. */
export class Outputs {
  readonly #followed = new Map<string, Follower>();
  #dropped = 0;

  /** How many lines slow readers were told that they have lost. */
  get dropped(): number {
    return this.#dropped;
  }

  /** How many containers are followed. */
  get size(): number {
    return this.#followed.size;
  }

  /**
   * The frames of a container's output: first what was asked of the past, then what comes, each line once.
   *
   * @param notice Makes the frame that stands for lines that a slow reader has lost.
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
    // What comes is kept from here on, so the past, which is read after it, reaches into it.
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

  /** Reads the past, and on from there while more comes than can wait; returns each stream's last stamp. */
  async *#past(
    { source, opened }: Follower,
    past: ReplayRequest,
    queue: DropOldest<OutputFrame>,
    signal: AbortSignal,
  ): AsyncGenerator<readonly OutputFrame[], Border> {
    await opened;
    let border = yield* readPast(source, past, new Map(), signal);
    for (let again = 0; again < MOST_READINGS && queue.dropped > 0; again++) {
      // What is read again is not lost.
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

/** Yields what is beyond a border, and returns the border where it ends. */
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
    // The follower meets the same, and tells it.
    if (!(error instanceof AppError)) throw error;
  }
  if (past.sinceMs !== undefined) first ??= new Date(past.sinceMs).toISOString();
  // A stream without a line in what was asked for may have older ones, which were not.
  for (const stream of ["stdout", "stderr"] as const) {
    if (first !== undefined && !last.has(stream)) last.set(stream, first.slice(0, -1));
  }
  return last;
}
