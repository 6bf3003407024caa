/** The live statistics of all hosts: one collector per host, one hub for all viewers. */
import type { Container } from "../docker/container.ts";
import type { Engine } from "../docker/engine.ts";
import { pause } from "../duration.ts";
import { Hub, NewestPerKey, type Subscription } from "../hub.ts";
import type { HistoryPoint } from "../protocol/stats.ts";
import type { HostReport } from "../protocol/hosts.ts";
import { Collector, COLLECTOR_TIMES, type CollectorTimes } from "./collector.ts";
import { type ContainerUpdate, HostUpdate, type Update } from "./update.ts";

/** A host and the engine that answers for it. */
export interface FeedHost {
  readonly id: string;
  readonly engine: Engine;
}

/** How a feed is made. */
export interface FeedOptions {
  /** How long the points of history are kept, ms. */
  readonly keepMs: number;
  readonly times?: CollectorTimes;
}

/** What a viewer wants of the feed. */
export interface StatsRequest {
  /** The hosts to look at; all when undefined. */
  readonly hosts?: ReadonlySet<string> | undefined;
  /** How often, ms. */
  readonly intervalMs: number;
  /** How long numbers are read on after a look, ms; as long as after any viewer unless told. */
  readonly lingerMs?: number;
}

/** What was already collected of one container. */
export interface ContainerHistory {
  readonly hostId: string;
  readonly container: Container;
  readonly points: readonly HistoryPoint[];
}

/** Something of a host's containers is no longer what it was. */
export interface HostChange {
  readonly hostId: string;
}

/** A container, and the engine that knows more of it. */
export interface FoundContainer {
  readonly hostId: string;
  readonly containerId: string;
  readonly name: string;
  readonly engine: Engine;
  /** The engine's clock minus ours, ms. */
  readonly clockOffsetMs: number;
  /** The container as it was last heard of; `undefined` once it is gone. */
  readonly look: () => Container | undefined;
}

/** A one-time answer waits this long for the second sample of the running containers, ms. */
const SNAPSHOT_PATIENCE_MS = 3000;
/** How often a wait for a state looks at it, ms. */
const CHECK_MS = 20;
/** The first turns of several hosts are spread over this span, ms. */
const SPREAD_MS = 600;

/** The statistics of all hosts. Disposing it ends every connection and closes the engines. */
export class Feed implements AsyncDisposable {
  readonly #collectors: readonly Collector[];
  readonly #engines: readonly Engine[];
  readonly #hub = new Hub<Update>();
  readonly #changes = new Hub<HostChange>();
  readonly #stop = new AbortController();
  readonly #runs: Promise<void>[];

  /** Begins to connect to every host at once; no host waits for another. */
  constructor(hosts: readonly FeedHost[], { keepMs, times = COLLECTOR_TIMES }: FeedOptions) {
    this.#engines = hosts.map(({ engine }) => engine);
    this.#collectors = hosts.map(({ id, engine }, index) =>
      new Collector({
        hostId: id,
        engine,
        keepMs,
        times,
        phaseMs: SPREAD_MS * index / hosts.length,
        publish: (updates) => this.#hub.publish(updates),
        changed: () => this.#changes.publish([{ hostId: id }]),
      })
    );
    this.#runs = this.#collectors.map((collector) => collector.run(this.#stop.signal));
  }

  /** The ids of all hosts, as configured. */
  get hostIds(): readonly string[] {
    return this.#collectors.map(({ hostId }) => hostId);
  }

  /** How many listen right now. */
  get viewers(): number {
    return this.#hub.size;
  }

  /** The containers of this name, or else those whose id begins so. */
  find(text: string, hostId?: string): FoundContainer[] {
    const all = this.#collectors.filter((collector) => hostId === undefined || collector.hostId === hostId)
      .flatMap((collector) => collector.board.containers().map((container) => ({ collector, container })));
    const named = all.filter(({ container }) => container.name === text);
    const chosen = named.length > 0 ? named : all.filter(({ container }) => container.id.startsWith(text));
    return chosen.map(({ collector, container }) => ({
      hostId: collector.hostId,
      containerId: container.id,
      name: container.name,
      engine: collector.engine,
      clockOffsetMs: collector.board.clockOffsetMs,
      look: () => collector.board.container(container.id),
    }));
  }

  /** The containers of a host as they are now; `undefined` while the host cannot be read. */
  containers(hostId: string): readonly Container[] | undefined {
    const collector = this.#collectors.find((one) => one.hostId === hostId);
    const readable = collector !== undefined && collector.error === null && !collector.connecting;
    return readable ? collector.board.containers() : undefined;
  }

  /** The hosts whose containers have changed in anything but their numbers; asks the engines for nothing. */
  changes(signal: AbortSignal): Subscription<HostChange> {
    return this.#changes.subscribe(new NewestPerKey(({ hostId }) => hostId), signal);
  }

  /** Every host's state, as `GET /docker/hosts` tells it. */
  reports(): HostReport[] {
    return this.#collectors.map((collector) => collector.report());
  }

  /** Resolves when every host has answered, or failed to, for the first time; after `withinMs` at the latest. */
  async settled(withinMs = Infinity): Promise<void> {
    const end = performance.now() + withinMs;
    const waits = () => !this.#stop.signal.aborted && performance.now() < end;
    while (this.#collectors.some(({ connecting }) => connecting) && waits()) {
      await pause(CHECK_MS, this.#stop.signal);
    }
  }

  /**
   * Looks until the signal aborts. The subscription holds everything after this call; the newest of what was before
   * is in {@linkcode newest}.
   */
  subscribe(wish: StatsRequest, signal: AbortSignal): Subscription<Update> {
    for (const { demand } of this.#wanted(wish)) demand.add(wish.intervalMs, signal);
    return this.#hub.subscribe(new NewestPerKey(({ key }) => key), signal);
  }

  /** The hosts that cannot be read right now, and the newest update of each container that can be told. */
  newest(wish: StatsRequest): readonly Update[] {
    const wanted = this.#wanted(wish);
    const silent = wanted.filter(({ error }) => error !== null)
      .map(({ hostId, error }) => new HostUpdate(hostId, error));
    return [...silent, ...wanted.flatMap(({ board }) => board.newest())];
  }

  /** Begins to read numbers for somebody who is about to look, so that the first are there when they do. */
  expect(withinMs: number): void {
    const coming = new AbortController();
    for (const { demand } of this.#collectors) demand.add(1000, coming.signal, withinMs);
    coming.abort();
  }

  /** The newest of each container, once every running one has its second sample or the host is down. */
  async snapshot(wish: StatsRequest): Promise<readonly ContainerUpdate[]> {
    using looking = new Looking(this.#stop.signal);
    const wanted = this.#wanted(wish);
    for (const { demand } of wanted) demand.add(wish.intervalMs, looking.signal, wish.lingerMs);
    const ready = () =>
      wanted.every((host) => host.error !== null || !host.connecting && host.board.complete);
    const end = performance.now() + SNAPSHOT_PATIENCE_MS;
    while (!ready() && performance.now() < end && !looking.signal.aborted) {
      await pause(CHECK_MS, looking.signal);
    }
    return wanted.flatMap(({ board }) => board.newest());
  }

  /** The points of every known container of the last `spanMs`, oldest first. */
  *history(wish: StatsRequest, spanMs: number): Generator<ContainerHistory> {
    for (const { board, hostId } of this.#wanted(wish)) {
      const from = Date.now() + board.clockOffsetMs - spanMs;
      for (const container of board.containers()) {
        yield { hostId, container, points: board.history(container.id, from) };
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    for (const { demand } of this.#collectors) demand.stop();
    await Promise.all(this.#runs);
    await Promise.all(this.#engines.map((engine) => engine[Symbol.asyncDispose]()));
  }

  #wanted({ hosts }: StatsRequest): readonly Collector[] {
    return hosts === undefined
      ? this.#collectors
      : this.#collectors.filter(({ hostId }) => hosts.has(hostId));
  }
}

/** A look that ends with its scope. */
class Looking implements Disposable {
  readonly #end = new AbortController();
  readonly signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.signal = AbortSignal.any([signal, this.#end.signal]);
  }

  [Symbol.dispose](): void {
    this.#end.abort();
  }
}
