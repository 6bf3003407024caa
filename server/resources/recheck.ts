/** Reads an item again, with the containers in every state, right before its removal. */
import { AppError } from "../errors.ts";
import type { PruneItem } from "../protocol/resources/prune.ts";
import type { ListedKind, ResourceUser } from "../protocol/resources/resources.ts";
import { listContainers } from "./engine_lists.ts";
import { findTarget, idOf, nameOf, type Target } from "./find_resource.ts";
import { readListed, type ResourceHost } from "./host_resources.ts";
import { containerItems, identityOf, listedItems } from "./prune_list.ts";
import { NOT_MEASURED, type Sizes } from "./sizes.ts";

/** Longest list in a message. */
const MOST_SHOWN = 5;

/** Checks that are made right before a removal. */
export interface Recheck {
  /** @throws {AppError} "busy" if it is in use or has changed, "not-found" if it is gone. */
  readonly target: (target: Target, signal: AbortSignal) => Promise<Target>;
  /** @throws {AppError} "busy" if it is in use, has changed or is gone. */
  readonly item: (item: PruneItem, signal: AbortSignal) => Promise<Target | "container">;
}

/** Returns the checks of a host; what follows them changes its sizes. */
export function recheckOf(host: ResourceHost, sizes: Pick<Sizes, "outdate">): Recheck {
  return {
    target: (target, signal) => {
      sizes.outdate(host.hostId);
      return sameTarget(host, target, signal);
    },
    item: (item, signal) => {
      sizes.outdate(host.hostId);
      return sameItem(host, item, signal);
    },
  };
}

async function sameTarget(host: ResourceHost, target: Target, signal: AbortSignal): Promise<Target> {
  const { kind, item } = target;
  const tag = kind === "image" ? target.tag : undefined;
  const found = findTarget(kind, await readListed(host, kind, signal), idOf(target), tag);
  const tagsOf = (one: Target) => one.kind === "image" ? one.item.tags.join(" ") : "";
  if (found.item.created !== item.created || tag === undefined && tagsOf(found) !== tagsOf(target)) {
    throw new AppError("busy", `Cannot remove ${kind} "${nameOf(target)}": it has changed meanwhile`);
  }
  checkUnused(found);
  return found;
}

async function sameItem(
  host: ResourceHost,
  item: PruneItem,
  signal: AbortSignal,
): Promise<Target | "container"> {
  const { kind } = item;
  if (kind !== "container") return await sameListed(host, kind, item, signal);
  checkSame(item, containerItems(await listContainers(host.engine, signal), NOT_MEASURED));
  return kind;
}

async function sameListed<K extends ListedKind>(
  host: ResourceHost,
  kind: K,
  item: PruneItem,
  signal: AbortSignal,
): Promise<Target> {
  const listed = await readListed(host, kind, signal);
  checkSame(item, listedItems(kind, listed));
  return findTarget(kind, listed, item.id, undefined);
}

function checkSame(item: PruneItem, items: readonly PruneItem[]): void {
  const now = items.find(({ id }) => id === item.id);
  if (now !== undefined && identityOf(now) === identityOf(item)) return;
  const why = now !== undefined
    ? "has changed"
    : item.kind === "container"
    ? "is running, or no longer exists"
    : "is in use, or no longer exists";
  throw new AppError("busy", `it ${why}`);
}

/**
 * Checks that no container uses something, and that it is not part of the engine.
 *
 * @throws {AppError} "busy".
 */
export function checkUnused(target: Target): void {
  const { kind, item } = target;
  if (kind === "network" && item.predefined) {
    throw new AppError("busy", `Cannot remove network "${item.name}": it belongs to the engine`);
  }
  // With another tag the image stays.
  const onlyUntags = kind === "image" && target.tag !== undefined && item.tags.length > 1;
  if (item.inUse && !onlyUntags) throw inUse(kind, nameOf(target), item.usedBy);
}

function inUse(kind: string, name: string, users: readonly ResourceUser[]): AppError {
  const names = users.map((user) => `"${user.name}"`);
  const [who, verb] = names.length === 1 ? ["container", "uses"] : ["containers", "use"];
  const them = names.length === 1 ? "it" : "them";
  return new AppError(
    "busy",
    `Cannot remove ${kind} "${name}": ${who} ${shortList(names, ", ")} ${verb} it. Remove ${them} first`,
  );
}

/** Joins the first texts of a list, and counts the others. */
export function shortList(texts: readonly string[], separator: string): string {
  const more = texts.length - MOST_SHOWN;
  const shown = texts.slice(0, MOST_SHOWN).join(separator);
  return more > 0 ? `${shown}${separator}and ${more} more` : shown;
}
