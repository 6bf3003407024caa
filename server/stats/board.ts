/** One host's containers: the newest update of each, its history, and the changes since the last flush. */
import { type Container, isSampled, statusText } from "../docker/container.ts";
import type { Sample } from "../docker/sample.ts";
import type { HistoryPoint } from "../protocol/stats.ts";
import { History } from "./history.ts";
import { ContainerUpdate } from "./update.ts";

/** Callbacks for changes of the set of sampled containers. */
export interface BoardListener {
  /** It started or restarted, so its counters begin again. */
  started(id: string): void;
  stopped(id: string): void;
  /** A container's facts changed, or it was removed. */
  changed(): void;
}

/** Options for {@linkcode Board}. */
export interface BoardOptions {
  readonly hostId: string;
  readonly keepMs: number;
  readonly publish: (updates: readonly ContainerUpdate[]) => void;
  readonly listener: BoardListener;
}

interface Entry {
  container: Container;
  sample: Sample | undefined;
  /** `undefined` while a running container waits for its second sample. */
  update: ContainerUpdate | undefined;
  /** True once viewers may have received it. */
  reported: boolean;
  readonly history: History;
}

/** One host's containers. Changes are collected until {@linkcode flush}. */
export class Board {
  readonly #options: BoardOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #dirty = new Map<string, ContainerUpdate>();
  #stale = false;
  /** The engine's clock minus ours, ms. */
  clockOffsetMs = 0;

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /** Number of known containers. */
  get size(): number {
    return this.#entries.size;
  }

  /** Returns a container as last reported by its engine; `undefined` if it is unknown. */
  container(id: string): Container | undefined {
    return this.#entries.get(id)?.container;
  }

  /** Returns all containers, as last reported by the engine. */
  containers(): Container[] {
    return [...this.#entries.values()].map(({ container }) => container);
  }

  /** Returns the ids of the containers that have numbers. */
  sampledIds(): string[] {
    return this.containers().filter(isSampled).map(({ id }) => id);
  }

  /** Returns the newest update of each container that has one, with current status texts; publishes nothing. */
  newest(): ContainerUpdate[] {
    return [...this.#entries.values()].flatMap((entry) => {
      const { container, update } = entry;
      if (update === undefined) return [];
      // A viewer that has received it must also receive its removal.
      entry.reported = true;
      const status = this.#text(container);
      return [status === update.facts.status ? update : new ContainerUpdate({ ...update.facts, status })];
    });
  }

  /** True when no container waits for its second sample. */
  get complete(): boolean {
    return [...this.#entries.values()].every(({ update }) => update !== undefined);
  }

  /** Returns the history of a container since a time (epoch ms). */
  history(id: string, fromMs: number): HistoryPoint[] {
    return this.#entries.get(id)?.history.since(fromMs) ?? [];
  }

  /** Stores what the engine reports of a container, known or new. */
  put(container: Container): void {
    const entry = this.#entries.get(container.id);
    if (entry === undefined) return this.#add(container);
    const before = entry.container;
    if (sameContainer(before, container)) return;
    entry.container = container;
    this.#options.listener.changed();
    const began = isSampled(container) && (!isSampled(before) || before.startedAt !== container.startedAt ||
      // Usage before a pause does not predict usage after it.
      before.state === "paused" && container.state === "running");
    if (began || !isSampled(container)) entry.sample = undefined;
    if (began) this.#options.listener.started(container.id);
    else if (isSampled(before) && !isSampled(container)) this.#options.listener.stopped(container.id);
    this.#touch(entry, true);
  }

  /** Reports a container as removed, once and last. */
  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    this.#options.listener.changed();
    if (isSampled(entry.container)) this.#options.listener.stopped(id);
    entry.container = { ...entry.container, state: "removed", inspected: true };
    entry.sample = undefined;
    if (entry.reported) this.#touch(entry, true);
    else this.#dirty.delete(id);
  }

  /** Adds a sample of a running container. */
  addSample(id: string, sample: Sample): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || !isSampled(entry.container)) return;
    const before = entry.sample;
    entry.sample = sample;
    entry.history.add(sample);
    // A paused container is reported only when something changes.
    if (entry.container.state === "paused" && entry.update !== undefined && sameNumbers(before, sample)) {
      return;
    }
    this.#touch(entry, entry.update === undefined);
  }

  /** Drops all samples, so that no old number is sent as a new one. */
  dropSamples(): void {
    for (const entry of this.#entries.values()) {
      if (!isSampled(entry.container)) continue;
      entry.sample = undefined;
      entry.update = undefined;
      this.#dirty.delete(entry.container.id);
    }
  }

  /** Marks all numbers as stale, because the host is silent, or as current again. */
  setStale(stale: boolean): void {
    if (this.#stale === stale) return;
    this.#stale = stale;
    for (const entry of this.#entries.values()) if (entry.update !== undefined) this.#touch(entry, true);
  }

  /**
   * Updates status texts that have aged ("Exited (0) 3 minutes ago").
   *
   * @param patienceMs Running containers get their text with the next sample; wait this long for it.
   */
  refreshTexts(patienceMs: number = 0): void {
    const oldest = Date.now() + this.clockOffsetMs - patienceMs;
    for (const entry of this.#entries.values()) {
      if (entry.update === undefined) continue;
      if (entry.container.state === "running" && (entry.sample?.readMs ?? 0) > oldest) continue;
      if (entry.update.facts.status !== this.#text(entry.container)) this.#touch(entry, false);
    }
  }

  /** Publishes all changes since the last call, in one batch. */
  flush(): void {
    if (this.#dirty.size === 0) return;
    const updates = [...this.#dirty.values()];
    for (const id of this.#dirty.keys()) {
      const entry = this.#entries.get(id);
      if (entry !== undefined) entry.reported = true;
    }
    this.#dirty.clear();
    this.#options.publish(updates);
  }

  #add(container: Container): void {
    const history = new History(this.#options.keepMs);
    const entry: Entry = { container, sample: undefined, update: undefined, reported: false, history };
    this.#entries.set(container.id, entry);
    this.#options.listener.changed();
    if (isSampled(container)) this.#options.listener.started(container.id);
    else this.#touch(entry, true);
  }

  /** Recreates the entry's update; a running container without a sample has none. */
  #touch(entry: Entry, changed: boolean): void {
    const { container, sample } = entry;
    const waits = isSampled(container) && sample === undefined;
    const before = this.#dirty.get(container.id);
    this.#dirty.delete(container.id);
    entry.update = waits ? undefined : new ContainerUpdate({
      hostId: this.#options.hostId,
      container,
      status: this.#text(container),
      sample,
      stale: this.#stale,
      changed: changed || before?.facts.changed === true,
    });
    if (entry.update === undefined) return;
    this.#dirty.set(container.id, entry.update);
  }

  #text(container: Container): string {
    return statusText(container, Date.now() + this.clockOffsetMs);
  }
}

function sameNumbers(one: Sample | undefined, other: Sample): boolean {
  return one?.cpuUsage === other.cpuUsage && one.memoryUsage === other.memoryUsage;
}

function sameContainer(one: Container, other: Container): boolean {
  const keys = Object.keys(one) as (keyof Container)[];
  return keys.every((key) => key === "listedStatus" && one.inspected || one[key] === other[key]);
}
