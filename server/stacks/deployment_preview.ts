/** Finds what a deployment of a stack would change, service by service, and changes nothing. */
import type { Engine } from "../docker/engine.ts";
import { AppError } from "../errors.ts";
import type { PlannedChange } from "../protocol/stacks.ts";
import type { DeployedService } from "../store/deployed_services.ts";
import type { StackRecord, StoredService } from "../store/stack_record.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";
import { withDependencies } from "./changes/dependencies.ts";
import { listContainers, type ListedContainer } from "./changes/listed_containers.ts";
import { type Change, plannedChange } from "./changes/planned_change.ts";
import { inspectedChanges } from "./changes/service_changes.ts";
import { contentDigest, findBuilds } from "./deployment.ts";
import type { StackParts } from "./parts.ts";
import { areUnchanged, changedFiles } from "./run/changed_files.ts";
import type { Stacks } from "./stacks.ts";
import type { TextChecker } from "./text_checker.ts";
import type { Resolved } from "./validate/resolve.ts";

/** Longest wait for the answers of the engine, ms. */
const PATIENCE_MS = 20_000;
/** Policies that pull an image although there is one. */
const PULLS = /^(always|daily|weekly|every_)/;

/** A stack that is compared with its containers. */
interface Comparison {
  readonly record: StackRecord;
  readonly resolved: Resolved;
  readonly engine: Engine;
  readonly containers: readonly ListedContainer[];
  readonly before: ReadonlyMap<string, DeployedService>;
  /** Names of the services that a deployment would build. */
  readonly builds: ReadonlySet<string>;
  /** Digests of the stored files by path. */
  readonly stored: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Previews of deployments. */
export class DeploymentPreview {
  constructor(
    readonly stacks: Stacks,
    readonly parts: Pick<StackParts, "store" | "feed">,
    readonly checker: TextChecker,
  ) {}

  /**
   * Lists the changes of a deployment, by service.
   *
   * @throws {AppError} "not-found", "busy" when a file differs from the stored text, "invalid" when Compose rejects the
   *   texts, "engine-unreachable".
   */
  async changes(stackId: number): Promise<PlannedChange[]> {
    const record = this.stacks.record(stackId);
    const comparison = await this.#compare(record);
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

  async #compare(record: StackRecord): Promise<Comparison> {
    const { stackId, hostId, name, folder } = record;
    const { store, feed } = this.parts;
    const compared = await this.stacks.compared(stackId);
    if (!areUnchanged(compared)) throw changedFiles("compare", stackId, compared, store.rows.get(stackId));
    const engine = feed.engine(hostId);
    if (engine === undefined) throw new AppError("engine-unreachable", `Host "${hostId}" cannot be read now`);
    const owner = { name, hostId, folder, stackId };
    const { resolved } = await this.checker.check(await this.stacks.texts(stackId), owner);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const containers = await listContainers(engine, name, signal);
    const before = store.deployed.get(stackId);
    const { stale } = await findBuilds({ ...record, services: resolved.services }, store);
    const stored = store.versions.filesOf(stackId);
    return { record, resolved, engine, containers, before, builds: new Set(stale), stored, signal };
  }
}

async function changeOf(service: StoredService, comparison: Comparison): Promise<Change> {
  const { record, resolved, engine, builds, stored, signal } = comparison;
  const { name, wanted } = service;
  const last = comparison.before.get(name);
  const containers = comparison.containers.filter((container) => container.service === name);
  const config = resolved.config[name] ?? {};
  const image = service.image ?? `${record.name}-${name}`;
  const isKnown = last?.parts !== undefined &&
    containers.every(({ configHash }) => configHash === last.configHash);
  const project = { ...resolved, project: record.name };
  return plannedChange({
    wanted,
    parts: resolved.parts.get(name) ?? {},
    contentHash: contentDigest(service, stored),
    isBuilt: builds.has(name),
    mayPull: PULLS.test(textOf(config["pull_policy"]) ?? ""),
    imageId: await idOfImage(image, engine, signal),
    containers,
    last,
    inspected: isKnown ? [] : await inspectedChanges(project, name, containers[0], engine, signal),
  });
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
