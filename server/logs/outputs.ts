/** The output of containers, followed once for all its viewers. */
import type { OutputLine } from "../docker/demux.ts";
import { DropOldest, Hub } from "../hub.ts";
import { Follower } from "./follower.ts";
import { Gate, type OutputFrame, type OutputSource, toFrame } from "./frame.ts";

/** What a viewer wants to see of the past. */
export interface PastWish {
  readonly tail?: number | undefined;
  /** Epoch ms by the engine's clock. */
  readonly sinceMs?: number | undefined;
}

/** How much may wait for a slow reader, characters. */
const LONGEST_QUEUE = 4 * 1024 * 1024;

/** All outputs that are followed right now. */
export class Outputs {
  readonly #followed = new Map<string, Follower>();

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
    past: PastWish | undefined,
    notice: (dropped: number) => OutputFrame,
    signal: AbortSignal,
  ): AsyncGenerator<readonly OutputFrame[]> {
    if (signal.aborted) return;
    const follower = this.#join(source, signal);
    // Where the past ends and what comes begins; told before anything can come.
    const border = past === undefined ? follower.present() : follower.told();
    const ended = follower.ended;
    const gate = new Gate(border);
    const queue = new DropOldest(LONGEST_QUEUE, notice, ({ json }: OutputFrame) => json.length);
    const coming = follower.hub.subscribe({
      push: (frames) => queue.push(gate.pass(frames)),
      take: () => queue.take(),
    }, signal);
    // What comes may begin before what was asked of the past.
    const reached = new Gate(yield* readPast(source, past, border, signal));
    if (ended !== undefined) yield [ended];
    for await (const frames of coming) {
      const wanted = reached.pass(frames);
      if (wanted.length > 0) yield wanted;
    }
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

/** Yields what is up to the border, and returns from where on the rest is wanted. */
async function* readPast(
  source: OutputSource,
  past: PastWish | undefined,
  border: ReadonlyMap<string, string>,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[], ReadonlyMap<string, string>> {
  const { sinceMs } = past ?? {};
  let first = sinceMs === undefined ? undefined : new Date(sinceMs).toISOString();
  if (past === undefined) return new Map();
  for await (const lines of source.engine.output(source.containerId, { follow: false, ...past }, signal)) {
    if (sinceMs === undefined) first = earliest(lines, first);
    const before = lines.filter(({ stream, timestamp }) => timestamp <= (border.get(stream) ?? ""));
    if (before.length > 0) yield before.map((line) => toFrame(source, line));
  }
  if (first === undefined) return new Map();
  // One character less is just before: the first line itself is wanted.
  const justBefore = first.slice(0, -1);
  return new Map([["stdout", justBefore], ["stderr", justBefore]]);
}

/** Streams are mixed as they were read, so the first line need not have the first stamp. */
function earliest(lines: readonly OutputLine[], first: string | undefined): string | undefined {
  for (const { timestamp } of lines) {
    if (first === undefined || timestamp < first) first = timestamp;
  }
  return first;
}
