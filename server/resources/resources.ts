/** Images, volumes and networks of all hosts: their lists, and their removal. */
import { AppError } from "../errors.ts";
import type { PruneItem, PruneKind, PrunePreview, PruneRequest } from "../protocol/resources/prune.ts";
import type { ListedKind } from "../protocol/resources/resources.ts";
import type { RemovalPreview } from "../protocol/removal.ts";
import type { Runner } from "../stacks/runner.ts";
import type { Running } from "../stacks/running.ts";
import type { Feed } from "../stats/feed.ts";
import { listContainers } from "./engine_lists.ts";
import { findTarget, imageName, type Target } from "./find_resource.ts";
import { findHost, type Listed, readListed, type ResourceHost } from "./host_resources.ts";
import { prunePlan, removalPlan } from "./plans.ts";
import {
  chosenItems,
  containerItems,
  kindsOf,
  knownBytes,
  listDigest,
  listedItems,
  sortedItems,
} from "./prune_list.ts";
import { checkUnused, recheckOf } from "./recheck.ts";
import { type MeasuredSizes, NOT_MEASURED, Sizes } from "./sizes.ts";

/** Parts that the resources are built from. */
export interface ResourceParts {
  readonly feed: Pick<Feed, "hostIds" | "containers" | "engine">;
  readonly runner: Pick<Runner, "begin" | "lockHost">;
}

/** Longest wait for an answer of the engine outside of operations, ms. */
const PATIENCE_MS = 20_000;
/** Longest wait for sizes, ms: a list is shown without them, a removal is better decided with them. */
const SIZES_MS = { list: 1500, prune: 8000 } as const;

/** Images, volumes and networks. Disposing it ends the measurement of sizes. */
export class Resources implements AsyncDisposable {
  constructor(readonly parts: ResourceParts, readonly sizes: Sizes = new Sizes()) {}

  /**
   * Lists the items of a kind, by host. Without host ids, hosts that cannot be read are left out, unless
   * none can be read.
   *
   * @throws {AppError} "not-found", "engine-unreachable", "engine-refused".
   */
  async list<K extends ListedKind>(kind: K, hostIds: readonly string[]): Promise<Listed[K][]> {
    const { feed } = this.parts;
    const readable = feed.hostIds.filter((hostId) => feed.containers(hostId) !== undefined);
    // An empty list would say that the hosts have nothing.
    const all = readable.length > 0 ? readable : feed.hostIds;
    const wanted = hostIds.length > 0 ? [...new Set(hostIds)] : all;
    const hosts = wanted.map((hostId) => findHost(feed, hostId));
    return (await Promise.all(hosts.map((host) => this.#listed(host, kind)))).flat();
  }

  /**
   * Starts the removal of an image, a volume or a network.
   *
   * @param tag The only tag of an image to remove.
   * @throws {AppError} "not-found", "busy" if a container uses it or the host has an operation.
   */
  async remove(kind: ListedKind, hostId: string, text: string, tag?: string): Promise<Running> {
    const host = findHost(this.parts.feed, hostId);
    using hold = this.parts.runner.lockHost("remove from", hostId);
    const target = await this.#target(host, kind, text, tag);
    checkUnused(target);
    return this.parts.runner.begin(removalPlan(host, target, recheckOf(host, this.sizes)), hold);
  }

  /** Lists what a removal would delete. */
  async preview(kind: ListedKind, hostId: string, text: string, tag?: string): Promise<RemovalPreview> {
    const host = findHost(this.parts.feed, hostId);
    const target = await this.#target(host, kind, text, tag, await this.#sizes(host, "prune"));
    return toPreview(target);
  }

  /** Lists what a prune would remove. */
  async prunePreview(request: PruneRequest): Promise<PrunePreview> {
    const host = findHost(this.parts.feed, request.hostId);
    const sizes = await this.#sizes(host, "prune");
    const items = chosenItems(await this.#items(host, kindsOf(request), sizes), request);
    const isUnknown = items.some(({ bytes }) => bytes === null);
    return {
      items,
      bytes: knownBytes(items),
      sizeReason: isUnknown ? sizes.reason ?? "The engine does not report all sizes." : null,
      digest: listDigest(host.hostId, items),
    };
  }

  /**
   * Starts the removal of the items of a list.
   *
   * @throws {AppError} "invalid" without a digest or the names of volumes, "busy" if the list has changed.
   */
  async prune(request: PruneRequest): Promise<Running> {
    const { hostId, digest } = request;
    const kinds = kindsOf(request);
    checkPrune(request, kinds);
    const host = findHost(this.parts.feed, hostId);
    using hold = this.parts.runner.lockHost("prune", hostId);
    const all = await this.#items(host, kinds, await this.#sizes(host, "list"));
    const chosen = chosenItems(all, request);
    // Clients show the whole list, or only what they have chosen from it.
    if (listDigest(hostId, all) !== digest && listDigest(hostId, chosen) !== digest) {
      throw new AppError(
        "busy",
        `Cannot prune host "${hostId}": the list has changed since it was shown. Request it again`,
      );
    }
    return this.parts.runner.begin(prunePlan(host, chosen, recheckOf(host, this.sizes)), hold);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.sizes[Symbol.asyncDispose]();
  }

  async #listed<K extends ListedKind>(host: ResourceHost, kind: K): Promise<Listed[K][]> {
    const sizes = kind === "network" ? NOT_MEASURED : await this.#sizes(host, "list");
    return await readListed(host, kind, AbortSignal.timeout(PATIENCE_MS), sizes);
  }

  #sizes({ hostId, engine }: ResourceHost, purpose: keyof typeof SIZES_MS): Promise<MeasuredSizes> {
    return this.sizes.of(hostId, engine, SIZES_MS[purpose]);
  }

  async #target(
    host: ResourceHost,
    kind: ListedKind,
    text: string,
    tag: string | undefined,
    sizes?: MeasuredSizes,
  ): Promise<Target> {
    const items = await readListed(host, kind, AbortSignal.timeout(PATIENCE_MS), sizes);
    return findTarget(kind, items, text, tag);
  }

  async #items(
    host: ResourceHost,
    kinds: readonly PruneKind[],
    sizes: MeasuredSizes,
  ): Promise<PruneItem[]> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const lists = await Promise.all(kinds.map((kind) => readItems(host, kind, signal, sizes)));
    return sortedItems(lists.flat());
  }
}

async function readItems(
  host: ResourceHost,
  kind: PruneKind,
  signal: AbortSignal,
  sizes: MeasuredSizes,
): Promise<PruneItem[]> {
  if (kind === "container") return containerItems(await listContainers(host.engine, signal), sizes);
  return listedItems(kind, await readListed(host, kind, signal, sizes));
}

function checkPrune({ digest, volumes }: PruneRequest, kinds: readonly PruneKind[]): void {
  const issues = [
    ...digest === undefined
      ? [{ path: "digest", message: "missing: expected the digest of the shown list" }]
      : [],
    ...volumes === undefined && kinds.includes("volume")
      ? [{ path: "volumes", message: "missing: expected the names of the volumes to remove" }]
      : [],
  ];
  if (issues.length === 0) return;
  const sentence = issues.map(({ path, message }) => `${path}: ${message}`).join("; ");
  throw new AppError("invalid", `Cannot prune: ${sentence}`, { issues });
}

function toPreview(target: Target): RemovalPreview {
  const nothing = { containers: [], networks: [], volumes: [], files: { deleted: [], kept: [] } };
  if (target.kind === "network") return { ...nothing, networks: [target.item.name] };
  if (target.kind === "volume") {
    return { ...nothing, volumes: [{ name: target.item.name, bytes: target.item.sizeBytes }] };
  }
  const { item, tag } = target;
  const isWhole = tag === undefined || item.tags.length <= 1;
  return {
    ...nothing,
    images: [{
      name: imageName(item),
      tags: tag === undefined ? [...item.tags] : [tag],
      bytes: isWhole ? item.uniqueBytes : 0,
    }],
  };
}
