/** One host's containers: the newest update of each, its history, and the changes since the last flush. */
import { type Container, isSampled, statusText } from "../docker/container.ts";
import type { Sample } from "../docker/sample.ts";
import type { HistoryPoint } from "../protocol/stats.ts";
import { type Entry, isFresh, sameContainer, sameNumbers, wait, waiting, withEnd } from "./board_entry.ts";
import { History } from "./past/history.ts";
import { ContainerUpdate } from "./update.ts";

/** Callbacks for changes of the set of sampled containers. */
export interface BoardListener {
  /** It started or restarted, so its counters begin again. */
  started(id: string): void;
  stopped(id: string): void;
  /** A container's facts changed; its state is "removed" once it is gone. */
  changed(container: Container): void;
  sampled?(container: Container, sample: Sample): void;
}

/** Options for {@linkcode Board}. */
export interface BoardOptions {
  readonly hostId: string;
  readonly keepMs: number;
  readonly publish: (updates: readonly ContainerUpdate[]) => void;
  readonly listener: BoardListener;
}

/** Longest times without a sample after which the numbers of a running container count as unreadable, ms. */
export interface Patience {
  /** For its first sample. */
  readonly firstMs: number;
  /** For each further sample. */
  readonly nextMs: number;
}

/** Number of points in memory that the containers of a host share, and the number that each has at least. */
const MOST_POINTS = 1_000_000;
const FEWEST_POINTS = 60;

/** One host's containers. Changes are collected until {@linkcode flush}. */
export class Board {
  readonly #options: BoardOptions;
  readonly #ends = new Map<string, NonNullable<Container["endedBy"]>>();
  readonly #entries = new Map<string, Entry>();
  readonly #dirty = new Map<string, ContainerUpdate>();
  #stale = false;
  /** The engine's clock minus ours, ms. */
  clockOffsetMs = 0;

  constructor(options: BoardOptions) {
    this.#options = options;
  }

  /** Id of the host. */
  get hostId(): string {
    return this.#options.hostId;
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

  /**
   * Returns the newest update of each container that has one, with current status texts; publishes nothing.
   *
   * @param maxAgeMs Maximum age of a running container's sample; an older one waits for the next sample.
   */
  newest(maxAgeMs: number = Infinity): ContainerUpdate[] {
    const oldest = performance.now() - maxAgeMs;
    return [...this.#entries.values()].flatMap((entry) => {
      const { container, update } = entry;
      if (update === undefined || !isFresh(entry, oldest)) return [];
      // A viewer that has received it must also receive its removal.
      entry.reported = true;
      const status = this.#text(container);
      return [status === update.facts.status ? update : new ContainerUpdate({ ...update.facts, status })];
    });
  }

  /** Reports whether {@linkcode newest} returns every container. */
  isComplete(maxAgeMs: number = Infinity): boolean {
    const oldest = performance.now() - maxAgeMs;
    return [...this.#entries.values()].every((entry) => entry.update !== undefined && isFresh(entry, oldest));
  }

  /** Returns the history of a container since a time (epoch ms). */
  history(id: string, fromMs: number): HistoryPoint[] {
    return this.#entries.get(id)?.history.since(fromMs) ?? [];
  }

  /** Notes how a container has ended; `null` once it runs again. The engine may report a stop before or after the end. */
  noteEnd(id: string, end: Container["endedBy"]): void {
    if (end === null) this.#ends.delete(id);
    else if (this.#ends.get(id) !== "stop") this.#ends.set(id, end);
  }

  /** Stores what the engine reports of a container, known or new. */
  put(reported: Container): void {
    const container = withEnd(reported, this.#ends.get(reported.id) ?? null);
    const entry = this.#entries.get(container.id);
    if (entry === undefined) return this.#add(container);
    const before = entry.container;
    if (sameContainer(before, container)) return;
    entry.container = container;
    this.#options.listener.changed(container);
    const began = isSampled(container) && (!isSampled(before) || before.startedAt !== container.startedAt ||
      // Usage before a pause does not predict usage after it.
      before.state === "paused" && container.state === "running");
    if (began || !isSampled(container)) wait(entry);
    if (began) this.#options.listener.started(container.id);
    else if (isSampled(before) && !isSampled(container)) this.#options.listener.stopped(container.id);
    this.#touch(entry, true);
  }

  /** Reports a container as removed, once and last. */
  remove(id: string): void {
    this.#ends.delete(id);
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    this.#options.listener.changed({ ...entry.container, state: "removed" });
    if (isSampled(entry.container)) this.#options.listener.stopped(id);
    entry.container = { ...entry.container, state: "removed", inspected: true };
    wait(entry);
    if (entry.reported) this.#touch(entry, true);
    else this.#dirty.delete(id);
  }

  /** Adds a sample of a running container. */
  addSample(id: string, sample: Sample): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || !isSampled(entry.container)) return;
    const { sample: before, silent } = entry;
    entry.sample = sample;
    entry.since = performance.now();
    entry.silent = false;
    entry.history.add(sample, entry.since, Math.max(MOST_POINTS / this.#entries.size, FEWEST_POINTS));
    this.#options.listener.sampled?.(entry.container, sample);
    // A paused container is reported only when something changes.
    if (entry.container.state === "paused" && entry.update !== undefined && sameNumbers(before, sample)) {
      return;
    }
    this.#touch(entry, silent || entry.update === undefined);
  }

  /** Drops all samples, so that no old number is sent as a new one. */
  dropSamples(): void {
    for (const entry of this.#entries.values()) {
      if (!isSampled(entry.container)) continue;
      wait(entry);
      entry.update = undefined;
      this.#dirty.delete(entry.container.id);
    }
  }

  /** Reports running containers without a recent sample, without their old numbers; returns those that changed. */
  expire({ firstMs, nextMs }: Patience): Container[] {
    const now = performance.now();
    const late = [...this.#entries.values()].filter(({ container, sample, since, silent }) =>
      isSampled(container) && !silent && now - since >= (sample === undefined ? firstMs : nextMs)
    );
    for (const entry of late) this.#silence(entry);
    return late.map(({ container }) => container);
  }

  /** Marks all containers as stale, because the host is silent, or as current again. */
  setStale(stale: boolean): void {
    if (this.#stale === stale) return;
    this.#stale = stale;
    for (const entry of this.#entries.values()) {
      if (stale && isSampled(entry.container)) this.#silence(entry);
      else if (entry.update !== undefined) this.#touch(entry, true);
    }
  }

  /**
   * Updates status texts that have aged ("Exited (0) 3 minutes ago"). A running container with a sample gets its text
   * with the next one, since an old number is not sent again.
   */
  refreshTexts(): void {
    for (const entry of this.#entries.values()) {
      const { container, sample, update } = entry;
      if (update === undefined || container.state === "running" && sample !== undefined) continue;
      if (update.facts.status !== this.#text(container)) this.#touch(entry, false);
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
    const entry: Entry = { container, ...waiting(), update: undefined, reported: false, history };
    this.#entries.set(container.id, entry);
    this.#options.listener.changed(container);
    if (isSampled(container)) this.#options.listener.started(container.id);
    else this.#touch(entry, true);
  }

  #silence(entry: Entry): void {
    entry.sample = undefined;
    entry.silent = true;
    this.#touch(entry, true);
  }

  /** Recreates the entry's update; a running container that waits for a sample has none. */
  #touch(entry: Entry, changed: boolean): void {
    const { container, sample, silent } = entry;
    const waits = isSampled(container) && sample === undefined && !silent;
    const before = this.#dirty.get(container.id);
    this.#dirty.delete(container.id);
    entry.update = waits ? undefined : new ContainerUpdate({
      hostId: this.#options.hostId,
      container,
      status: this.#text(container),
      sample,
      stale: this.#stale || silent,
      changed: changed || before?.facts.changed === true,
    });
    if (entry.update !== undefined) this.#dirty.set(container.id, entry.update);
  }

  #text(container: Container): string {
    return statusText(container, Date.now() + this.clockOffsetMs);
  }
}
