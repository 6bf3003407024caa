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
    restarts: restartsOf(container),
  };
}

/** Returns the restarts of a container at a comparison; `undefined` where the engine does not count them. */
export function restartsOf({ restartCount, state }: Container): KnownContainer["restarts"] {
  if (restartCount === null) return undefined;
  // The next restart is counted while the engine waits for it.
  return { count: Math.max(restartCount - (state === "restarting" ? 1 : 0), 0), recorded: 0 };
}

/** Returns the number of restarts since the last comparison that were not recorded; 0 where it is not known. */
export function missedRestarts(container: Container, { restarts }: KnownContainer): number {
  const now = restartsOf(container);
  return restarts === undefined || now === undefined
    ? 0
    : Math.max(now.count - restarts.count - restarts.recorded, 0);
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
