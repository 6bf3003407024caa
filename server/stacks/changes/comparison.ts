/** Compares a resolved project with its containers, as a deployment or an update would change them. */
import type { Container } from "../../docker/container.ts";
import type { Engine } from "../../docker/engine.ts";
import type { DeploymentPlan, PlannedChange } from "../../protocol/stacks.ts";
import type { DeployedService } from "../../store/deployed_services.ts";
import type { StoredService } from "../../store/stack_record.ts";
import { textOf } from "../../untrusted_json.ts";
import type { Resolved } from "../validate/resolve.ts";
import { contentDigest } from "./content_digest.ts";
import { withDependencies } from "./dependencies.ts";
import type { ListedContainer } from "./listed_containers.ts";
import { type Change, plannedChange } from "./planned_change.ts";
import { mayPull, plannedImages, pullsOnUpdate } from "./planned_images.ts";
import { inspectedChanges } from "./service_changes.ts";

/** A project that is compared with its containers. */
export interface Comparison {
  /** `undefined` for a stack that does not exist yet. */
  readonly stackId: number | undefined;
  readonly project: string;
  readonly resolved: Resolved;
  readonly engine: Engine;
  /** Every container of the host. */
  readonly onHost: readonly Container[];
  readonly containers: readonly ListedContainer[];
  readonly before: ReadonlyMap<string, DeployedService>;
  /** True if the images are pulled before the deployment. */
  readonly isUpdate: boolean;
  /** Names of the services that would be built. */
  readonly builds: ReadonlySet<string>;
  /** Digests of the stored files by path. */
  readonly stored: Readonly<Record<string, string>>;
  /** Ids of the images on the host by name; `null` for those that it does not have. */
  readonly images: ReadonlyMap<string, string | null>;
  readonly signal: AbortSignal;
}

/** Lists the change of each service, by name. */
export async function changesOf(comparison: Comparison): Promise<PlannedChange[]> {
  const { resolved, containers } = comparison;
  const own = new Map<string, Change>();
  for (const service of resolved.services) own.set(service.name, await changeOf(service, comparison));
  const all = new Map([...withDependencies(own, resolved.config), ...changesOfOthers(comparison)]);
  return [...all].sort(([one], [other]) => one < other ? -1 : 1).map(([service, change]) => ({
    service,
    ...change,
    containers: containers.filter((container) => container.service === service).map(({ name }) => name)
      .sort(),
  }));
}

async function changeOf(service: StoredService, comparison: Comparison): Promise<Change> {
  const { project, resolved, engine, builds, stored, images, signal } = comparison;
  const { name, wanted } = service;
  const last = comparison.before.get(name);
  const containers = comparison.containers.filter((container) => container.service === name);
  const isKnown = last?.parts !== undefined &&
    containers.every(({ configHash }) => configHash === last.configHash);
  return plannedChange({
    wanted,
    parts: resolved.parts.get(name) ?? {},
    contentHash: contentDigest(service, stored),
    isBuilt: builds.has(name),
    mayPull: mayPull(pullPolicyOf(service, comparison)),
    imageId: images.get(imageOf(service, project)) ?? null,
    containers,
    last,
    inspected: isKnown
      ? []
      : await inspectedChanges({ ...resolved, project }, name, containers[0], engine, signal),
  });
}

/** Lists what happens to the image of each service, by name. */
export function imagesOf(comparison: Comparison): DeploymentPlan["images"] {
  const { resolved, project, builds, images } = comparison;
  const wanted = resolved.services.filter((service) => service.wanted > 0);
  return plannedImages(wanted.map((service) => ({
    service: service.name,
    image: imageOf(service, project),
    builds: service.builds,
    isStale: builds.has(service.name),
    pullPolicy: pullPolicyOf(service, comparison),
    exists: (images.get(imageOf(service, project)) ?? null) !== null,
  })));
}

/** Compose names the image of a service that is built and has none. */
export function imageOf({ name, image }: StoredService, project: string): string {
  return image ?? `${project}-${name}`;
}

/** An update pulls as if the policy were to pull always. */
function pullPolicyOf(service: StoredService, { resolved, project, images, isUpdate }: Comparison): string {
  const pullPolicy = textOf(resolved.config[service.name]?.["pull_policy"]) ?? "";
  if (!isUpdate) return pullPolicy;
  const image = imageOf(service, project);
  const exists = (images.get(image) ?? null) !== null;
  return pullsOnUpdate({ image, builds: service.builds, pullPolicy, exists }) ? "always" : pullPolicy;
}

/** Services with containers that a deployment does not start. */
function changesOfOthers({ resolved, containers, before }: Comparison): ReadonlyMap<string, Change> {
  const active = new Set(resolved.services.map(({ name }) => name));
  const others = new Set(containers.map(({ service }) => service).filter((name) => !active.has(name)));
  return new Map([...others].map((name): [string, Change] => {
    if (!resolved.every.includes(name)) {
      return [name, { action: "remove", reasons: ["the compose file does not have it"] }];
    }
    return before.has(name)
      ? [name, { action: "remove", reasons: ["its profile is off"] }]
      : [name, { action: "unchanged", reasons: ["its profile is off, and DockStat did not deploy it"] }];
  }));
}
