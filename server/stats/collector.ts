/** One host, shared by all its viewers: its connection, its containers, and their numbers while somebody looks. */
import type { Engine, EngineInfo } from "../docker/engine.ts";
import { pause } from "../duration.ts";
import { AppError, reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { HostReport, HostState } from "../protocol/hosts.ts";
import { Board } from "./board.ts";
import { Demand } from "./demand.ts";
import { Inventory } from "./inventory.ts";
import { Sampler, SAMPLER_TIMES, type SamplerTimes } from "./sampler.ts";
import { HostUpdate, type Update } from "./update.ts";

/** The spans that a collector keeps; instance options, so that tests need not wait. */
export interface CollectorTimes extends SamplerTimes {
  /** How long numbers are still read after the last viewer has left, ms. */
  readonly lingerMs: number;
  /** How often the list is compared while somebody looks, in case an event was lost, ms. */
  readonly relistMs: number;
  /** How often the engine must show that it is there, ms. */
  readonly heartbeatMs: number;
  /** The longest that connecting or a heartbeat may take, ms. */
  readonly answerMs: number;
  /** The first wait after a lost connection, ms; doubles with each failure. */
  readonly backoffMs: number;
  readonly longestBackoffMs: number;
}

/** What DockStat runs with. */
export const COLLECTOR_TIMES: CollectorTimes = {
  ...SAMPLER_TIMES,
  lingerMs: 10_000,
  relistMs: 30_000,
  heartbeatMs: 10_000,
  answerMs: 10_000,
  backoffMs: 1000,
  longestBackoffMs: 30_000,
};

/** How a collector is made. */
export interface CollectorOptions {
  readonly hostId: string;
  readonly engine: Engine;
  readonly keepMs: number;
  readonly times: CollectorTimes;
  /** How much earlier than others this host's first turn comes, ms, so that bursts do not fall together. */
  readonly phaseMs: number;
  readonly publish: (updates: readonly Update[]) => void;
  /** Called when a container, or what is known of the host, is no longer what it was. */
  readonly changed: () => void;
}

const log = getLogger(["dockstat", "host"]);

/** The collector of one host. It never gives up: a host that is down is tried again for as long as it runs. */
export class Collector {
  readonly board: Board;
  readonly demand: Demand;
  readonly #options: CollectorOptions;
  #state: HostState = "connecting";
  #since = new Date();
  #error: string | null = null;
  #info: EngineInfo | undefined;
  #sampler: Sampler | undefined;

  constructor(options: CollectorOptions) {
    this.#options = options;
    const { hostId, keepMs, publish, times } = options;
    this.demand = new Demand(times.lingerMs);
    const listener = {
      started: (id: string) => this.#sampler?.started(id),
      stopped: (id: string) => this.#sampler?.stopped(id),
      changed: () => options.changed(),
    };
    this.board = new Board({ hostId, keepMs, publish, listener });
  }

  /** The host's id from the configuration. */
  get hostId(): string {
    return this.#options.hostId;
  }

  /** The engine that answers for the host. */
  get engine(): Engine {
    return this.#options.engine;
  }

  /** Why the host cannot be read, `null` while it can or was not tried yet. */
  get error(): string | null {
    return this.#error;
  }

  /** Whether the first attempt to connect is still under way. */
  get connecting(): boolean {
    return this.#state === "connecting";
  }

  /** The host as `GET /docker/hosts` tells it. */
  report(): HostReport {
    return {
      hostId: this.hostId,
      url: this.#options.engine.url,
      state: this.#state,
      since: this.#since.toISOString(),
      error: this.#error,
      engine: this.#info?.product ?? null,
      apiVersion: this.#info?.apiVersion ?? null,
      os: this.#info?.os ?? null,
      cpus: this.#info?.cpus ?? null,
      memoryBytes: this.#info?.memoryBytes ?? null,
      containers: this.#info === undefined ? null : this.board.size,
    };
  }

  /** Keeps the connection until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { backoffMs, longestBackoffMs } = this.#options.times;
    let waitMs = backoffMs;
    while (!signal.aborted) {
      const lost = await this.#session(signal);
      if (signal.aborted) break;
      if (this.#state === "up") waitMs = backoffMs;
      try {
        this.#down(lost, waitMs);
      } catch (error) {
        // Nothing that an engine has sent may end the collector, and with it the server.
        log.error("Host {hostId}: cannot tell that it is down: {error}", { hostId: this.hostId, error });
      }
      // Jitter only adds: hosts that went down together do not come back in one burst.
      await pause(Math.min(waitMs * (1 + Math.random() * 0.3), longestBackoffMs), signal);
      waitMs = Math.min(waitMs * 2, longestBackoffMs);
    }
  }

  /** One connection, from the first word to its loss; returns why it was lost. */
  async #session(signal: AbortSignal): Promise<unknown> {
    const end = new AbortController();
    const session = AbortSignal.any([signal, end.signal]);
    const tasks: Promise<void>[] = [];
    try {
      const { engine, times } = this.#options;
      const patience = AbortSignal.any([session, AbortSignal.timeout(times.answerMs)]);
      const info = await engine.connect(patience);
      this.#sampler = new Sampler(engine, info, this.board, times, this.#options.phaseMs);
      this.board.clockOffsetMs = info.clockOffsetMs;
      const inventory = new Inventory(engine, this.board, times.answerMs);
      // Events before the list: what happens in between is in one of the two.
      const events = await engine.events(session, patience);
      await inventory.readAll(session);
      this.#up(info);
      tasks.push(
        inventory.follow(events, session),
        this.#sampleOnDemand(this.#sampler, session),
        this.#compareList(inventory, session),
        this.#heartbeat(session),
      );
      await Promise.race(tasks);
      return new AppError("engine-unreachable", "the engine closed the connection");
    } catch (error) {
      return error;
    } finally {
      end.abort();
      await Promise.allSettled(tasks);
      this.#sampler = undefined;
    }
  }

  #up(info: EngineInfo): void {
    this.#info = info;
    this.#become("up", null);
    this.#options.changed();
    log.info("Host {hostId} is up: {product}, API {apiVersion}, {containers} containers", {
      hostId: this.hostId,
      product: info.product,
      apiVersion: info.apiVersion,
      containers: this.board.size,
    });
    // Numbers from before the gap are not told as new ones.
    this.board.dropSamples();
    this.board.setStale(false);
    this.board.flush();
  }

  #down(lost: unknown, waitMs: number): void {
    const words = reason(lost);
    const news = this.#state !== "down" || this.#error !== words;
    this.#become("down", words);
    this.board.setStale(true);
    this.board.flush();
    if (!news) return;
    log.warn("Host {hostId} is down: {error}. Next try in {seconds} s", {
      hostId: this.hostId,
      error: words,
      seconds: Math.round(waitMs / 1000),
    });
  }

  #become(state: HostState, error: string | null): void {
    if (this.#state !== state) this.#since = new Date();
    this.#state = state;
    if (this.#error === error) return;
    this.#error = error;
    this.#options.publish([new HostUpdate(this.hostId, error)]);
  }

  async #sampleOnDemand(sampler: Sampler, session: AbortSignal): Promise<void> {
    while (!session.aborted) {
      const wanted = await this.demand.begun(session);
      if (session.aborted) return;
      const signal = AbortSignal.any([session, wanted]);
      log.debug("Host {hostId}: somebody looks, reading numbers", { hostId: this.hostId });
      await sampler.run(signal, (last, running) => this.demand.due(last, running));
      if (session.aborted) break;
      log.debug("Host {hostId}: nobody looks any more", { hostId: this.hostId });
      this.board.dropSamples();
    }
  }

  async #compareList(inventory: Inventory, session: AbortSignal): Promise<void> {
    while (!session.aborted) {
      await pause(this.#options.times.relistMs, session);
      await this.demand.begun(session);
      if (!session.aborted) await inventory.readAll(session);
    }
  }

  async #heartbeat(session: AbortSignal): Promise<void> {
    const { engine, times } = this.#options;
    while (!session.aborted) {
      await pause(times.heartbeatMs, session);
      if (!session.aborted) {
        await engine.ping(AbortSignal.any([session, AbortSignal.timeout(times.answerMs)]));
      }
    }
  }
}
