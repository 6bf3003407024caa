/** Follows one container's output, across its stops and starts, for as long as it has viewers. */
import { type Container, isSampled } from "../docker/container.ts";
import type { OutputLine } from "../docker/demux.ts";
import type { OutputRequest } from "../docker/engine.ts";
import { pause, ScopedSignal } from "../duration.ts";
import { reason } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { getLogger } from "../log/log.ts";
import { momentOf, parseMoment } from "../moment.ts";
import { type OutputFrame, type OutputSource, toFrame, toNotice } from "./frame.ts";
import { TruncationWatch } from "./truncation_watch.ts";
import { advance, type Border, type LastLines, ReplayFilter } from "./replay_filter.ts";

/** Poll interval for whether a stopped container runs again, ms. */
const RESTART_CHECK_MS = 200;
/** First retry delay after a failure, ms; doubles each time. */
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
/** A stream open this long counts as healthy even when silent, ms. */
const OPEN_MS = 250;
/**
 * Number of newest lines with which following starts. A half-written line is among them when the first viewer
 * arrives, and replays overlap with them. A number rather than a time, since for a time the engine scans the whole
 * log.
 */
const OVERLAP_LINES = 1000;
/** Overlap of a resumed stream with what was read before, ns. */
const LEAD_NS = 5_000_000_000n;
/** A stream open this long that ends while its container runs was cut by a proxy, ms. */
const CUT_MS = 10_000;

/** Refusal of an engine whose log driver cannot be read. */
const UNREADABLE = /driver does not support reading/;

const log = getLogger(["dockstat", "output"]);

/** Reason why the stream ended, and the container then; `undefined` when the engine does not answer. */
interface End {
  readonly message: string;
  readonly removed: boolean;
  /** True when the output cannot continue. */
  readonly final: boolean;
  readonly container: Container | undefined;
}

/** One container's output, published as frames. */
export class Follower {
  /** Ends the reading. */
  readonly stop = new AbortController();
  /** Number of current viewers. */
  viewers = 0;
  /** Sent to viewers that connect while the container does not run. */
  ended: OutputFrame | undefined;
  /** Resolves when following has started; a replay that is read afterwards overlaps with it. */
  readonly opened: Promise<void>;
  readonly #border = new Map<OutputLine["stream"], LastLines>();
  readonly #opened = Promise.withResolvers<void>();
  readonly #watch: TruncationWatch;
  /** True when the watch has ended the stream. */
  #truncated = false;
  #failures = 0;

  constructor(readonly source: OutputSource, readonly hub: Hub<OutputFrame>) {
    this.#watch = new TruncationWatch(source);
    this.opened = this.#opened.promise;
    this.#run().catch((error) =>
      log.error("The output of {id} is lost: {error}", { id: source.containerId, error })
    );
  }

  /** Last lines that were published; the starting point of viewers without a replay. */
  get border(): Border {
    return new Map(this.#border);
  }

  async #run(): Promise<void> {
    let gate = new ReplayFilter(new Map());
    let request: OutputRequest = { follow: true, tail: OVERLAP_LINES };
    let started = this.source.current()?.startedAt;
    while (!this.stop.signal.aborted) {
      const began = performance.now();
      const beganNs = momentOf(Date.now() + this.source.clockOffsetMs);
      const error = await this.#read(request, gate);
      const end = await this.#why(error, started);
      if (this.stop.signal.aborted) return;
      // A proxy has cut a quiet stream; it is reported only if opening it again fails.
      const wasCut = runsOn(end.container, started) &&
        (this.#truncated || performance.now() - began >= CUT_MS);
      if (!wasCut) {
        started = await this.#interrupted(error, end);
        if (started === undefined) return;
      }
      // The next stream starts with lines that were already sent.
      gate = new ReplayFilter(this.#border);
      const last = latest(this.#border);
      if (last !== undefined) request = { follow: true, sinceNs: last - LEAD_NS };
      // By number, engines find nothing in a truncated log.
      else if (this.#truncated) request = { follow: true, sinceNs: request.sinceNs ?? beganNs };
    }
  }

  /** Reports an end and waits until the container runs again; returns its start, `undefined` when it is over. */
  async #interrupted(error: unknown, end: End): Promise<number | null | undefined> {
    this.#failures = error === undefined ? 0 : this.#failures + 1;
    // A run without output counts as a run too.
    if (error === undefined) this.#report(null);
    this.#report(end.message, end.final);
    return end.removed ? undefined : (await this.#untilItRuns(end))?.startedAt;
  }

  /** Reads to the end; @returns the error, if any. */
  async #read(request: OutputRequest, gate: ReplayFilter): Promise<unknown> {
    const { engine, containerId } = this.source;
    const open = setTimeout(() => this.#report(null), OPEN_MS);
    using reading = new ScopedSignal(this.stop.signal);
    const truncated = new AbortController();
    const watching = this.#watch.run(reading.signal);
    this.#truncated = false;
    watching.then((found) => {
      this.#truncated = found;
      if (found) truncated.abort();
    }).catch((error) => log.error("A log is no longer watched: {error}", { error }));
    const signal = AbortSignal.any([reading.signal, truncated.signal]);
    try {
      for await (const lines of engine.output(containerId, request, signal)) {
        this.#report(null);
        const fresh = gate.pass(lines.map((line) => toFrame(this.source, line)));
        if (fresh.length > 0) this.#watch.heard();
        this.#publish(fresh);
      }
      return undefined;
    } catch (error) {
      return error;
    } finally {
      clearTimeout(open);
      this.#opened.resolve();
    }
  }

  #publish(frames: readonly OutputFrame[]): void {
    advance(this.#border, frames);
    this.hub.publish(frames);
  }

  async #why(error: unknown, started: number | null | undefined): Promise<End> {
    const failure = error === undefined ? undefined : reason(error);
    try {
      const container = await this.#inspect();
      if (container === undefined || container.state === "removing") {
        return { message: "the container was removed", removed: true, final: true, container };
      }
      const final = failure !== undefined && UNREADABLE.test(failure);
      return { message: failure ?? endOf(container, started), removed: false, final, container };
    } catch (silence) {
      return { message: failure ?? reason(silence), removed: false, final: false, container: undefined };
    }
  }

  /** Returns the container as the engine reports it now; `undefined` when it is gone. */
  async #inspect(): Promise<Container | undefined> {
    const known = this.source.current();
    return known && await this.source.engine.inspect(known, this.stop.signal);
  }

  /** Reports that the output has ended, with the reason, or with `null` that it continues; repeats nothing. */
  #report(error: string | null, final = false): void {
    this.#opened.resolve();
    const frame = toNotice(this.source, error, final);
    if (error === null ? this.ended === undefined : this.ended?.json === frame.json) return;
    this.ended = error === null ? undefined : frame;
    this.hub.publish([frame]);
  }

  /** Detects runs that ended unobserved, so that their lines are read as well. */
  async #untilItRuns({ container: before }: End): Promise<Container | undefined> {
    const { signal } = this.stop;
    const failed = Math.min(RETRY_MS * 2 ** (this.#failures - 1), LONGEST_RETRY_MS);
    for (;;) {
      await pause(this.#failures > 0 ? failed : RESTART_CHECK_MS, signal);
      if (signal.aborted) return;
      const known = this.source.current();
      const same = before !== undefined && !isSampled(before) && known?.startedAt === before.startedAt;
      if (same) continue;
      const now = await this.#inspect().catch((error: unknown) => ({ error }));
      if (now === undefined) return this.#report("the container was removed", true) as undefined;
      if (!("error" in now) && (isSampled(now) || now.startedAt !== before?.startedAt)) return now;
    }
  }
}

/** Reports whether a container still is in the run that began at a time. */
function runsOn(container: Container | undefined, started: number | null | undefined): boolean {
  return container !== undefined && isSampled(container) && container.startedAt === started;
}

/** Returns the latest timestamp of a border, ns; `undefined` without one. */
function latest(border: Border): bigint | undefined {
  const moments = [...border.values()].map(({ timestamp }) => parseMoment(timestamp) ?? 0n);
  return moments.length === 0 ? undefined : moments.reduce((one, other) => one > other ? one : other);
}

/** Returns the reason why the output of an existing container has ended. */
function endOf(container: Container, started: number | null | undefined): string {
  if (!isSampled(container)) return `the container has ended (${container.state})`;
  const restarted = typeof started === "number" && container.startedAt !== started;
  return restarted ? "the container has ended (restarted)" : "the engine has ended the output";
}
