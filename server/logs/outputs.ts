/** The output of containers, followed once for all its viewers. */
import type { OutputLine } from "../docker/demux.ts";
import type { Engine } from "../docker/engine.ts";
import { pause } from "../duration.ts";
import { reason } from "../errors.ts";
import { DropOldest, Hub } from "../hub.ts";
import { getLogger } from "../log.ts";
import type { ContainerState } from "../protocol.ts";

/** A container whose output can be followed. */
export interface OutputSource {
  readonly hostId: string;
  readonly containerId: string;
  readonly engine: Engine;
  /** The engine's clock minus ours, ms. */
  readonly clockOffsetMs: number;
  /** The state as it is now; `undefined` once the container is gone. */
  readonly state: () => ContainerState | undefined;
}

/** What a viewer wants to see of the past. */
export interface PastWish {
  readonly tail?: number | undefined;
  readonly sinceMs?: number | undefined;
}

/** A frame that is ready to be sent, and the time of its line for telling what was told before. */
export interface OutputFrame {
  readonly timestamp: string;
  readonly json: string;
}

/** How much may wait for a slow reader, characters. */
const LONGEST_QUEUE = 4 * 1024 * 1024;
/** A stamp that needs no escaping; any other is not an engine's. */
const PLAIN_TIME = /^[\dT:.Z+-]*$/;
/** How often it is looked whether an ended container runs again, ms. */
const RESTART_CHECK_MS = 200;

/** How far back following begins, ms. */
const LEAD_MS = 5000;

const log = getLogger(["dockstat", "output"]);

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
    const follower = this.#join(source, signal);
    const queue = new DropOldest(LONGEST_QUEUE, notice, ({ json }: OutputFrame) => json.length);
    const coming = follower.hub.subscribe(queue, signal);
    // What comes may overlap with what was read of the past: the stamps of the engine tell.
    let last = past === undefined ? now(source) : "";
    for await (const frames of readPast(source, past, signal)) {
      last = frames.at(-1)?.timestamp ?? last;
      yield frames;
    }
    if (follower.ended !== undefined) yield [follower.ended];
    for await (const frames of coming) {
      const fresh = frames.filter(({ timestamp }) => timestamp === "" || timestamp > last);
      if (fresh.length > 0) yield fresh;
    }
  }

  #join(source: OutputSource, signal: AbortSignal): Follower {
    const key = `${source.hostId}/${source.containerId}`;
    const follower = this.#followed.get(key) ?? new Follower(source);
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

/** Follows one container for as long as it has viewers. */
class Follower {
  readonly hub = new Hub<OutputFrame>();
  readonly stop = new AbortController();
  viewers = 0;
  /** Said to who comes while the container does not run. */
  ended: OutputFrame | undefined;
  #last = "";

  constructor(readonly source: OutputSource) {
    this.#run().catch((error) =>
      log.error("The output of {id} is lost: {error}", { id: source.containerId, error })
    );
  }

  async #run(): Promise<void> {
    // A line that is half written as the first viewer comes began before.
    let sinceMs = Date.parse(now(this.source)) - LEAD_MS;
    while (!this.stop.signal.aborted) {
      const error = await this.#readOnce(sinceMs);
      if (this.stop.signal.aborted) return;
      this.#tellEnd(error);
      sinceMs = Date.parse(this.#last) || sinceMs;
      await this.#untilItRuns();
      this.#tellEnd(null);
    }
  }

  /** @returns why there is no more to read. */
  async #readOnce(sinceMs: number): Promise<string> {
    const { engine, containerId, state } = this.source;
    try {
      for await (const lines of engine.output(containerId, { follow: true, sinceMs }, this.stop.signal)) {
        // A stream that begins again at the last line's time repeats that line.
        const fresh = lines.filter(({ timestamp }) => timestamp > this.#last);
        this.#last = fresh.at(-1)?.timestamp ?? this.#last;
        this.hub.publish(fresh.map((line) => toFrame(this.source, line)));
      }
      const now = state();
      return now === undefined ? "the container was removed" : `the container has ended (${now})`;
    } catch (error) {
      return reason(error);
    }
  }

  #tellEnd(error: string | null): void {
    const { hostId, containerId } = this.source;
    const frame = { timestamp: "", json: JSON.stringify({ hostId, containerId, error }) };
    this.ended = error === null ? undefined : frame;
    this.hub.publish([frame]);
  }

  async #untilItRuns(): Promise<void> {
    do await pause(RESTART_CHECK_MS, this.stop.signal); while (
      !this.stop.signal.aborted && this.source.state() !== "running" && this.source.state() !== "paused"
    );
  }
}

async function* readPast(
  source: OutputSource,
  past: PastWish | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly OutputFrame[]> {
  if (past === undefined) return;
  const { engine, containerId } = source;
  for await (const lines of engine.output(containerId, { follow: false, ...past }, signal)) {
    yield lines.map((line) => toFrame(source, line));
  }
}

/** Built by hand but for the message: of a line only the message needs escaping, and there may be 50,000 a second. */
function toFrame(
  { hostId, containerId }: OutputSource,
  { timestamp, message, stream }: OutputLine,
): OutputFrame {
  const text = JSON.stringify(message);
  const stamp = PLAIN_TIME.test(timestamp) ? timestamp : "";
  const json =
    `{"timestamp":"${stamp}","message":${text},"stream":"${stream}","containerId":"${containerId}",` +
    `"hostId":"${hostId}"}`;
  return { timestamp, json };
}

/** This moment by the engine's clock, to be compared with its stamps. */
function now({ clockOffsetMs }: OutputSource): string {
  return new Date(Date.now() + clockOffsetMs).toISOString();
}
