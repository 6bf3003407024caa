/** Builds and recreations beyond Compose's own comparison, and the record of a deployment. */
import { resolve } from "../runtime/path.ts";
import type { Engine } from "../docker/engine.ts";
import { AppError, reason } from "../errors.ts";
import { getLogger } from "../log/log.ts";
import type { Compose, ComposeProject } from "../compose/compose.ts";
import type { VersionImage } from "../protocol/stack_versions.ts";
import type { StackRecord, StoredService } from "../store/stack_record.ts";
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import type { CommandOptions } from "./commands.ts";
import { contentDigest } from "./changes/content_digest.ts";
import { listContainers, sharedHashes } from "./changes/listed_containers.ts";
import { contextDigest } from "./run/context_digest.ts";
import { type ServiceParts, servicePartsOf } from "./validate/service_parts.ts";
import type { StackParts } from "./parts.ts";

/** Longest wait for the digests of images, ms. */
const PATIENCE_MS = 5000;

const log = getLogger(["dockstat", "stacks"]);

/** A deployment of a whole stack. */
export interface Deployment {
  readonly options: CommandOptions;
  /** Resolves the project as Compose reads it while it is deployed; never rejects. */
  readonly resolve: (project: ComposeProject, signal: AbortSignal) => Promise<void>;
  /** Returns the write that stores what was deployed. */
  readonly record: () => Promise<() => void>;
}

/**
 * Finds the services that are built because their `build` section or a file of the build has changed, and those that are
 * recreated because the contents of their configs or secrets have changed: Compose notices neither. Services of the last
 * deployment whose profile is off now are removed: Compose leaves them running.
 *
 * @param options What the request asks for.
 */
export async function planDeployment(
  record: StackRecord,
  options: CommandOptions,
  parts: Pick<StackParts, "store" | "feed" | "compose">,
): Promise<Deployment> {
  const { store, feed, compose } = parts;
  const { stackId, hostId, name: project, services } = record;
  const before = store.deployed.get(stackId);
  const { digests, stale } = await findBuilds(record, store);
  const stored = store.versions.contentKeysOf(stackId);
  const contents = new Map(services.map((service) => [service.name, contentDigest(service, stored)]));
  const isChanged = (name: string) =>
    before.has(name) && before.get(name)?.contentHash !== contents.get(name);
  const digest = store.versions.currentDigest(stackId);
  let resolved: ReadonlyMap<string, ServiceParts> = new Map();
  return {
    options: {
      build: stale,
      recreate: [...contents.keys()].filter((name) => isChanged(name) || options.remounted?.includes(name)),
      dropped: [...before.keys()].filter((name) => !contents.has(name)),
      ...options,
    },
    resolve: async (files, signal) => {
      resolved = await resolvedParts(files, compose, signal);
    },
    record: async () => {
      const found = await imagesOf(services, feed.engine(hostId));
      // The image of the name is another one where a digest was pinned.
      const pins = options.pins?.digests;
      const images = found.map((one) => ({ ...one, digest: pins?.get(one.service) ?? one.digest }));
      const hashes = await hashesOf(project, feed.engine(hostId));
      const deployed = [...contents].map(([name, contentHash]) => ({
        ...{ name, contentHash, buildHash: digests.get(name) ?? null },
        ...{ parts: resolved.get(name), configHash: hashes.get(name) ?? null },
      }));
      return () => {
        store.deployed.set(stackId, deployed);
        if (digest !== undefined) store.versions.deployed(stackId, digest, images);
      };
    },
  };
}

/**
 * Finds the digests of all builds, and the services whose build differs from the last deployment.
 *
 * @param drafted Paths of files that a save would change: a build that reads one differs, too.
 */
export async function findBuilds(
  { stackId, services, composeFile }: Pick<StackRecord, "stackId" | "services" | "composeFile">,
  store: StackParts["store"],
  drafted: readonly string[] = [],
): Promise<{ readonly digests: ReadonlyMap<string, string>; readonly stale: readonly string[] }> {
  const before = store.deployed.get(stackId);
  const { folder } = store.paths(stackId);
  const digests = new Map<string, string>();
  const changed = new Set<string>();
  for (const service of services.filter(({ builds }) => builds)) {
    digests.set(service.name, await buildDigest(service, folder));
    if (drafted.some((path) => isOfBuild(service, folder, path))) changed.add(service.name);
  }
  // The build of an adopted project is not known.
  const isStale = (name: string) =>
    changed.has(name) ||
    (before.has(name) ? before.get(name)?.buildHash !== digests.get(name) : composeFile === null);
  return { digests, stale: [...digests.keys()].filter(isStale) };
}

/** Resolves a project; without a result nothing is known about the parts of its services. */
async function resolvedParts(
  project: ComposeProject,
  compose: Compose,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ServiceParts>> {
  try {
    const { code, output } = await compose.config(project, signal);
    return code === 0 ? servicePartsOf(fieldsOf(JSON.parse(output)), project.files?.folder ?? "") : new Map();
  } catch (error) {
    log.debug("Cannot resolve project {name}: {error}", { name: project.name, error: reason(error) });
    return new Map();
  }
}

/** Returns the labels of the containers that were deployed, as far as the engine can be asked. */
async function hashesOf(project: string, engine: Engine | undefined): Promise<ReadonlyMap<string, string>> {
  if (engine === undefined) return new Map();
  try {
    return sharedHashes(await listContainers(engine, project, AbortSignal.timeout(PATIENCE_MS)));
  } catch (error) {
    if (error instanceof AppError) return new Map();
    throw error;
  }
}

/** Reports whether a context is a folder of the host. */
function isFolder(context: string | null): context is string {
  return context !== null && !/^\w+:\/\//.test(context);
}

/** Returns the paths on this machine that a build reads. */
function buildPathsOf({ contextFolder, buildPaths = [] }: StoredService, folder: string): string[] {
  const context = isFolder(contextFolder) ? [contextFolder] : [];
  return [...context, ...buildPaths].map((path) => resolve(folder, path));
}

function isOfBuild(service: StoredService, folder: string, path: string): boolean {
  return buildPathsOf(service, folder).some((read) => `${resolve(folder, path)}/`.startsWith(`${read}/`));
}

async function buildDigest(service: StoredService, folder: string): Promise<string> {
  const digests = await Promise.all(buildPathsOf(service, folder).map(contextDigest));
  return `${service.buildHash} ${digests.map((digest) => digest ?? crypto.randomUUID()).join(" ")}`;
}

/** Returns the images of services with their digests, as far as the engine knows them. */
export async function imagesOf(
  services: readonly StoredService[],
  engine: Engine | undefined,
): Promise<VersionImage[]> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return await Promise.all(
    services.flatMap(({ name, image }) => image === null ? [] : [{ name, image }]).map(
      async ({ name, image }) => ({
        service: name,
        image,
        digest: await digestOfImage(image, engine, signal),
      }),
    ),
  );
}

async function digestOfImage(
  image: string,
  engine: Engine | undefined,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const path = `/images/${encodeURIComponent(image)}/json`;
    const { RepoDigests } = fieldsOf(await engine?.call({ method: "GET", path }, signal));
    const [first] = itemsOf(RepoDigests).map(textOf);
    return first?.replace(/^.*@/, "") ?? null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
