/** Reads what a host has: its containers, and its images, volumes or networks with their users. */
import type { Engine } from "../docker/engine.ts";
import { AppError } from "../errors.ts";
import type { Image, ListedKind, Network, Volume } from "../protocol/resources/resources.ts";
import type { Feed } from "../stats/feed.ts";
import { type Fields, listContainers, listKind } from "./engine_lists.ts";
import { type ListContext, toImages, toNetworks, toVolumes } from "./listed.ts";
import { type MeasuredSizes, NOT_MEASURED } from "./sizes.ts";
import { usingContainers } from "./users.ts";

/** The types of the listed kinds. */
export interface Listed {
  readonly image: Image;
  readonly volume: Volume;
  readonly network: Network;
}

/** A host that can be read. */
export interface ResourceHost {
  readonly hostId: string;
  readonly engine: Engine;
}

const CONVERSIONS: {
  readonly [K in ListedKind]: (raw: readonly Fields[], context: ListContext) => Listed[K][];
} = {
  image: toImages,
  volume: toVolumes,
  network: toNetworks,
};

/**
 * Finds a host.
 *
 * @throws {AppError} "not-found", "engine-unreachable" while the host cannot be read.
 */
export function findHost(
  feed: Pick<Feed, "hostIds" | "containers" | "engine">,
  hostId: string,
): ResourceHost {
  const engine = feed.hostIds.includes(hostId) ? feed.engine(hostId) : undefined;
  if (engine === undefined) throw new AppError("not-found", `There is no host "${hostId.slice(0, 80)}"`);
  if (feed.containers(hostId) === undefined) {
    throw new AppError("engine-unreachable", `Host "${hostId}" cannot be read now`);
  }
  return { hostId, engine };
}

/** Reads the containers of a host, and one of its lists. The containers are read last, so that no new user is missed. */
export async function readListed<K extends ListedKind>(
  { hostId, engine }: ResourceHost,
  kind: K,
  signal: AbortSignal,
  sizes: MeasuredSizes = NOT_MEASURED,
): Promise<Listed[K][]> {
  const raw = await listKind(engine, kind, signal);
  const containers = usingContainers(await listContainers(engine, signal));
  return CONVERSIONS[kind](raw, { hostId, containers, sizes });
}
