/** What a deployment has to do beyond Compose's own comparison, and what is stored after it. */
import { resolve } from "node:path";
import type { Engine } from "../docker/engine.ts";
import { AppError } from "../errors.ts";
import type { VersionImage } from "../protocol/stack_versions.ts";
import type { StackRecord, StoredService } from "../store/stack_record.ts";
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import type { CommandOptions } from "./commands.ts";
import { contextDigest } from "./run/context_digest.ts";
import type { StackParts } from "./stacks.ts";

/** Longest wait for the digests of images, ms. */
const PATIENCE_MS = 5000;

/** A deployment of a whole stack. */
export interface Deployment {
  readonly options: CommandOptions;
  /** Stores what was deployed. */
  readonly finished: () => Promise<undefined>;
}

/**
 * Finds the services that are built because their `build` section or context has changed, and those that are recreated
 * because the contents of their configs or secrets have: Compose notices neither.
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
  // Nothing says how an adopted project was built.
  const isStale = (name: string) =>
    before.has(name) ? before.get(name)?.buildHash !== builds.get(name) : composeFile === null;
  const isChanged = ({ name, contentHash }: StoredService) =>
    before.has(name) && before.get(name)?.contentHash !== (contentHash ?? "");
  const digest = store.versions.currentDigest(stackId);
  return {
    options: {
      build: [...builds.keys()].filter(isStale),
      recreate: services.filter(isChanged).map(({ name }) => name),
      ...options,
    },
    finished: async () => {
      store.deployed.set(
        stackId,
        services.map(({ name, contentHash }) => (
          { name, contentHash: contentHash ?? "", buildHash: builds.get(name) ?? null }
        )),
      );
      const images = await imagesOf(services, feed.engine(hostId));
      if (digest !== undefined) store.versions.deployed(stackId, digest, images);
      return undefined;
    },
  };
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
