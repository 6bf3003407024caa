/** Which series the samples of a container or host belong to. */
import type { Container } from "../docker/container.ts";
import { getLogger } from "../log/log.ts";
import type { Series } from "../store/history/history_store.ts";

/** The parts of a container that decide on its series. */
export type Claimant = Pick<Container, "id" | "name" | "project" | "service" | "number">;

const log = getLogger(["dockstat", "history"]);

/** Returns the key of a container: of its place in a project, or else of its name. */
export function keyOf(hostId: string, { name, project, service, number }: Claimant): string {
  return project === null || service === null
    ? `${hostId}/${name}`
    : `${hostId}/${project}/${service}/${number ?? 1}`;
}

/** All series, by key and by container. */
export class SeriesIndex {
  readonly #byKey = new Map<string, Series>();
  readonly #byOwner = new Map<string, Series>();
  readonly #changed = new Map<number, Series>();
  #next = 1;

  /** @param stored Series of earlier runs. */
  constructor(stored: Iterable<Series>) {
    for (const series of stored) this.#put(series);
    this.#changed.clear();
  }

  /** Number of series. */
  get size(): number {
    return this.#byKey.size;
  }

  /** Returns all series. */
  all(): Iterable<Series> {
    return this.#byKey.values();
  }

  /** Returns the series with a key. */
  get(key: string): Series | undefined {
    return this.#byKey.get(key);
  }

  /**
   * Returns the series whose line a container continues; `undefined` for a new line.
   *
   * @param exists Reports whether a container of the host exists.
   */
  find(hostId: string, container: Claimant, exists: (id: string) => boolean): Series | undefined {
    const known = this.#ofContainer(hostId, container.id);
    if (known !== undefined) return known;
    const series = this.#byKey.get(keyOf(hostId, container));
    return series === undefined || series.owner !== null && exists(series.owner) ? undefined : series;
  }

  #ofContainer(hostId: string, id: string): Series | undefined {
    return this.#byOwner.get(`${hostId}/${id}`);
  }

  /** Returns the series of a host. */
  host(hostId: string): Series {
    return this.#byKey.get(hostId) ??
      this.#create({
        kind: "host",
        hostId,
        key: hostId,
        owner: null,
        name: hostId,
        project: null,
        service: null,
      });
  }

  /**
   * Returns the series of a container. A container continues the line of a removed one with the same key; while that
   * one exists, it has a line under its name.
   *
   * @param exists Reports whether a container of the host exists.
   */
  claim(hostId: string, container: Claimant, exists: (id: string) => boolean): Series {
    const { id, name, project, service } = container;
    const keys = [keyOf(hostId, container), `${hostId}/${name}`, `${hostId}/${name}/${id}`];
    const known = this.#ofContainer(hostId, id);
    if (known !== undefined && keys.includes(known.key)) return known;
    const facts = { owner: id, name, project, service };
    if (known !== undefined && !this.#byKey.has(keys[0]!)) {
      return this.#move(known, { ...known, ...facts, key: keys[0]! });
    }
    for (const key of keys) {
      const series = this.#byKey.get(key);
      if (series === undefined) return this.#create({ kind: "container", hostId, key, ...facts });
      if (series.owner === null || series.owner === id || !exists(series.owner)) {
        return this.#move(series, { ...series, ...facts });
      }
      log.warn("Containers {one} and {other} of host {hostId} both claim the history of {key}", {
        one: series.name,
        other: name,
        hostId,
        key,
      });
    }
    throw new Error(`No series for container ${id}`);
  }

  /** Returns the series that have changed since the last call of {@linkcode markStored}. */
  changed(): Iterable<Series> {
    return this.#changed.values();
  }

  /** Notes that all changes are stored. */
  markStored(): void {
    this.#changed.clear();
  }

  /** Returns series beyond a number, those that were claimed first, except the ones in use. */
  surplus(most: number, isUsed: (id: number) => boolean): number[] {
    const count = Math.max(this.size - most, 0);
    return count === 0 ? [] : [...this.all()].map(({ id }) => id).filter((id) => !isUsed(id)).slice(0, count);
  }

  /** Forgets a series. */
  remove(id: number): void {
    const series = [...this.#byKey.values()].find((one) => one.id === id);
    if (series === undefined) return;
    this.#byKey.delete(series.key);
    this.#disown(series);
  }

  #create(facts: Omit<Series, "id">): Series {
    return this.#put({ ...facts, id: this.#next });
  }

  #move(before: Series, after: Series): Series {
    this.#byKey.delete(before.key);
    this.#disown(before);
    return this.#put(after);
  }

  #put(series: Series): Series {
    this.#next = Math.max(this.#next, series.id + 1);
    this.#byKey.set(series.key, series);
    if (series.owner !== null) this.#byOwner.set(`${series.hostId}/${series.owner}`, series);
    this.#changed.set(series.id, series);
    return series;
  }

  #disown({ hostId, owner, id }: Series): void {
    const key = `${hostId}/${owner}`;
    if (this.#byOwner.get(key)?.id === id) this.#byOwner.delete(key);
  }
}
