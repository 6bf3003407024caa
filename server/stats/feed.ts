/** The live statistics of all hosts: one collector per host, one hub for all viewers. */
import type { Container } from "../docker/container.ts";
import type { Engine } from "../docker/engine.ts";
import { pause, ScopedSignal } from "../duration.ts";
import { Hub, NewestPerKey, type Subscription } from "../hub.ts";
import type { HostReport } from "../protocol/hosts.ts";
import type { Collector } from "./collector.ts";
import { everyContainer } from "./every_container.ts";
import { findIn, type FoundContainer } from "./found_container.ts";
import { FastViews } from "./fast/fast_views.ts";
import { type DetailsOf, readDetails } from "./hosts/details.ts";
import { type FeedHost, HostSet } from "./hosts/host_set.ts";
import { HostUsages } from "./hosts/host_usages.ts";
import { Lasting } from "./hosts/lasting.ts";
import { presenceOf } from "./hosts/presence.ts";
import type { HostObserver } from "./observer.ts";
import type { PastOptions } from "./past/collecting.ts";
import { type ContainerHistory, historiesOf } from "./past/container_history.ts";
import { COLLECTOR_TIMES, type CollectorTimes, maxAgeMs } from "./times.ts";
import { type ContainerUpdate, HostUpdate, type Update } from "./update.ts";

export type { FeedHost };

/** Options for {@linkcode Feed}. */
export interface FeedOptions {
  /** Retention of the newest points in memory, ms. */
  readonly keepMs?: number;
  readonly past?: PastOptions | undefined;
  readonly times?: CollectorTimes;
}

/** Options for {@linkcode Feed.subscribe}. */
export interface StatsRequest {
  /** Host ids; all hosts if `undefined`. */
  readonly hosts?: ReadonlySet<string> | undefined;
  /** Interval between samples, ms. */
  readonly intervalMs: number;
  /** Linger time after the request, ms; the default of all viewers if `undefined`. */
  readonly lingerMs?: number;
}

/** Notice that something other than numbers changed on a host. */
export interface HostChange {
  readonly hostId: string;
}

/** Retention of the newest points in memory, ms. */
const NEWEST_MS = 600_000;
/** Longest wait of a snapshot for the second sample of running containers, ms. */
const SNAPSHOT_PATIENCE_MS = 3000;
/** Poll interval while waiting for a state, ms. */
const CHECK_MS = 20;

/** The statistics of all hosts. Disposing it ends every connection and closes the engines. */
export class Feed implements AsyncDisposable {
  /** The hosts, which may be added and removed. */
  readonly hosts: HostSet;
  readonly #hub = new Hub<Update>();
  readonly #changes = new Hub<HostChange>();
  readonly #stop = new AbortController();
  readonly #requests = new Lasting<StatsRequest>();
  readonly #observed = new Set<HostObserver>();
  /** Fast readings of a few containers. */
  readonly fast = new FastViews(() => this.#collectors);
  /** Numbers of the hosts' machines. */
  readonly usages = new HostUsages(() => this.#collectors);
  /** Returns which hosts can be read, and are. */
  readonly presence = () => presenceOf(this.#collectors);
  readonly #past: PastOptions | undefined;
  #configurationError: string | null = null;

  /** Starts connecting to every host at once; no host waits for another. */
  constructor(
    hosts: readonly FeedHost[],
    { keepMs = NEWEST_MS, past, times = COLLECTOR_TIMES }: FeedOptions,
  ) {
    this.#past = past;
    this.hosts = new HostSet({
      keepMs,
      past,
      times,
      publish: (updates) => this.#hub.publish(updates),
      publishUsage: (update) => this.usages.publish(update),
      publishFast: (updates) => this.fast.publish(updates),
      changed: (hostId) => this.#changes.publish([{ hostId }]),
      added: (collector) => this.#added(collector),
      observed: this.#observed,
    });
    for (const host of hosts) this.hosts.add(host);
  }

  get #collectors(): readonly Collector[] {
    return this.hosts.collectors;
  }

  #added(collector: Collector): void {
    this.#requests.each(({ hosts, intervalMs }, signal) => {
      if (hosts?.has(collector.hostId) ?? true) collector.demand.add(intervalMs, signal);
    });
    this.usages.added(collector);
    this.fast.added(collector);
  }

  /** Reports that a changed configuration was not applied to all viewers; `null` once it is. */
  reportConfiguration(error: string | null): void {
    this.#configurationError = error;
    this.#hub.publish([new HostUpdate(null, error)]);
  }

  /** Ids of all hosts, as configured. */
  get hostIds(): readonly string[] {
    return this.#collectors.map(({ hostId }) => hostId);
  }

  /** Number of subscribers. */
  get viewers(): number {
    return this.#hub.size;
  }

  /** Finds the containers with this name, or otherwise those whose id starts with the text. */
  find(text: string, hostId?: string): FoundContainer[] {
    const named = findIn(this.#collectors, hostId, ({ name }) => name === text);
    return named.length > 0 ? named : findIn(this.#collectors, hostId, ({ id }) => id.startsWith(text));
  }

  /** Finds the containers of a Compose project. */
  ofProject(name: string, hostId?: string): FoundContainer[] {
    return findIn(this.#collectors, hostId, ({ project }) => project === name);
  }

  /** Returns the current containers of a host; `undefined` while the host cannot be read. */
  containers(hostId: string): readonly Container[] | undefined {
    const collector = this.hosts.find(hostId);
    const readable = collector !== undefined && collector.error === null && !collector.connecting;
    return readable ? collector.board.containers() : undefined;
  }

  /** Returns the engine of a host; `undefined` for an unknown host. */
  engine(hostId: string): Engine | undefined {
    return this.hosts.find(hostId)?.engine;
  }

  /**
   * Reads the containers of a host again: events of changes that have just been made may still be on their way.
   *
   * @throws {AppError} when the engine does not answer.
   */
  async refresh(hostId: string): Promise<void> {
    await this.hosts.find(hostId)?.refresh(this.#stop.signal);
  }

  /** Subscribes to changes other than numbers; requests nothing from the engines. */
  changes(signal: AbortSignal): Subscription<HostChange> {
    return this.#changes.subscribe(new NewestPerKey(({ hostId }) => hostId), signal);
  }

  /** Adds an observer until it is disposed; it receives the present state of every host first. */
  observe(observer: HostObserver): Disposable {
    this.#observed.add(observer);
    for (const collector of this.#collectors) collector.reportState([observer]);
    return { [Symbol.dispose]: () => void this.#observed.delete(observer) };
  }

  /** Measures the machines of the hosts, for {@linkcode reports}. */
  async measure(): Promise<void> {
    await this.usages.refresh(this.#stop.signal);
  }

  /** Reads all counters of the containers that have numbers, for a scrape; see {@linkcode readDetails}. */
  async details(updates: readonly ContainerUpdate[]): Promise<DetailsOf> {
    return await readDetails(this.#collectors, updates, this.#stop.signal);
  }

  /** Returns the state of every host, as `GET /docker/hosts` reports it. */
  reports(): HostReport[] {
    return this.#collectors.map((collector) => collector.report());
  }

  /** Returns the errors of the hosts that cannot be read. */
  failures(): unknown[] {
    return this.#collectors.filter(({ error }) => error !== null).map(({ failure }) => failure);
  }

  /** Resolves when every host has answered or failed for the first time; after `withinMs` at the latest. */
  async settled(withinMs = Infinity): Promise<void> {
    const end = performance.now() + withinMs;
    const waits = () => !this.#stop.signal.aborted && performance.now() < end;
    while (this.#collectors.some(({ connecting }) => connecting) && waits()) {
      await pause(CHECK_MS, this.#stop.signal);
    }
  }

  /**
   * Subscribes until the signal aborts. The subscription holds everything published after this call; use
   * {@linkcode newest} for the state before it.
   */
  subscribe(request: StatsRequest, signal: AbortSignal): Subscription<Update> {
    for (const { demand } of this.#requested(request)) demand.add(request.intervalMs, signal);
    this.#requests.add(request, signal);
    return this.#hub.subscribe(new NewestPerKey(({ key }) => key), signal);
  }

  /** Returns the hosts that cannot be read and the newest update of each container. */
  newest(request: StatsRequest): readonly Update[] {
    const wanted = this.#requested(request);
    const silent = wanted.filter(({ error }) => error !== null)
      .map(({ hostId, error }) => new HostUpdate(hostId, error));
    if (this.#configurationError !== null) silent.push(new HostUpdate(null, this.#configurationError));
    return [...silent, ...wanted.flatMap(({ board }) => board.newest(maxAgeMs(request)))];
  }

  /** Starts reading for a viewer that is about to connect, so that the first numbers are ready. */
  expect(withinMs: number): void {
    const coming = new AbortController();
    for (const { demand } of this.#collectors) demand.add(1000, coming.signal, withinMs);
    coming.abort();
  }

  /** Returns an update of every container once all running ones have a second sample or their host is down. */
  async snapshot(request: StatsRequest): Promise<readonly ContainerUpdate[]> {
    using demanding = new ScopedSignal(this.#stop.signal);
    const wanted = this.#requested(request);
    for (const { demand } of wanted) demand.add(request.intervalMs, demanding.signal, request.lingerMs);
    const ready = () =>
      wanted.every((host) =>
        host.error !== null || !host.connecting && host.board.isComplete(maxAgeMs(request))
      );
    const end = performance.now() + SNAPSHOT_PATIENCE_MS;
    while (!ready() && performance.now() < end && !demanding.signal.aborted) {
      await pause(CHECK_MS, demanding.signal);
    }
    return wanted.flatMap((collector) => everyContainer(collector, maxAgeMs(request)));
  }

  /** Yields the history of every known container, of the last `spanMs`. */
  *history(request: StatsRequest, spanMs: number): Generator<ContainerHistory> {
    for (const { board } of this.#requested(request)) yield* historiesOf(board, this.#past?.recorded, spanMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.hosts[Symbol.asyncDispose]();
  }

  #requested({ hosts }: StatsRequest): readonly Collector[] {
    return hosts === undefined
      ? this.#collectors
      : this.#collectors.filter(({ hostId }) => hosts.has(hostId));
  }
}
