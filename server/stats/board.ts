/** What is known of one host's containers: the newest of each, its history, and what changed since the last flush. */
import { type Container, isSampled, statusText } from "../docker/container.ts";
import type { Sample } from "../docker/sample.ts";
import type { HistoryPoint } from "../protocol/stats.ts";
import { History } from "./history.ts";
import { ContainerUpdate } from "./update.ts";

/** Who must know that a container begins or ceases to have numbers. */
export interface BoardListener {
  /** It runs, or runs anew: its counters begin again. */
  started(id: string): void;
  stopped(id: string): void;
  /** Anything but its numbers is no longer what it was, or it is gone. */
  changed(): void;
}

/** How a board is made. */
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
  /** Whether viewers may have heard of it. */
  told: boolean;
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

  /** How many containers are known. */
  get size(): number {
    return this.#entries.size;
  }

  /** The container as it was last told, `undefined` if it is unknown. */
  container(id: string): Container | undefined {
    return this.#entries.get(id)?.container;
  }

  /** All containers, as they were last told. */
  containers(): Container[] {
    return [...this.#entries.values()].map(({ container }) => container);
  }

  /** The ids of the containers that have numbers. */
  sampledIds(): string[] {
    return this.containers().filter(isSampled).map(({ id }) => id);
  }

  /** The newest of each container that can be told now, with status texts of this moment. */
  newest(): ContainerUpdate[] {
    this.refreshTexts();
    this.flush();
    return [...this.#entries.values()].map(({ update }) => update).filter((update) => update !== undefined);
  }

  /** Whether every container can be told: none still waits for its second sample. */
  get complete(): boolean {
    return [...this.#entries.values()].every(({ update }) => update !== undefined);
  }

  /** The points of a container since a moment (epoch ms). */
  history(id: string, fromMs: number): HistoryPoint[] {
    return this.#entries.get(id)?.history.since(fromMs) ?? [];
  }

  /** Takes over what the engine says of a container, known or new. */
  put(container: Container): void {
    const entry = this.#entries.get(container.id);
    if (entry === undefined) return this.#add(container);
    const before = entry.container;
    if (sameContainer(before, container)) return;
    entry.container = container;
    this.#options.listener.changed();
    const began = isSampled(container) && (!isSampled(before) || before.startedAt !== container.startedAt ||
      // What was used before the pause says nothing of what is used after it.
      before.state === "paused" && container.state === "running");
    if (began || !isSampled(container)) entry.sample = undefined;
    if (began) this.#options.listener.started(container.id);
    else if (isSampled(before) && !isSampled(container)) this.#options.listener.stopped(container.id);
    this.#touch(entry, true);
  }

  /** The container is gone from its engine: said once, last. */
  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    this.#options.listener.changed();
    if (isSampled(entry.container)) this.#options.listener.stopped(id);
    entry.container = { ...entry.container, state: "removed", inspected: true };
    entry.sample = undefined;
    if (entry.told) this.#touch(entry, true);
    else this.#dirty.delete(id);
  }

  /** A new sample of a container that still runs. */
  addSample(id: string, sample: Sample): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || !isSampled(entry.container)) return;
    const before = entry.sample;
    entry.sample = sample;
    entry.history.add(sample);
    // A paused container is told only when something changes.
    if (entry.container.state === "paused" && entry.update !== undefined && sameNumbers(before, sample)) {
      return;
    }
    this.#touch(entry, entry.update === undefined);
  }

  /** Forgets the numbers of all: they are no longer read, and an old one must not be told as new. */
  dropSamples(): void {
    for (const entry of this.#entries.values()) {
      if (!isSampled(entry.container)) continue;
      entry.sample = undefined;
      entry.update = undefined;
      this.#dirty.delete(entry.container.id);
    }
  }

  /** Marks everything as old, since the host has gone silent, or as current again. */
  setStale(stale: boolean): void {
    if (this.#stale === stale) return;
    this.#stale = stale;
    for (const entry of this.#entries.values()) if (entry.update !== undefined) this.#touch(entry, true);
  }

  /**
   * Notes the containers whose status text has grown older ("Exited (0) 3 minutes ago").
   *
   * @param patienceMs Of a container that runs the text goes with the next sample, for which so long is waited.
   */
  refreshTexts(patienceMs: number = 0): void {
    const oldest = Date.now() + this.clockOffsetMs - patienceMs;
    for (const entry of this.#entries.values()) {
      if (entry.update === undefined) continue;
      if (entry.container.state === "running" && (entry.sample?.readMs ?? 0) > oldest) continue;
      if (entry.update.facts.status !== this.#text(entry.container)) this.#touch(entry, false);
    }
  }

  /** Publishes everything that changed since the last time, in one batch. */
  flush(): void {
    if (this.#dirty.size === 0) return;
    const updates = [...this.#dirty.values()];
    for (const id of this.#dirty.keys()) {
      const entry = this.#entries.get(id);
      if (entry !== undefined) entry.told = true;
    }
    this.#dirty.clear();
    this.#options.publish(updates);
  }

  #add(container: Container): void {
    const history = new History(this.#options.keepMs);
    const entry: Entry = { container, sample: undefined, update: undefined, told: false, history };
    this.#entries.set(container.id, entry);
    this.#options.listener.changed();
    if (isSampled(container)) this.#options.listener.started(container.id);
    else this.#touch(entry, true);
  }

  /** Makes the entry's update anew; a running container without a sample has none. */
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
