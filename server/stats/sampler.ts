/** Reads one host's numbers while somebody looks: in bursts where the engine answers at once, by streams where not. */
import type { Engine } from "../docker/engine.ts";
import { type Counters, type EngineTraits, type RawStats, toCounters, toSample } from "../docker/sample.ts";
import { pause } from "../duration.ts";
import { AppError, reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { Board } from "./board.ts";

/** The spans that a sampler keeps; instance options, so that tests need not wait. */
export interface SamplerTimes {
  /** Between the first reading and the second, after which a container's numbers are told, ms. */
  readonly warmUpMs: number;
  /** How long a burst waits for its slowest answers before the others are published, ms. */
  readonly stragglerMs: number;
  /** After this long without an answer a host counts as silent, ms. */
  readonly silenceMs: number;
  /** The longest that one container's numbers are waited for, ms. */
  readonly hangMs: number;
  /** The wait before a broken stream is opened again, ms; doubles up to 30 s, and starts anew after a good reading. */
  readonly retryMs: number;
}

/** What DockStat runs with. */
export const SAMPLER_TIMES: SamplerTimes = {
  warmUpMs: 380,
  stragglerMs: 250,
  silenceMs: 5000,
  hangMs: 10_000,
  retryMs: 500,
};

/** Two readings closer than this (ms) give no exact rate: the host's clock of CPU time ticks every 10 ms. */
const SHORTEST_SPAN = 300;
/** Readings that arrive one by one from streams are published together this often, ms. */
const STREAM_FLUSH_MS = 100;

const log = getLogger(["dockstat", "stats"]);

/** The sampler of one host, for as long as its connection lasts. */
export class Sampler {
  readonly #baselines = new Map<string, Counters>();
  readonly #streams = new Map<string, AbortController>();
  /** When each question that is not answered yet was asked, epoch ms. */
  readonly #inFlight = new Map<string, number>();
  readonly #tasks = new Set<Promise<void>>();
  #running: AbortSignal | undefined;
  #lastAnswer = 0;
  #flushing = false;
  #patient: { readonly since: number; readonly of: AbortSignal; readonly limit: AbortSignal } | undefined;

  constructor(
    readonly engine: Engine,
    readonly traits: EngineTraits & { readonly bursts: boolean },
    readonly board: Board,
    readonly times: SamplerTimes,
    /** How much the first turn comes early, ms: bursts of several hosts must not fall together. */
    readonly phaseMs: number,
  ) {}

  /** A container began to run: its numbers come without waiting for the next turn. */
  started(id: string): void {
    this.#baselines.delete(id);
    if (this.#running !== undefined) this.#track(this.#begin(id, this.#running));
  }

  /** A container ceased to run. */
  stopped(id: string): void {
    this.#baselines.delete(id);
    this.#streams.get(id)?.abort();
  }

  /**
   * Samples until the signal aborts.
   *
   * @param due Resolves when a turn is due; takes and gives the time of the last one (`performance.now()`).
   * @throws {AppError} "engine-unreachable" when the host has gone silent.
   */
  async run(signal: AbortSignal, due: (last: number, signal: AbortSignal) => Promise<number>): Promise<void> {
    const stop = new AbortController();
    const running = AbortSignal.any([signal, stop.signal]);
    this.#running = running;
    this.#lastAnswer = Date.now();
    try {
      await this.#warmUp(running);
      let last = performance.now() - this.phaseMs;
      while (!running.aborted) {
        last = await due(last, running);
        if (!running.aborted) await this.#turn(running);
      }
    } finally {
      this.#running = undefined;
      stop.abort();
      await Promise.allSettled(this.#tasks);
      this.#baselines.clear();
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
    // Silent is who has answered nothing since the oldest open question.
    const oldest = Math.min(...this.#inFlight.values());
    const quietMs = Date.now() - oldest;
    if (oldest >= this.#lastAnswer && quietMs > this.times.silenceMs) {
      throw new AppError("engine-unreachable", `no answer for ${Math.round(quietMs / 1000)} s`);
    }
    this.board.refreshTexts(this.times.silenceMs);
    this.board.flush();
  }

  async #begin(id: string, signal: AbortSignal): Promise<void> {
    if (!this.traits.bursts) return await this.#stream(id, signal);
    await this.#read(id, signal);
    await pause(this.times.warmUpMs, signal);
    if (!signal.aborted) await this.#read(id, signal);
    this.board.flush();
  }

  /** All at once, since a burst on kept connections costs the engine half of what single requests cost. */
  async #burst(ids: readonly string[], signal: AbortSignal): Promise<void> {
    const done = new AbortController();
    const reads = Promise.all(ids.map((id) => this.#read(id, signal))).then(() => done.abort());
    this.#track(reads);
    // One slow answer must not hold up the others: it is published when it comes, with the next batch.
    await pause(this.times.stragglerMs, done.signal);
  }

  async #read(id: string, signal: AbortSignal): Promise<void> {
    if (this.#inFlight.has(id)) return;
    this.#inFlight.set(id, Date.now());
    try {
      const raw = await this.engine.stats(id, this.#patience(signal));
      if (raw !== undefined && !signal.aborted) this.#accept(id, raw);
    } catch (error) {
      if (!signal.aborted) log.debug("No sample of container {id}: {reason}", { id, reason: reason(error) });
    } finally {
      this.#inFlight.delete(id);
    }
  }

  /** A stream that ended broke; only a container that ceased to run ends it. */
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
        good = this.#accept(id, raw) || good;
        this.#flushSoon(signal);
      }
    } catch (error) {
      if (!signal.aborted) {
        log.debug("The stream of container {id} broke: {reason}", { id, reason: reason(error) });
      }
    }
    return good;
  }

  /** Compares with the reading before, of our own keeping, and ordered by the engine's `read` time. */
  #accept(id: string, raw: RawStats): boolean {
    this.#lastAnswer = Date.now();
    const counters = toCounters(raw, this.traits);
    if (counters === undefined) return false;
    const baseline = this.#baselines.get(id);
    if (baseline !== undefined) {
      const spanMs = counters.readMs - baseline.readMs;
      const restarted = counters.cpuTotal < baseline.cpuTotal;
      if (spanMs <= 0 || spanMs < SHORTEST_SPAN && !restarted) return true;
      const sample = toSample(baseline, counters);
      if (sample !== undefined) this.board.addSample(id, sample);
    }
    this.#baselines.set(id, counters);
    return true;
  }

  /** One for all questions of a moment, which end together. */
  #patience(signal: AbortSignal): AbortSignal {
    const now = Date.now();
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
    task.finally(() => this.#tasks.delete(task));
  }
}
