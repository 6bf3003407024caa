/** A viewer of fast readings of a few containers, on all hosts. */
import type { Container } from "../../docker/container.ts";
import type { IntervalNotice } from "../../protocol/stats.ts";
import type { ContainerUpdate } from "../update.ts";
import { type Filter, matches } from "../viewer.ts";

/** Largest number of containers that a viewer receives more than once a second. */
export const MOST_CONTAINERS = 10;
/** Interval of a viewer that has fallen back, ms. */
const NORMAL_MS = 1000;

/** One such viewer, until it falls back to the normal interval. */
export class FastViewer {
  readonly #stop = new AbortController();
  /** Ids of the running containers that it receives, by host. */
  readonly #ids = new Map<string, Set<string>>();
  readonly #sent = new Map<string, number>();
  #notice: IntervalNotice | undefined;
  /** Aborts when the viewer falls back or leaves. */
  readonly signal: AbortSignal;

  /**
   * @param intervalMs Interval between samples, ms.
   * @param left Aborts when the viewer leaves.
   */
  constructor(readonly filter: Filter, readonly intervalMs: number, left: AbortSignal) {
    this.signal = AbortSignal.any([left, this.#stop.signal]);
  }

  /** Reason why the viewer has fallen back; `undefined` if it has not. */
  get notice(): IntervalNotice | undefined {
    return this.#notice;
  }

  /** Returns the ids of its running containers on a host. */
  idsOn(hostId: string): readonly string[] {
    return [...this.#ids.get(hostId) ?? []];
  }

  /** Takes note of a container that is new or has changed. */
  note(hostId: string, container: Container): void {
    const ids = this.#ids.get(hostId) ?? new Set();
    this.#ids.set(hostId, ids);
    const isWanted = container.state === "running" && matches(this.filter, hostId, container);
    if (!isWanted) {
      this.#sent.delete(container.id);
      return void ids.delete(container.id);
    }
    ids.add(container.id);
    const count = [...this.#ids.values()].reduce((sum, { size }) => sum + size, 0);
    if (count > MOST_CONTAINERS) this.fallBack(hostId, `more than ${MOST_CONTAINERS} containers match`);
  }

  /** Reports whether a regular sample repeats one that the viewer receives more often. */
  repeats({ hostId, facts: { container, changed } }: ContainerUpdate): boolean {
    return !changed && !this.signal.aborted && (this.#ids.get(hostId)?.has(container.id) ?? false);
  }

  /**
   * Selects the samples that are due.
   *
   * @param now Current time by `performance.now()`.
   */
  select(updates: readonly ContainerUpdate[], now: number): readonly ContainerUpdate[] {
    const due = updates.filter(({ hostId, facts: { container: { id } } }) =>
      this.#ids.get(hostId)?.has(id) &&
      // Half of the shortest interval is tolerated, because the sampler's ticks are not the viewer's.
      now - (this.#sent.get(id) ?? -Infinity) >= this.intervalMs - 50
    );
    for (const { facts: { container: { id } } } of due) this.#sent.set(id, now);
    return due;
  }

  /** Ends the fast readings; the viewer then receives the regular samples. */
  fallBack(hostId: string, reason: string): void {
    if (this.signal.aborted) return;
    this.#notice = { hostId, intervalMs: NORMAL_MS, reason };
    this.#stop.abort();
  }
}
