/** Reads one host's numbers: in bursts where the engine answers at once, otherwise over streams. */
import type { Engine } from "../docker/engine.ts";
import {
  type Counters,
  type EngineTraits,
  type RawStats,
  type Sample,
  toCounters,
  toSample,
} from "../docker/sample.ts";
import { pause } from "../duration.ts";
import { reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import { AnswerWatch } from "./answer_watch.ts";
import type { Board } from "./board.ts";
import type { KernelSource } from "../kernel/kernel_source.ts";
import type { SamplerTimes } from "./times.ts";

/** Minimum time between two readings, ms: the host's CPU clock ticks every 10 ms, so closer readings are inexact. */
const SHORTEST_SPAN = 300;
/** A reading that is older than the one before by more than this comes from a clock that was set back, ms. */
const LATEST_ANSWER = 30_000;
/** Interval of the regular checks, ms. */
const ROUND_MS = 1000;
/** Interval at which readings from streams are published together, ms. */
const STREAM_FLUSH_MS = 100;

const log = getLogger(["dockstat", "stats"]);

/** The sampler of one host, for the lifetime of its connection. */
export class Sampler {
  readonly #baselines = new Map<string, Counters>();
  readonly #streams = new Map<string, AbortController>();
  readonly #watch: AnswerWatch;
  readonly #tasks = new Set<Promise<void>>();
  #running: AbortSignal | undefined;
  #flushing = false;
  #patient: { readonly since: number; readonly of: AbortSignal; readonly limit: AbortSignal } | undefined;

  constructor(
    readonly engine: Engine,
    readonly traits: EngineTraits & { readonly bursts: boolean },
    readonly board: Board,
    readonly times: SamplerTimes,
    /** Offset of the first turn, ms, so that bursts of several hosts do not coincide. */
    readonly phaseMs: number,
    /** The kernel as a source; `undefined` where the engine is asked for everything. */
    readonly kernel?: KernelSource,
  ) {
    this.#watch = new AnswerWatch(engine, board, times);
  }

  /** Reads a container that started, without waiting for the next turn. */
  started(id: string): void {
    this.#baselines.delete(id);
    this.kernel?.forget(id);
    if (this.#running !== undefined) this.#track(this.#begin(id, this.#running));
  }

  /** Stops reading a container. */
  stopped(id: string): void {
    this.#baselines.delete(id);
    this.kernel?.forget(id);
    this.#streams.get(id)?.abort();
  }

  /**
   * Samples until the signal aborts.
   *
   * @param due Resolves when a turn is due; takes and returns its due time (`performance.now()`).
   * @throws {AppError} "engine-unreachable" when the host is silent.
   */
  async run(signal: AbortSignal, due: (last: number, signal: AbortSignal) => Promise<number>): Promise<void> {
    const stop = new AbortController();
    const running = AbortSignal.any([signal, stop.signal]);
    this.#running = running;
    // Containers wait for their numbers from now on.
    this.board.dropSamples();
    const parts = [this.#takeTurns(running, due), this.#watch.run(running)];
    try {
      await Promise.race(parts);
    } finally {
      this.#running = undefined;
      stop.abort();
      await Promise.allSettled([...parts, ...this.#tasks]);
      this.#baselines.clear();
      this.board.dropSamples();
      await this.kernel?.release();
    }
  }

  async #takeTurns(
    signal: AbortSignal,
    due: (last: number, signal: AbortSignal) => Promise<number>,
  ): Promise<void> {
    await this.#warmUp(signal);
    // The first host is read together with the regular checks.
    const round = performance.now() % ROUND_MS;
    for (let last = performance.now() - round - this.phaseMs; !signal.aborted;) {
      const now = await due(last, signal);
      this.#watch.intervalMs = now - last;
      last = now;
      if (!signal.aborted) await this.#turn(signal);
    }
  }

  async #warmUp(signal: AbortSignal): Promise<void> {
    const ids = this.board.sampledIds();
    if (!this.traits.bursts) return ids.forEach((id) => this.#track(this.#begin(id, signal)));
    await this.#burst(ids, signal);
    await pause(this.times.warmUpMs, signal);
    await this.#burst(ids, signal);
    this.board.flush();
  }

  async #turn(signal: AbortSignal): Promise<void> {
    if (this.traits.bursts) await this.#burst(this.board.sampledIds(), signal);
    this.board.refreshTexts();
    this.board.flush();
  }

  async #begin(id: string, signal: AbortSignal): Promise<void> {
    if (!this.traits.bursts) return await this.#stream(id, signal);
    await this.#read(id, signal);
    await pause(this.times.warmUpMs, signal);
    const [other] = signal.aborted ? [] : await this.#readKernel([id], signal);
    if (other !== undefined) await this.#read(id, signal);
    this.board.flush();
  }

  /** Reads all containers at once; a burst on kept-alive connections costs the engine half as much as single requests. */
  async #burst(ids: readonly string[], signal: AbortSignal): Promise<void> {
    const done = new AbortController();
    const others = await this.#readKernel(ids, signal);
    const reads = Promise.all(others.map((id) => this.#read(id, signal))).then(() => done.abort());
    this.#track(reads);
    // A slow answer must not delay the others; it is published with the next batch.
    await pause(this.times.stragglerMs, done.signal);
  }

  /** Reads containers from the kernel; returns those that the engine has to be asked for. */
  async #readKernel(ids: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    if (this.kernel === undefined) return ids;
    const found = await this.kernel.read(ids);
    if (signal.aborted) return [];
    return ids.filter((id) => {
      const sample = found.get(id);
      return sample === undefined || !this.#accept(id, sample.raw);
    });
  }

  async #read(id: string, signal: AbortSignal): Promise<void> {
    if (!this.#watch.begin(id)) return;
    try {
      const ask = () => this.engine.stats(id, this.#patience(signal));
      const raw = await (this.kernel?.compare(id, ask) ?? ask());
      this.#watch.answered();
      if (raw !== undefined && !signal.aborted) this.#accept(id, raw);
    } catch (error) {
      if (!signal.aborted) this.#failed("No sample of container {id}: {reason}", id, error);
    } finally {
      this.#watch.end(id);
    }
  }

  /** Reopens a stream whenever it breaks, until the container stops. */
  async #stream(id: string, running: AbortSignal): Promise<void> {
    if (this.#streams.has(id)) return;
    const stop = new AbortController();
    const signal = AbortSignal.any([running, stop.signal]);
    this.#streams.set(id, stop);
    try {
      for (let waitMs = this.times.retryMs; !signal.aborted; waitMs = Math.min(waitMs * 2, 30_000)) {
        if (await this.#readStream(id, signal)) waitMs = this.times.retryMs;
        await pause(waitMs, signal);
      }
    } finally {
      this.#streams.delete(id);
    }
  }

  /** @returns whether there was a good reading. */
  async #readStream(id: string, signal: AbortSignal): Promise<boolean> {
    let good = false;
    try {
      for await (const raw of this.engine.statsStream(id, signal)) {
        if (signal.aborted) break;
        this.#watch.answered();
        good = this.#accept(id, raw) || good;
        this.#flushSoon(signal);
      }
    } catch (error) {
      if (!signal.aborted) this.#failed("The stream of container {id} broke: {reason}", id, error);
    }
    return good;
  }

  #failed(message: string, id: string, error: unknown): void {
    this.#watch.failed(error);
    log.debug(message, { id, reason: reason(error) });
  }

  /** Compares with the previous reading, in the order of the engine's `read` times. */
  #accept(id: string, raw: RawStats): boolean {
    const counters = toCounters(raw, this.traits);
    if (counters === undefined) return false;
    const baseline = this.#baselines.get(id);
    let sample: Sample | undefined;
    if (baseline !== undefined) {
      const spanMs = counters.readMs - baseline.readMs;
      const restarted = counters.cpuTotal < baseline.cpuTotal;
      const isLate = spanMs <= 0 && spanMs > -LATEST_ANSWER;
      if (isLate || spanMs > 0 && spanMs < SHORTEST_SPAN && !restarted) return true;
      sample = toSample(baseline, counters);
      if (sample !== undefined) this.board.addSample(id, sample);
    }
    // The board keeps the sample anyway, and it holds the same counters.
    this.#baselines.set(id, sample ?? counters);
    return true;
  }

  /** Returns one timeout signal for all requests of a moment, since they end together. */
  #patience(signal: AbortSignal): AbortSignal {
    const now = performance.now();
    if (this.#patient === undefined || now - this.#patient.since > 500 || this.#patient.of !== signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(this.times.hangMs)]);
      this.#patient = { since: now, of: signal, limit };
    }
    return this.#patient.limit;
  }

  #flushSoon(signal: AbortSignal): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.#track(
      pause(STREAM_FLUSH_MS, signal).then(() => {
        this.#flushing = false;
        this.board.flush();
      }),
    );
  }

  #track(task: Promise<void>): void {
    this.#tasks.add(task);
    task.catch((error) => log.error("A reading failed unexpectedly: {error}", { error }))
      .finally(() => this.#tasks.delete(task));
  }
}
