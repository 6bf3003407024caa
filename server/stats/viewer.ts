/** Filters and interval of one viewer. */
import type { Container } from "../docker/container.ts";
import type { ContainerState } from "../protocol/stats.ts";
import { ContainerUpdate, HostUpdate, newestOf, type Update } from "./update.ts";

/** Id prefixes or names of containers, looked up in a set: many of them cost no more than a few. */
export class ContainerNames {
  readonly #texts: ReadonlySet<string>;
  readonly #lengths: readonly number[];

  constructor(texts: readonly string[]) {
    this.#texts = new Set(texts);
    this.#lengths = [...new Set(texts.filter((text) => ID_PREFIX.test(text)).map(({ length }) => length))];
  }

  /** True without names. */
  get isEmpty(): boolean {
    return this.#texts.size === 0;
  }

  /** Reports whether a container is among them. */
  has({ id, name }: Pick<Container, "id" | "name">): boolean {
    return this.#texts.has(name) || this.#lengths.some((length) => this.#texts.has(id.slice(0, length)));
  }
}

const ID_PREFIX = /^[0-9a-f]{1,64}$/;

/** Containers that a viewer wants; an undefined or empty criterion matches all. */
export interface Filter {
  readonly hosts?: ReadonlySet<string> | undefined;
  readonly containers: ContainerNames;
  readonly state?: ContainerState | undefined;
}

/** Reports whether the filter matches a container. */
export function matches(filter: Filter, hostId: string, container: Container): boolean {
  if (filter.hosts !== undefined && !filter.hosts.has(hostId)) return false;
  if (filter.state !== undefined && filter.state !== container.state) return false;
  return filter.containers.isEmpty || filter.containers.has(container);
}

/** Selects the updates of one viewer: applies its filters and holds samples back until its interval has passed. */
export class Viewer {
  readonly #filter: Filter;
  readonly #everything: boolean;
  readonly #intervalMs: number;
  /** Containers sent to this viewer where that matters: they get a final update when they leave the filter. */
  readonly #sent = new Set<string>();
  /** Hosts reported to this viewer as silent. */
  readonly #silent = new Set<string | null>();
  /** Samples that wait for the interval. */
  #held: readonly Update[] = NOTHING;
  #lastRelease = 0;

  /** @param intervalMs Minimum time between samples, ms. */
  constructor(filter: Filter, intervalMs: number) {
    this.#filter = filter;
    this.#intervalMs = intervalMs;
    this.#everything = filter.hosts === undefined && filter.state === undefined &&
      filter.containers.isEmpty;
  }

  /**
   * Selects what this viewer is sent of a batch.
   *
   * @param now Current time by `performance.now()`.
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
    if (match && container.state !== "removed") this.#sent.add(key);
    // A container that leaves the filter or the engine gets a final update; otherwise it would look alive forever.
    return match || this.#sent.delete(key);
  }

  #wantsNotice({ hostId, error }: HostUpdate): boolean {
    const { hosts } = this.#filter;
    if (hosts !== undefined && (hostId === null || !hosts.has(hostId))) return false;
    if (error === null) return this.#silent.delete(hostId);
    this.#silent.add(hostId);
    return true;
  }

  /** Passes changes at once and samples when the interval is over; keeps only the newest per container. */
  #release(batch: readonly Update[], now: number): readonly Update[] {
    // Half a second of tolerance, because the collector's ticks are not the viewer's.
    const due = now - this.#lastRelease >= this.#intervalMs - 500;
    if (due) this.#lastRelease = now;
    const { newest, changes, samples } = mergedOnce(this.#held, batch);
    this.#held = due ? NOTHING : samples;
    return due ? newest : changes;
  }
}

const NOTHING: readonly Update[] = [];

/** Updates that are held back, merged with a batch. */
interface Merged {
  /** The newest of each container and host. */
  readonly newest: readonly Update[];
  /** Those that are sent at once. */
  readonly changes: readonly Update[];
  /** The others. */
  readonly samples: readonly Update[];
}

const merged = new WeakMap<readonly Update[], WeakMap<readonly Update[], Merged>>();

/** Merges once for all viewers that hold the same updates: they share the arrays, and the texts cached for them. */
function mergedOnce(held: readonly Update[], batch: readonly Update[]): Merged {
  const known = merged.get(batch) ?? new WeakMap<readonly Update[], Merged>();
  merged.set(batch, known);
  let found = known.get(held);
  if (found === undefined) known.set(held, found = merge(held, batch));
  return found;
}

function merge(held: readonly Update[], batch: readonly Update[]): Merged {
  const newest = held.length === 0 ? batch : newestOf([...held, ...batch]);
  const changes = newest.filter((update) => !isSample(update));
  if (changes.length === 0) return { newest, changes: NOTHING, samples: newest };
  return { newest, changes, samples: newest.filter(isSample) };
}

/** Reports whether an update is a regular sample, which can wait. */
function isSample(update: Update): boolean {
  return update instanceof ContainerUpdate && !update.facts.changed;
}
