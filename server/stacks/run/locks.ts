/** Locks: one operation at a time per project, and none beside one that removes what a deployment could need. */
import type { Operation } from "../../protocol/operations.ts";

/** A lock on a project or a host for work outside of operations, until its scope ends. */
export type ProjectLock = Disposable;

/** Something that an operation locks. */
export interface LockPlace {
  readonly hostId: string;
  readonly key: string;
  /** The same object of a swarm through any of its managers. */
  readonly swarmKey?: string;
  /** True when it excludes every other operation on the host. */
  readonly wholeHost: boolean;
  /** True for work that runs alongside other operations and takes no lock. */
  readonly aside?: boolean;
}

/**
 * Returns the place of a project.
 *
 * @param swarm Id of the swarm of a stack or service, which its other managers change too.
 */
export function projectPlace(hostId: string, project: string, swarm?: string): LockPlace {
  const place = { hostId, key: `${hostId}/${project}`, wholeHost: false };
  return swarm === undefined ? place : { ...place, swarmKey: `${swarm}/${project}` };
}

/** Returns the place of a host with everything on it. A project cannot have a name with a colon. */
export function hostPlace(hostId: string): LockPlace {
  return { hostId, key: `${hostId}/host:`, wholeHost: true };
}

/**
 * Returns the place of an operation: its project, or the container itself. A terminal runs beside other operations. An image, volume or network takes the whole
 * host, because any deployment on it could be about to use it.
 */
export function placeOf(
  { hostId, project, target, swarm, aside }: Pick<Operation, "hostId" | "project" | "target" | "swarm"> & {
    readonly aside?: string;
  },
): LockPlace {
  if (aside !== undefined) return { hostId, key: aside, wholeHost: false, aside: true };
  if (project !== null) return projectPlace(hostId, project, swarm);
  // A node; other changes of its swarm may run at the same time.
  if (swarm !== undefined) return projectPlace(hostId, `node:${target.id}`, swarm);
  if (target.kind !== "container") return hostPlace(hostId);
  return { hostId, key: `${hostId}/container:${target.id}`, wholeHost: false };
}

function collide(one: LockPlace, other: LockPlace): boolean {
  if (one.swarmKey !== undefined && one.swarmKey === other.swarmKey) return true;
  return one.hostId === other.hostId && (one.wholeHost || other.wholeHost || one.key === other.key);
}

/** The locks outside of operations. */
export class Locks {
  readonly #held = new Map<string, { readonly place: LockPlace; readonly lock: ProjectLock }>();

  /** Locks a place until the end of the scope. */
  hold(place: LockPlace): ProjectLock {
    const lock = { [Symbol.dispose]: () => void this.#held.delete(place.key) };
    this.#held.set(place.key, { place, lock });
    return lock;
  }

  /**
   * Returns the reason why an operation cannot start; `undefined` if it can.
   *
   * @param running All running operations.
   * @param own The caller's lock, if it has one.
   */
  obstacle(
    place: LockPlace,
    running: readonly Operation[],
    own: ProjectLock | undefined,
  ): string | undefined {
    if (place.aside) return undefined;
    const holder = running.find((operation) =>
      operation.action !== "executing" && collide(placeOf(operation), place)
    );
    if (holder !== undefined) {
      return `operation ${holder.operation_id} (${holder.action}) has not ended`;
    }
    const held = [...this.#held.values()].filter((one) => collide(one.place, place));
    if (held.every(({ lock }) => lock === own) && (own === undefined || held.length > 0)) return undefined;
    if (held.some((one) => one.place.wholeHost)) return "a removal on its host is being checked. Try again";
    return `${place.wholeHost ? "files of a stack on it" : "its files"} are being written. Try again`;
  }
}
