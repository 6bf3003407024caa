/** Builds and recreations beyond Compose's own comparison, and the record of a deployment. */
import { resolve } from "node:path";
import type { Engine } from "../docker/engine.ts";
import { AppError } from "../errors.ts";
import type { VersionImage } from "../protocol/stack_versions.ts";
import type { StackRecord, StoredService } from "../store/stack_record.ts";
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import type { CommandOptions } from "./commands.ts";
import { contextDigest } from "./run/context_digest.ts";
import type { StackParts } from "./parts.ts";

/** Longest wait for the digests of images, ms. */
const PATIENCE_MS = 5000;

/** A deployment of a whole stack. */
export interface Deployment {
  readonly options: CommandOptions;
  /** Returns the write that stores what was deployed. */
  readonly record: () => Promise<() => void>;
}

/**
 * Finds the services that are built because their `build` section or context has changed, and those that are recreated
 * because the contents of their configs or secrets have: Compose notices neither. Services of the last deployment whose
 * profile is off now are removed: Compose leaves them running.
 *
 * @param options What the request asks for.
 */
export async function planDeployment(
  record: StackRecord,
  options: CommandOptions,
  parts: Pick<StackParts, "store" | "feed">,
): Promise<Deployment> {
  const { store, feed } = parts;
  const { stackId, hostId, services, composeFile } = record;
  const before = store.deployed.get(stackId);
  const builds = new Map<string, string>();
  for (const service of services.filter(({ builds }) => builds)) {
    builds.set(service.name, await buildDigest(service, store.paths(stackId).folder));
  }
  // The build of an adopted project is not known.
  const isStale = (name: string) =>
    before.has(name) ? before.get(name)?.buildHash !== builds.get(name) : composeFile === null;
  const stored = store.versions.filesOf(stackId);
  const contents = new Map(services.map((service) => [service.name, contentDigest(service, stored)]));
  const isChanged = (name: string) =>
    before.has(name) && before.get(name)?.contentHash !== contents.get(name);
  const digest = store.versions.currentDigest(stackId);
  return {
    options: {
      build: [...builds.keys()].filter(isStale),
      recreate: [...contents.keys()].filter(isChanged),
      dropped: [...before.keys()].filter((name) => !contents.has(name)),
      ...options,
    },
    record: async () => {
      const images = await imagesOf(services, feed.engine(hostId));
      const deployed = [...contents].map(([name, contentHash]) => (
        { name, contentHash, buildHash: builds.get(name) ?? null }
      ));
      return () => {
        store.deployed.set(stackId, deployed);
        if (digest !== undefined) store.versions.deployed(stackId, digest, images);
      };
    },
  };
}

/** Digest of the configs and secrets of a service, with the files that DockStat stores; empty without any. */
function contentDigest(
  { contentHash, contentFiles }: StoredService,
  stored: Readonly<Record<string, string>>,
): string {
  if (contentHash === null) return "";
  const files = contentFiles.map((path) => Object.hasOwn(stored, path) ? stored[path]! : "");
  return [contentHash, ...files].join(" ");
}

async function buildDigest({ buildHash, contextFolder }: StoredService, folder: string): Promise<string> {
  const isRemote = contextFolder === null || /^\w+:\/\//.test(contextFolder);
  const context = isRemote ? "" : await contextDigest(resolve(folder, contextFolder)) ?? crypto.randomUUID();
  return `${buildHash} ${context}`;
}

/** Returns the images of services with their digests, as far as the engine knows them. */
async function imagesOf(
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
