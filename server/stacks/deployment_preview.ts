/** Finds what a deployment would change, and changes nothing. */
import * as v from "valibot";
import type { Container } from "../docker/container.ts";
import type { Engine } from "../docker/engine.ts";
import { AppError } from "../errors.ts";
import type { PlanDraft } from "../protocol/stack_requests.ts";
import type { DeploymentPlan, PlannedChange } from "../protocol/stacks.ts";
import type { DeployedService } from "../store/deployed_services.ts";
import type { StoredService } from "../store/stack_record.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";
import { withDependencies } from "./changes/dependencies.ts";
import { downtimeOf, measuredDowntimes } from "./changes/downtime.ts";
import { listContainers, type ListedContainer } from "./changes/listed_containers.ts";
import { type Change, plannedChange } from "./changes/planned_change.ts";
import { mayPull, plannedImages } from "./changes/planned_images.ts";
import { projectResources } from "./changes/project_resources.ts";
import { inspectedChanges } from "./changes/service_changes.ts";
import { contentDigest, findBuilds } from "./deployment.ts";
import { defaultHost, endpointOf } from "./hosts.ts";
import type { StackParts } from "./parts.ts";
import { areUnchanged, changedFiles } from "./run/changed_files.ts";
import type { Stacks } from "./stacks.ts";
import type { TextChecker, TextOwner } from "./text_checker.ts";
import { findClashes } from "./validate/clashes.ts";
import { invalidStack } from "./validate/issues.ts";
import type { Resolved } from "./validate/resolve.ts";

/** Longest wait for the answers of the engine, ms. */
const PATIENCE_MS = 20_000;
/** Number of operations whose events are searched for the last recreation of each container. */
const MEASURED_OPERATIONS = 10;
const MOST_EVENTS = 1000;

/** A project that is compared with its containers. */
interface Comparison {
  /** `undefined` for a stack that does not exist yet. */
  readonly stackId: number | undefined;
  readonly project: string;
  readonly resolved: Resolved;
  readonly engine: Engine;
  /** Every container of the host. */
  readonly onHost: readonly Container[];
  readonly containers: readonly ListedContainer[];
  readonly before: ReadonlyMap<string, DeployedService>;
  /** Names of the services that a deployment would build. */
  readonly builds: ReadonlySet<string>;
  /** Digests of the stored files by path. */
  readonly stored: Readonly<Record<string, string>>;
  /** Ids of the images on the host by name; `null` for those that it does not have. */
  readonly images: ReadonlyMap<string, string | null>;
  readonly signal: AbortSignal;
}

/** Previews of deployments. */
export class DeploymentPreview {
  constructor(
    readonly stacks: Stacks,
    readonly parts: Pick<StackParts, "store" | "feed" | "hosts" | "journal">,
    readonly checker: TextChecker,
  ) {}

  /**
   * Lists the changes of a deployment, by service.
   *
   * @throws {AppError} "not-found", "busy" when a file differs from the stored text, "invalid" when Compose rejects the
   *   texts, "engine-unreachable".
   */
  async changes(stackId: number): Promise<PlannedChange[]> {
    return await changesOf(await this.#compare({ stack_id: stackId }));
  }

  /**
   * Lists everything that a deployment of texts would change.
   *
   * @throws {AppError} as {@linkcode changes} does.
   */
  async plan(draft: v.InferOutput<typeof PlanDraft>): Promise<DeploymentPlan> {
    const comparison = await this.#compare(draft);
    const { resolved, project, onHost } = comparison;
    const measured = this.#downtimes(comparison.stackId);
    const services = (await changesOf(comparison)).map((change) => {
      const grace = textOf(resolved.config[change.service]?.["stop_grace_period"]);
      const downtime = change.action === "recreate" ? downtimeOf(change.containers, measured, grace) : null;
      return { ...change, downtime };
    });
    return {
      services,
      images: imagesOf(comparison),
      ...await projectResources(comparison),
      clashes: findClashes(resolved, project, onHost).map(({ keys: [, service], message }) => ({
        service: service === undefined ? null : String(service),
        message,
      })),
    };
  }

  /** Returns how long each container of a stack was down when it was recreated the last time, s. */
  #downtimes(stackId: number | undefined): ReadonlyMap<string, number> {
    if (stackId === undefined) return new Map();
    const { journal } = this.parts;
    const deployments = journal.operations(stackId, MEASURED_OPERATIONS).filter(({ action, state }) =>
      (action === "deploying" || action === "updating") && state === "succeeded"
    );
    return new Map(
      deployments.reverse().flatMap(({ operation_id }) => [
        ...measuredDowntimes(journal.ofOperation(operation_id, MOST_EVENTS).map(({ event }) => event)),
      ]),
    );
  }

  async #compare(draft: v.InferOutput<typeof PlanDraft>): Promise<Comparison> {
    const { store, feed } = this.parts;
    const { texts, owner } = await this.#textsOf(draft);
    const { name: project = "", hostId, stackId } = owner;
    const engine = feed.engine(hostId);
    // Only the host of a new stack comes from the request.
    if (engine === undefined && stackId === undefined) endpointOf(this.parts.hosts, hostId);
    if (engine === undefined) throw new AppError("engine-unreachable", `Host "${hostId}" cannot be read now`);
    const { resolved } = await this.checker.check(texts, owner);
    const { services } = resolved;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const isNew = stackId === undefined;
    const stale = isNew
      ? services.filter(({ builds }) => builds).map(({ name }) => name)
      : (await findBuilds({ ...this.stacks.record(stackId), services }, store)).stale;
    const names = new Set(services.map((service) => imageOf(service, project)));
    const images = await Promise.all(
      [...names].map(async (name) => [name, await idOfImage(name, engine, signal)] as const),
    );
    return {
      ...{ stackId, project, resolved, engine, signal },
      onHost: feed.containers(hostId) ?? [],
      containers: await listContainers(engine, project, signal),
      before: isNew ? new Map() : store.deployed.get(stackId),
      builds: new Set(stale),
      stored: isNew ? {} : store.versions.filesOf(stackId),
      images: new Map(images),
    };
  }

  async #textsOf({ stack_id: stackId, compose, env, ...draft }: v.InferOutput<typeof PlanDraft>) {
    if (stackId === undefined) {
      const { name, hostId = defaultHost(this.parts.hosts) } = draft;
      if (name === undefined || compose === undefined) {
        throw invalidStack([{
          path: "stack_id",
          message: "expected the id of a stack, or name and compose",
        }]);
      }
      const owner: TextOwner = { name, hostId, folder: null, isIncomplete: true };
      return { texts: { compose, env }, owner };
    }
    const { name, hostId, folder } = this.stacks.record(stackId);
    const owner: TextOwner = { name, hostId, folder, stackId };
    if (compose === undefined && env === undefined) {
      const compared = await this.stacks.compared(stackId);
      if (!areUnchanged(compared)) {
        throw changedFiles("compare", stackId, compared, this.parts.store.rows.get(stackId));
      }
    }
    const stored = await this.stacks.texts(stackId);
    return { texts: { compose: compose ?? stored.compose, env: env ?? stored.env }, owner };
  }
}

async function changesOf(comparison: Comparison): Promise<PlannedChange[]> {
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
    mayPull: mayPull(pullPolicyOf(name, resolved)),
    imageId: images.get(imageOf(service, project)) ?? null,
    containers,
    last,
    inspected: isKnown
      ? []
      : await inspectedChanges({ ...resolved, project }, name, containers[0], engine, signal),
  });
}

function imagesOf({ resolved, project, builds, images }: Comparison): DeploymentPlan["images"] {
  const wanted = resolved.services.filter((service) => service.wanted > 0);
  return plannedImages(wanted.map((service) => ({
    service: service.name,
    image: imageOf(service, project),
    builds: service.builds,
    isStale: builds.has(service.name),
    pullPolicy: pullPolicyOf(service.name, resolved),
    exists: (images.get(imageOf(service, project)) ?? null) !== null,
  })));
}

/** Compose names the image of a service that is built and has none. */
function imageOf({ name, image }: StoredService, project: string): string {
  return image ?? `${project}-${name}`;
}

function pullPolicyOf(service: string, { config }: Resolved): string {
  return textOf(config[service]?.["pull_policy"]) ?? "";
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

/** Returns the id of an image; `null` if the host does not have it. */
async function idOfImage(image: string, engine: Engine, signal: AbortSignal): Promise<string | null> {
  try {
    const path = `/images/${encodeURIComponent(image)}/json`;
    return textOf(fieldsOf(await engine.call({ method: "GET", path }, signal))["Id"]) ?? null;
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return null;
    throw error;
  }
}
