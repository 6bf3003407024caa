/** What one viewer asked for, and which updates it is therefore sent. */
import type { Container } from "../docker/container.ts";
import type { ContainerState } from "../protocol/stats.ts";
import { ContainerUpdate, HostUpdate, type Update } from "./update.ts";

/** Which containers a viewer wants to see; everything that is undefined or empty leaves them all in. */
export interface Filter {
  readonly hosts?: ReadonlySet<string> | undefined;
  /** Id prefixes or names. */
  readonly containers: readonly string[];
  readonly state?: ContainerState | undefined;
}

/** Whether the filter lets the container through. */
export function matches(filter: Filter, hostId: string, { id, name, state }: Container): boolean {
  if (filter.hosts !== undefined && !filter.hosts.has(hostId)) return false;
  if (filter.state !== undefined && filter.state !== state) return false;
  return filter.containers.length === 0 ||
    filter.containers.some((wanted) => name === wanted || id.startsWith(wanted));
}

/** The choice of one viewer: filters, and holds back samples until its interval has passed. */
export class Viewer {
  readonly #filter: Filter;
  readonly #everything: boolean;
  readonly #intervalMs: number;
  /** Containers that this viewer was told of, where that matters: they get a last word when they leave the filter. */
  readonly #told = new Set<string>();
  /** Hosts that this viewer was told are silent. */
  readonly #silent = new Set<string>();
  readonly #held = new Map<string, Update>();
  #lastRelease = 0;

  /** @param intervalMs How often samples are let through, ms. */
  constructor(filter: Filter, intervalMs: number) {
    this.#filter = filter;
    this.#intervalMs = intervalMs;
    this.#everything = filter.hosts === undefined && filter.state === undefined &&
      filter.containers.length === 0;
  }

  /**
   * What of a batch this viewer is sent now.
   *
   * @param now By `performance.now()`.
   */
  select(batch: readonly Update[], now: number): readonly Update[] {
    const wanted = this.#everything && !batch.some((update) => update instanceof HostUpdate)
      ? batch
      : batch.filter((update) => this.#wants(update));
    return this.#intervalMs <= 1000 ? wanted : this.#release(wanted, now);
  }

  #wants(update: Update): boolean {
    return update instanceof ContainerUpdate ? this.#wantsContainer(update) : this.#wantsNotice(update);
  }

  #wantsContainer(update: ContainerUpdate): boolean {
    if (this.#everything) return true;
    const { key, hostId, facts: { container } } = update;
    const match = matches(this.#filter, hostId, container);
    if (match && container.state !== "removed") this.#told.add(key);
    // One that leaves the filter, or the engine, gets a last word: otherwise it would look alive for ever.
    return match || this.#told.delete(key);
  }

  #wantsNotice({ hostId, error }: HostUpdate): boolean {
    if (this.#filter.hosts !== undefined && !this.#filter.hosts.has(hostId)) return false;
    if (error === null) return this.#silent.delete(hostId);
    this.#silent.add(hostId);
    return true;
  }

  /** Changes pass at once, samples when the interval is over; of each container only the newest. */
  #release(batch: readonly Update[], now: number): readonly Update[] {
    for (const update of batch) {
      this.#held.delete(update.key);
      this.#held.set(update.key, update);
    }
    // Half a second of tolerance: the ticks of the collector are not those of the viewer.
    const due = now - this.#lastRelease >= this.#intervalMs - 500;
    if (due) this.#lastRelease = now;
    const ready = [...this.#held.values()].filter((u) =>
      due || !(u instanceof ContainerUpdate) || u.facts.changed
    );
    for (const { key } of ready) this.#held.delete(key);
    return ready;
  }
}
