/** Pure: the container that has replaced a removed one. */
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import type { ContainerRow } from "./container_row.ts";

/** Properties by which a container is recognized after it was created again. */
export type ContainerIdentity = Pick<DetailedStatsMessage, "hostId" | "id" | "name" | "project" | "service">;

/** Returns the container with the same name, or else of the same service; `undefined` without one. */
export function successorOf(
  removed: ContainerIdentity,
  rows: readonly ContainerRow[],
): DetailedStatsMessage | undefined {
  const others = rows.map(({ newest }) => newest)
    .filter(({ hostId, id }) => hostId === removed.hostId && id !== removed.id);
  return others.find(({ name }) => name === removed.name) ??
    others.find((other) =>
      removed.project !== null && removed.service !== null && other.project === removed.project &&
      other.service === removed.service
    );
}

/** Part of the browser's storage that remembers containers. */
export type IdentityShelf = Pick<Storage, "getItem" | "setItem">;

const SHELF_KEY = "dockstat.opened-containers";
/** Maximum number of remembered containers. */
const MAX_REMEMBERED = 100;

/** Remembers an opened container, so that its link leads to its successor later. */
export function rememberIdentity(shelf: IdentityShelf | undefined, identity: ContainerIdentity): void {
  const { hostId, id, name, project, service } = identity;
  const others = remembered(shelf).filter((one) => one.hostId !== hostId || one.id !== id);
  const kept = [...others, { hostId, id, name, project, service }].slice(-MAX_REMEMBERED);
  try {
    shelf?.setItem(SHELF_KEY, JSON.stringify(kept));
  } catch {
    // Without space the link is a dead end, as without storage.
  }
}

/** Returns a container that was opened before; `undefined` for an unknown one. */
export function recallIdentity(
  shelf: IdentityShelf | undefined,
  hostId: string,
  id: string,
): ContainerIdentity | undefined {
  return remembered(shelf).find((one) => one.hostId === hostId && one.id === id);
}

function remembered(shelf: IdentityShelf | undefined): readonly ContainerIdentity[] {
  try {
    const stored: unknown = JSON.parse(shelf?.getItem(SHELF_KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isIdentity) : [];
  } catch {
    return [];
  }
}

function isIdentity(value: unknown): value is ContainerIdentity {
  const { hostId, id, name, project, service } = (value ?? {}) as Partial<ContainerIdentity>;
  const isOptional = (text: unknown) => text === null || typeof text === "string";
  return [hostId, id, name].every((text) => typeof text === "string") && isOptional(project) &&
    isOptional(service);
}

/** Returns the browser's storage; reading the property throws where it is blocked. */
export function browserShelf(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
