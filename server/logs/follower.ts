/** Follows one container's output, over its ends and beginnings, for as long as it has viewers. */
import { type Container, isSampled } from "../docker/container.ts";
import type { OutputLine } from "../docker/demux.ts";
import { pause } from "../duration.ts";
import { reason } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { getLogger } from "../log.ts";
import { Gate, type OutputFrame, type OutputSource, toFrame } from "./frame.ts";

/** How often it is looked whether an ended container runs again, ms. */
const RESTART_CHECK_MS = 200;
/** How often an engine that does not answer is asked again, ms. */
const RETRY_MS = 1000;
/** How far back following begins, ms: a line that is half written as the first viewer comes began before. */
const LEAD_MS = 5000;
/** How far back its past ends, ms: the engine's clock is known no better than this. */
const MARGIN_MS = 2500;

const log = getLogger(["dockstat", "output"]);

/** Why there is no more to read for now, and the container then: `undefined` when the engine does not say. */
interface End {
  readonly message: string;
  readonly removed: boolean;
  readonly container: Container | undefined;
}

/** One container's output, published as frames. */
export class Follower {
  readonly stop = new AbortController();
  viewers = 0;
  /** Said to who comes while the container does not run. */
  ended: OutputFrame | undefined;
  readonly #told: Map<OutputLine["stream"], string>;
  #fresh = true;

  constructor(readonly source: OutputSource, readonly hub: Hub<OutputFrame>) {
    this.#told = new Map(this.#at(-MARGIN_MS));
    this.#run().catch((error) =>
      log.error("The output of {id} is lost: {error}", { id: source.containerId, error })
    );
  }

  /** The stamp of the newest line of each stream that was published; just before now when there is none yet. */
  told(): ReadonlyMap<OutputLine["stream"], string> {
    return new Map(this.#told);
  }

  /** From where on a viewer sees who did not ask for the past. */
  present(): ReadonlyMap<OutputLine["stream"], string> {
    return this.#fresh ? this.#at(0) : new Map();
  }

  /** This moment by the engine's clock, and some ms more, in the form of its stamps: without the Z, to be no later. */
  #at(ms: number): Map<OutputLine["stream"], string> {
    const stamp = new Date(Date.now() + this.source.clockOffsetMs + ms).toISOString().slice(0, -1);
    return new Map([["stdout", stamp], ["stderr", stamp]]);
  }

  async #run(): Promise<void> {
    let gate = new Gate(new Map());
    let since = Date.now() + this.source.clockOffsetMs - LEAD_MS;
    let started = this.source.look()?.startedAt;
    while (!this.stop.signal.aborted) {
      const error = await this.#read(since, gate);
      const end = await this.#why(error, started);
      if (this.stop.signal.aborted) return;
      this.#tell(end.message);
      if (end.removed) return;
      started = (await this.#untilItRuns(end))?.startedAt;
      this.#tell(null);
      // What follows begins with some lines that were told.
      gate = new Gate(this.#told);
      since = Math.max(...[...this.#told.values()].map((stamp) => msOf(stamp) ?? since)) - LEAD_MS;
    }
  }

  /** Reads to the end; @returns what went wrong, if anything did. */
  async #read(sinceMs: number, gate: Gate): Promise<unknown> {
    const { engine, containerId } = this.source;
    try {
      for await (const lines of engine.output(containerId, { follow: true, sinceMs }, this.stop.signal)) {
        this.#publish(gate.pass(lines));
      }
      return undefined;
    } catch (error) {
      return error;
    }
  }

  #publish(lines: readonly OutputLine[]): void {
    this.#fresh = false;
    for (const stream of ["stdout", "stderr"] as const) {
      const last = lines.findLast((line) => line.stream === stream);
      if (last !== undefined) this.#told.set(stream, last.timestamp);
    }
    this.hub.publish(lines.map((line) => toFrame(this.source, line)));
  }

  async #why(error: unknown, started: number | null | undefined): Promise<End> {
    const words = error === undefined ? undefined : reason(error);
    try {
      const container = await this.#inspect();
      if (container === undefined || container.state === "removing") {
        return { message: "the container was removed", removed: true, container };
      }
      return { message: words ?? endOf(container, started), removed: false, container };
    } catch (silence) {
      return { message: words ?? reason(silence), removed: false, container: undefined };
    }
  }

  /** The container as the engine knows it now; `undefined` when it is gone. */
  async #inspect(): Promise<Container | undefined> {
    const known = this.source.look();
    return known && await this.source.engine.inspect(known, this.stop.signal);
  }

  #tell(error: string | null): void {
    const { hostId, containerId } = this.source;
    const frame = { timestamp: "", json: JSON.stringify({ hostId, containerId, error }) };
    this.ended = error === null ? undefined : frame;
    this.hub.publish([frame]);
  }

  /** A run that is over before it was seen is a run as well: its lines are there to be read. */
  async #untilItRuns({ container: before }: End): Promise<Container | undefined> {
    const { signal } = this.stop;
    for (;;) {
      await pause(before === undefined ? RETRY_MS : RESTART_CHECK_MS, signal);
      if (signal.aborted) return;
      const same = before !== undefined && !isSampled(before) &&
        this.source.look()?.startedAt === before.startedAt;
      if (same) continue;
      const now = await this.#inspect().catch(() => undefined);
      if (now !== undefined && (isSampled(now) || now.startedAt !== before?.startedAt)) return now;
    }
  }
}

/** Why the output of a container that is still there has ended. */
function endOf(container: Container, started: number | null | undefined): string {
  if (!isSampled(container)) return `the container has ended (${container.state})`;
  const restarted = typeof started === "number" && container.startedAt !== started;
  return restarted ? "the container has ended (restarted)" : "the engine has ended the output";
}

function msOf(stamp: string): number | undefined {
  // A stamp of ours has no Z.
  return Date.parse(stamp.replace(/Z?$/, "Z")) || undefined;
}
