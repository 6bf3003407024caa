/** One host, shared by all its viewers: its connection, its containers, and their numbers while viewers are there. */
import type { Container } from "../docker/container.ts";
import type { Engine, EngineInfo } from "../docker/engine.ts";
import { HostReader } from "../kernel/host_reader.ts";
import { pause } from "../duration.ts";
import { AppError, reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { HostReport, HostState } from "../protocol/hosts.ts";
import { Board } from "./board.ts";
import { Demand } from "./demand.ts";
import { engineFacts } from "./engine_facts.ts";
import { EventStream } from "./event_stream.ts";
import { keepHeartbeat } from "./heartbeat.ts";
import { FastSampler } from "./fast/fast_sampler.ts";
import { Backoff } from "./hosts/backoff.ts";
import type { CollectorOptions, HostFacts } from "./hosts/collector_options.ts";
import { HostGauge } from "./hosts/host_gauge.ts";
import { keepListed } from "./hosts/relist.ts";
import { Inventory } from "./inventory.ts";
import { type HostObserver, observedEvents, reportTo } from "./observer.ts";
import { keepCollecting, recorder } from "./past/collecting.ts";
import { Sampler } from "./sampler.ts";
import { HostUpdate } from "./update.ts";

const log = getLogger(["dockstat", "host"]);

/** The collector of one host. It retries for as long as it runs. */
export class Collector {
  /** The host's id from the configuration. */
  readonly hostId: string;
  /** The engine of the host. */
  readonly engine: Engine;
  /** Containers of the host. */
  readonly board: Board;
  /** Viewers of the host. */
  readonly demand: Demand;
  /** Fast readings of a few containers. */
  readonly fast: FastSampler;
  /** Numbers of the host's machine. */
  readonly gauge: HostGauge;
  /** Facts of the host from the configuration. */
  facts: HostFacts;
  readonly #options: CollectorOptions;
  /** Reader of the numbers of the containers and the machine. */
  readonly reader: HostReader;
  #state: HostState = "connecting";
  #since = new Date();
  #error: string | null = null;
  #failure: unknown;
  #info: EngineInfo | undefined;
  #sampler: Sampler | undefined;
  #inventory: Inventory | undefined;

  constructor(options: CollectorOptions) {
    const { hostId, engine, keepMs, publish, times } = options;
    this.#options = options;
    [this.hostId, this.engine, this.facts] = [hostId, engine, options.facts];
    this.demand = new Demand(times.lingerMs);
    const listener = {
      started: (id: string) => this.#sampler?.started(id),
      stopped: (id: string) => this.#sampler?.stopped(id),
      changed: (container: Container) => {
        options.changed();
        this.fast.changed(container);
        for (const one of options.observed) one.changed(hostId, container, this.board.clockOffsetMs);
      },
      sampled: recorder(hostId, options.past, this),
    };
    this.board = new Board({ hostId, keepMs, publish, listener });
    this.reader = new HostReader(this.board, options.kernel);
    this.fast = new FastSampler({
      hostId,
      board: this.board,
      report: () => this.reader.report(),
      publish: options.publishFast,
    });
    this.gauge = new HostGauge({
      hostId,
      warmUpMs: times.warmUpMs,
      publish: (update) => {
        options.past?.recorded.addHost(hostId, update.message);
        options.publishUsage(update);
      },
      info: () => this.#state === "up" ? this.#info : undefined,
      read: async () => engine.machine?.() ?? await this.reader.machine(this.#info?.dataFolder),
      release: () => this.demand.active ? Promise.resolve() : this.reader.release(),
    });
  }

  /** Reason why the host cannot be read; `null` while it can or before the first attempt. */
  get error(): string | null {
    return this.#error;
  }

  /** Error behind {@linkcode error}; its code decides on hints. */
  get failure(): unknown {
    return this.#failure;
  }

  /** True until the first connection attempt has ended. */
  get connecting(): boolean {
    return this.#state === "connecting";
  }

  /** Reads the list of containers again, without waiting for their events. */
  async refresh(signal: AbortSignal): Promise<void> {
    await this.#inventory?.readAll(signal);
  }

  /** Returns the host as `GET /docker/hosts` reports it. */
  report(): HostReport {
    return {
      hostId: this.hostId,
      url: this.engine.url,
      ...this.facts,
      state: this.#state,
      since: this.#since.toISOString(),
      error: this.#error,
      ...engineFacts(this.#info, this.board.size),
      ...this.reader.report(),
      usage: this.#state === "up" ? this.gauge.usage() : null,
    };
  }

  /** Keeps the connection until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff(this.engine.url, this.#options.times);
    await using _reader = this.reader;
    while (!signal.aborted) {
      const lost = await this.#session(signal);
      if (signal.aborted) break;
      if (this.#state === "up") backoff.reset();
      const waitMs = backoff.next();
      try {
        this.#down(lost, waitMs);
      } catch (error) {
        // Nothing that an engine sends may end the collector, and with it the server.
        log.error("Host {hostId}: cannot report that it is down: {error}", { hostId: this.hostId, error });
      }
      await pause(waitMs, signal);
    }
  }

  /** Runs one connection until it is lost; returns the reason. */
  async #session(signal: AbortSignal): Promise<unknown> {
    const end = new AbortController();
    const session = AbortSignal.any([signal, end.signal]);
    const tasks: Promise<void>[] = [];
    let tried = Promise.resolve();
    try {
      const { engine, observed, times } = this.#options;
      const patience = AbortSignal.any([session, AbortSignal.timeout(times.connectMs)]);
      const info = await engine.connect(patience);
      const kernel = this.reader.open(info, times);
      this.#sampler = new Sampler(engine, info, this.board, times, this.#options.phaseMs, kernel);
      this.board.clockOffsetMs = info.clockOffsetMs;
      const inventory = new Inventory(engine, this.board, times);
      const events = new EventStream(engine, times.answerMs);
      // Events are subscribed to before the list is read, so no change falls between the two.
      await events.open(session);
      await inventory.readAll(session);
      this.#inventory = inventory;
      this.#up(info);
      tried = this.reader.compareFirst(engine, session, times.hangMs);
      tasks.push(
        inventory.follow(observedEvents(events.read(), this.board, observed), session),
        this.#sampleOnDemand(this.#sampler, session),
        this.gauge.run(session),
        this.fast.run(kernel, info, session),
        keepListed({ hostId: this.hostId, inventory, events, demand: this.demand }, times, session),
        keepHeartbeat(engine, this.board, times, session),
        keepCollecting(
          [this.demand, this.gauge.demand],
          this.#options.past,
          () => this.reader.report().reader,
          session,
        ),
      );
      await Promise.race(tasks);
      return new AppError("engine-unreachable", "the engine closed the connection");
    } catch (error) {
      return error;
    } finally {
      end.abort();
      await Promise.allSettled([...tasks, tried]);
      this.#sampler = undefined;
      this.#inventory = undefined;
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
    // Numbers from before the gap are not sent as new ones.
    this.board.dropSamples();
    this.board.setStale(false);
    this.board.flush();
  }

  #down(lost: unknown, waitMs: number): void {
    const message = reason(lost);
    this.#failure = lost;
    const changed = this.#state !== "down" || this.#error !== message;
    this.#become("down", message);
    this.board.setStale(true);
    this.board.flush();
    if (!changed) return;
    log.warn("Host {hostId} is down: {error}. Retrying in {seconds} s", {
      hostId: this.hostId,
      error: message,
      seconds: Math.round(waitMs / 1000),
    });
  }

  #become(state: HostState, error: string | null): void {
    if (this.#state !== state) this.#since = new Date();
    const before = { state: this.#state, error: this.#error };
    [this.#state, this.#error] = [state, error];
    if (before.state !== state) this.reportState();
    if (before.error === error) return;
    this.#options.publish([new HostUpdate(this.hostId, error)]);
  }

  /** Reports the state of the host, and its containers, to observers; to all unless some are given. */
  reportState(observers: Iterable<HostObserver> = this.#options.observed): void {
    reportTo(observers, this.board, this.#state, this.#error);
  }

  async #sampleOnDemand(sampler: Sampler, session: AbortSignal): Promise<void> {
    while (!session.aborted) {
      const wanted = await this.demand.begun(session);
      if (session.aborted) return;
      const signal = AbortSignal.any([session, wanted]);
      log.debug("Host {hostId}: first viewer, reading numbers", { hostId: this.hostId });
      await sampler.run(signal, (last, running) => this.demand.due(last, running));
      if (session.aborted) break;
      log.debug("Host {hostId}: no viewers, reading stopped", { hostId: this.hostId });
    }
  }
}
