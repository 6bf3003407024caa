/** Collects events and stores them in batches, so that no viewer waits for the disk. A full disk delays them. */
import { getLogger } from "../log/log.ts";
import type { NewEvent } from "../store/past/event_rows.ts";
import type { EventStore, KnownContainer, KnownExit, KnownHost } from "../store/past/event_store.ts";

/** Times and bounds of a queue. */
export interface QueueTimes {
  /** Delay of a batch, ms; a kill loses at most the events of this time. */
  readonly delayMs: number;
  /** Delay before a failed batch is stored again, ms. */
  readonly retryMs: number;
  /** Interval at which old events are removed, ms. */
  readonly pruneMs: number;
  /** Number of events that wait for the disk; beyond it the oldest are dropped. */
  readonly waiting: number;
}

const TIMES: QueueTimes = { delayMs: 500, retryMs: 1000, pruneMs: 60_000, waiting: 10_000 };

const log = getLogger(["dockstat", "timeline"]);

/** Events that are not stored yet. Disposing it stores them if the disk allows it. */
export class EventQueue implements Disposable {
  #events: NewEvent[] = [];
  #containers = new Map<string, readonly [string, string, KnownContainer | null]>();
  #hosts = new Map<string, KnownHost>();
  #exits: KnownExit[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failing = false;
  #prunedAt = -Infinity;

  constructor(
    readonly store: EventStore,
    readonly times: QueueTimes = TIMES,
    readonly now: () => number = Date.now,
  ) {}

  /** Adds an event. */
  add(event: NewEvent): void {
    this.#events.push(event);
    if (this.#events.length > this.times.waiting) this.#events.shift();
    this.#schedule(this.times.delayMs);
  }

  /** Adds the facts of a container; `null` for one that was removed. */
  know(hostId: string, id: string, facts: KnownContainer | null): void {
    this.#containers.set(`${hostId}/${id}`, [hostId, id, facts]);
    this.#schedule(this.times.delayMs);
  }

  /** Adds the state of a host. */
  knowHost(hostId: string, state: KnownHost): void {
    this.#hosts.set(hostId, state);
    this.#schedule(this.times.delayMs);
  }

  /** Adds the code of an end to its event. */
  completeExit(exit: KnownExit): void {
    this.#exits.push(exit);
    this.#schedule(this.times.delayMs);
  }

  /** Stores everything that waits, so that a reader sees it; what cannot be stored stays. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#events.length + this.#containers.size + this.#hosts.size + this.#exits.length;
    if (waiting === 0) return;
    const now = this.now();
    try {
      const containers = [...this.#containers.values()];
      const [events, exits] = [this.#events, this.#exits];
      this.store.write({ events, containers, hosts: [...this.#hosts], exits }, now);
    } catch (error) {
      if (!this.#failing) log.error("Cannot store events of containers, retrying: {error}", { error });
      this.#failing = true;
      this.#schedule(this.times.retryMs);
      return;
    }
    this.#failing = false;
    this.#events = [];
    this.#exits = [];
    this.#containers.clear();
    this.#hosts.clear();
    this.#prune(now);
  }

  [Symbol.dispose](): void {
    this.flush();
    clearTimeout(this.#timer);
  }

  #schedule(ms: number): void {
    this.#timer ??= setTimeout(() => this.flush(), ms);
  }

  #prune(now: number): void {
    if (performance.now() - this.#prunedAt < this.times.pruneMs) return;
    this.#prunedAt = performance.now();
    try {
      this.store.prune(now);
    } catch (error) {
      log.warn("Cannot remove old events of containers: {error}", { error });
    }
  }
}
