/** Follows one container's output, over its ends and beginnings, for as long as it has viewers. */
import { type Container, isSampled } from "../docker/container.ts";
import type { OutputLine } from "../docker/demux.ts";
import type { OutputRequest } from "../docker/engine.ts";
import { pause } from "../duration.ts";
import { reason } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { getLogger } from "../log/log.ts";
import { type OutputFrame, type OutputSource, ReplayFilter, toFrame } from "./frame.ts";

/** How often it is looked whether an ended container runs again, ms. */
const RESTART_CHECK_MS = 200;
/** How long it is waited after a first failure, ms; doubles with each. */
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** A reading that lasts so long has not failed, even if there is nothing to read, ms. */
const OPEN_MS = 250;
/**
 * With how many of the newest lines following begins: a line that is half written as the first viewer comes is among
 * them, and what is read of the past reaches into them. By number and not by time: for a time the engine reads the
 * whole log.
 */
const OVERLAP_LINES = 1000;
/** How far a reading that begins again goes back, ms. */
const LEAD_MS = 5000;

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
  /** Resolves when what comes is being read: whatever is read after that reaches into it. */
  readonly opened: Promise<void>;
  readonly #told = new Map<OutputLine["stream"], string>();
  readonly #opened = Promise.withResolvers<void>();
  #failures = 0;

  constructor(readonly source: OutputSource, readonly hub: Hub<OutputFrame>) {
    this.opened = this.#opened.promise;
    this.#run().catch((error) =>
      log.error("The output of {id} is lost: {error}", { id: source.containerId, error })
    );
  }

  /** From where on a viewer sees who did not ask for the past: what was published, or else this moment. */
  present(): ReadonlyMap<OutputLine["stream"], string> {
    const stamp = new Date(this.#now()).toISOString().slice(0, -1);
    return this.#told.size > 0 ? new Map(this.#told) : new Map([["stdout", stamp], ["stderr", stamp]]);
  }

  /** This moment by the engine's clock, epoch ms. */
  #now(): number {
    return Date.now() + this.source.clockOffsetMs;
  }

  async #run(): Promise<void> {
    let gate = new ReplayFilter(new Map());
    let wish: OutputRequest = { follow: true, tail: OVERLAP_LINES };
    let started = this.source.look()?.startedAt;
    while (!this.stop.signal.aborted) {
      const error = await this.#read(wish, gate);
      const end = await this.#why(error, started);
      if (this.stop.signal.aborted) return;
      this.#failures = error === undefined ? 0 : this.#failures + 1;
      // A run without a word was one all the same.
      if (error === undefined) this.#tell(null);
      this.#tell(end.message);
      const again = end.removed ? undefined : await this.#untilItRuns(end);
      if (again === undefined) return;
      started = again.startedAt;
      // What follows begins with some lines that were told.
      gate = new ReplayFilter(this.#told);
      const last = [...this.#told.values()].map((stamp) => Date.parse(stamp) || 0);
      if (last.length > 0) wish = { follow: true, sinceMs: Math.max(...last) - LEAD_MS };
    }
  }

  /** Reads to the end; @returns what went wrong, if anything did. */
  async #read(wish: OutputRequest, gate: ReplayFilter): Promise<unknown> {
    const { engine, containerId } = this.source;
    const open = setTimeout(() => this.#tell(null), OPEN_MS);
    try {
      for await (const lines of engine.output(containerId, wish, this.stop.signal)) {
        this.#tell(null);
        this.#publish(gate.pass(lines));
      }
      return undefined;
    } catch (error) {
      return error;
    } finally {
      clearTimeout(open);
      this.#opened.resolve();
    }
  }

  #publish(lines: readonly OutputLine[]): void {
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

  /** Tells that it has ended, and why, or with `null` that it goes on; nothing that was told already. */
  #tell(error: string | null): void {
    this.#opened.resolve();
    const { hostId, containerId } = this.source;
    const json = JSON.stringify({ hostId, containerId, error });
    if (error === null ? this.ended === undefined : this.ended?.json === json) return;
    const frame = { timestamp: "", json };
    this.ended = error === null ? undefined : frame;
    this.hub.publish([frame]);
  }

  /** A run that is over before it was seen is a run as well: its lines are there to be read. */
  async #untilItRuns({ container: before }: End): Promise<Container | undefined> {
    const { signal } = this.stop;
    const failed = Math.min(RETRY_MS * 2 ** (this.#failures - 1), LONGEST_RETRY_MS);
    for (;;) {
      await pause(this.#failures > 0 ? failed : RESTART_CHECK_MS, signal);
      if (signal.aborted) return;
      const known = this.source.look();
      const same = before !== undefined && !isSampled(before) && known?.startedAt === before.startedAt;
      if (same) continue;
      const now = await this.#inspect().catch((error: unknown) => ({ error }));
      if (now === undefined) return this.#tell("the container was removed") as undefined;
      if (!("error" in now) && (isSampled(now) || now.startedAt !== before?.startedAt)) return now;
    }
  }
}

/** Why the output of a container that is still there has ended. */
function endOf(container: Container, started: number | null | undefined): string {
  if (!isSampled(container)) return `the container has ended (${container.state})`;
  const restarted = typeof started === "number" && container.startedAt !== started;
  return restarted ? "the container has ended (restarted)" : "the engine has ended the output";
}
