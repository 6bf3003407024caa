/** Pure: the items of a prune, the choice among them, and the digest by which they are the same. */
import { AppError } from "../errors.ts";
import type { PruneItem, PruneKind, PruneRequest } from "../protocol/resources/prune.ts";
import { PRUNE_KINDS } from "../protocol/resources/prune.ts";
import type { Image, ListedKind, Network, Volume } from "../protocol/resources/resources.ts";
import { digestOf } from "../store/digest.ts";
import { countOf, textOf } from "../untrusted_json.ts";
import type { Fields } from "./engine_lists.ts";
import { imageName } from "./find_resource.ts";
import type { Listed } from "./host_resources.ts";
import type { MeasuredSizes } from "./sizes.ts";
import { usingContainers } from "./users.ts";

/** States of containers that have ended, or have never started. */
const STOPPED: ReadonlySet<string> = new Set(["created", "exited", "dead"]);

/** Returns the stopped containers. */
export function containerItems(raw: readonly Fields[], sizes: MeasuredSizes): PruneItem[] {
  const created = new Map(raw.map(({ Id, Created }) => [textOf(Id) ?? "", countOf(Created)]));
  return usingContainers(raw).filter(({ user: { state } }) => STOPPED.has(state ?? "")).map(({ user }) => {
    const { id, name, state, project } = user;
    const seconds = created.get(id);
    return {
      kind: "container",
      id,
      name,
      created: seconds ? new Date(Math.min(seconds, 8e12) * 1000).toISOString() : null,
      bytes: sizes.containers.get(id) ?? null,
      projects: project === null ? [] : [project],
      note: state,
    };
  });
}

/** Returns the images without a tag that no container uses. */
function imageItems(images: readonly Image[]): PruneItem[] {
  return images.filter(({ dangling, inUse }) => dangling && !inUse).map((image) => ({
    kind: "image",
    id: image.id,
    name: image.digests[0] ?? imageName(image),
    created: image.created,
    bytes: image.uniqueBytes,
    projects: [],
    note: null,
  }));
}

/** Returns the networks of this host alone that no container uses; tasks of other hosts may use those of a swarm. */
function networkItems(networks: readonly Network[]): PruneItem[] {
  return networks
    .filter(({ predefined, inUse, scope }) => !predefined && !inUse && scope === "local")
    .map(({ id, name, created, projects, driver }) => ({
      ...{ kind: "network", id, name, created, bytes: 0, projects, note: driver },
    }));
}

/** Returns the volumes that no container uses. */
function volumeItems(volumes: readonly Volume[]): PruneItem[] {
  return volumes.filter(({ inUse }) => !inUse).map(({ name, created, sizeBytes, projects, driver }) => ({
    ...{ kind: "volume", id: name, name, created, bytes: sizeBytes, projects, note: driver },
  }));
}

const ITEMS: { readonly [K in ListedKind]: (listed: readonly Listed[K][]) => PruneItem[] } = {
  image: imageItems,
  network: networkItems,
  volume: volumeItems,
};

/** Returns the images without a tag, the volumes, or the networks that no container uses. */
export function listedItems<K extends ListedKind>(kind: K, listed: readonly Listed[K][]): PruneItem[] {
  return ITEMS[kind](listed);
}

/** Returns the kinds of a request, each once, in the order of their removal. */
export function kindsOf({ kinds }: Pick<PruneRequest, "kinds">): PruneKind[] {
  const singular: ReadonlySet<string> = new Set(kinds.map((kind) => kind.replace(/s$/, "")));
  return PRUNE_KINDS.filter((kind) => singular.has(kind));
}

/** Sorts items by kind, then by name. */
export function sortedItems(items: readonly PruneItem[]): PruneItem[] {
  const order = ({ kind }: PruneItem) => PRUNE_KINDS.indexOf(kind);
  return items.toSorted((a, b) => order(a) - order(b) || compare(a.name, b.name) || compare(a.id, b.id));
}

/**
 * Returns the items that a request removes: all but its exceptions, and only the volumes that it names.
 *
 * @throws {AppError} "busy" if it names a volume that is not listed.
 */
export function chosenItems(
  items: readonly PruneItem[],
  { volumes, except = [] }: Pick<PruneRequest, "volumes" | "except">,
): PruneItem[] {
  const stays = new Set(except);
  const named = volumes && new Set(volumes);
  const listed = new Set(items.filter(({ kind }) => kind === "volume").map(({ id }) => id));
  const missing = volumes?.find((name) => !listed.has(name));
  if (missing !== undefined) {
    throw new AppError(
      "busy",
      `Cannot remove volume "${
        missing.slice(0, 80)
      }": it does not exist, or a container uses it. Request the list again`,
    );
  }
  return items.filter(({ kind, id }) => !stays.has(id) && (kind !== "volume" || (named?.has(id) ?? true)));
}

/** Returns what makes an item the same; sizes may change, and may be unknown. */
export function identityOf({ kind, id, name, created, projects, note }: PruneItem): string {
  return JSON.stringify([kind, id, name, created, projects, note]);
}

/** Returns the digest of a list, which differs between hosts. */
export function listDigest(hostId: string, items: readonly PruneItem[]): string {
  const lines = [hostId, ...items.map(identityOf).sort()];
  return digestOf(new TextEncoder().encode(lines.join("\n")));
}

/** Returns the sum of the known sizes, bytes. */
export function knownBytes(items: readonly Pick<PruneItem, "bytes">[]): number {
  return items.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
