/** Facts of containers that the timeline has seen before, and recent events. */
import type { Container } from "../docker/container.ts";
import type { KnownContainer } from "../store/past/event_store.ts";

/** Number of remembered keys. */
const REMEMBERED = 1000;

/** Facts of a container of which nothing is known. */
export const NEW: KnownContainer = {
  name: "",
  project: null,
  service: null,
  covered: 0,
  endedAt: null,
  health: null,
  oomAt: null,
};

/**
 * Returns the facts of a container that exists at the first connection to its host: its past is not reported.
 *
 * @param now Epoch ms by the engine's clock.
 */
export function baseline(container: Container, now: number): KnownContainer {
  const { name, project, service, startedAt, finishedAt, health, outOfMemory } = container;
  return {
    ...{ name, project, service, health },
    covered: container.inspected ? Math.max(startedAt ?? 0, finishedAt ?? 0) : now,
    endedAt: finishedAt,
    oomAt: outOfMemory ? finishedAt : null,
  };
}

/** Finds events that are delivered twice, as when events are subscribed to again. */
export class Recent {
  readonly #keys = new Set<string>();

  /** Reports whether a key was given before; the oldest keys are forgotten. */
  isRepeated(key: string): boolean {
    if (this.#keys.has(key)) return true;
    this.#keys.add(key);
    const [oldest] = this.#keys;
    if (this.#keys.size > REMEMBERED && oldest !== undefined) this.#keys.delete(oldest);
    return false;
  }
}
