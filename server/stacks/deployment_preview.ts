/** Finds what a deployment would change, and changes nothing. */
import * as v from "valibot";
import type { Engine } from "../docker/engine.ts";
import { AppError } from "../errors.ts";
import { draftFiles, type PlanDraft } from "../protocol/stack_requests.ts";
import type { DeploymentPlan, PlannedChange, PlannedResource } from "../protocol/stacks.ts";
import type { StackTexts } from "../store/stack_record.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";
import type { Adopter } from "./adopter.ts";
import { changesOf, type Comparison, imageOf, imagesOf } from "./changes/comparison.ts";
import { contentKeys } from "./changes/content_keys.ts";
import { downtimeOf, measuredDowntimes } from "./changes/downtime.ts";
import { listContainers } from "./changes/listed_containers.ts";
import { versionSubject } from "./changes/version_subject.ts";
import { withOneService } from "./changes/one_service.ts";
import { projectResources } from "./changes/project_resources.ts";
import { findBuilds } from "./deployment.ts";
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

type Draft = v.InferOutput<typeof PlanDraft>;

/** Texts and the project that they belong to. */
interface Subject {
  readonly texts: StackTexts;
  readonly owner: TextOwner;
  /** Digests of the files by path, instead of those of the stored files. */
  readonly digests?: Readonly<Record<string, string>>;
}

/** Previews of deployments. */
export class DeploymentPreview {
  constructor(
    readonly stacks: Stacks,
    readonly parts: Pick<StackParts, "store" | "feed" | "hosts" | "journal">,
    readonly checker: TextChecker,
    readonly adopter: Pick<Adopter, "read">,
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
   * Lists everything that a deployment of texts, an update, or the first deployment of a project would change.
   *
   * @throws {AppError} as {@linkcode changes} does.
   */
  async plan(draft: Draft): Promise<DeploymentPlan> {
    const comparison = await this.#compare(draft);
    const { resolved, project, onHost } = comparison;
    const measured = this.#downtimes(comparison.stackId);
    const services = (await changesOf(comparison)).map((change) => {
      const grace = textOf(resolved.config[change.service]?.["stop_grace_period"]);
      const isDown = change.action === "recreate" && runs(comparison, change.service);
      const downtime = isDown ? downtimeOf(change.containers, measured, grace) : null;
      return { ...change, downtime };
    });
    return {
      services,
      images: imagesOf(comparison),
      ...named(await projectResources(comparison), draft),
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

  async #compare(draft: Draft): Promise<Comparison> {
    const { store, feed } = this.parts;
    checkCommand(draft);
    const { texts, owner, digests } = await this.#subjectOf(draft);
    const { name: project = "", hostId, stackId } = owner;
    const engine = feed.engine(hostId);
    // Only the host of a new stack comes from the request.
    if (engine === undefined && stackId === undefined) endpointOf(this.parts.hosts, hostId);
    if (engine === undefined) throw new AppError("engine-unreachable", `Host "${hostId}" cannot be read now`);
    const checked = (await this.checker.check(texts, owner)).resolved;
    const { service } = draft;
    const resolved = service === undefined ? checked : this.#withOneService(checked, owner, service);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const names = new Set(resolved.services.map((one) => imageOf(one, project)));
    const images = await Promise.all(
      [...names].map(async (name) => [name, await idOfImage(name, engine, signal)] as const),
    );
    const containers = await listContainers(engine, project, signal);
    const keys = digests ?? contentKeys(store, stackId, draftFiles(draft));
    return {
      ...{ stackId, project, resolved, engine, signal },
      isUpdate: draft.command === "update",
      onHost: feed.containers(hostId) ?? [],
      containers: containers.filter((one) => service === undefined || one.service === service),
      before: stackId === undefined ? new Map() : store.deployed.get(stackId),
      builds: await this.#buildsOf(resolved, owner, draft, keys),
      stored: keys,
      images: new Map(images),
    };
  }

  /**
   * Returns the names of the services that are built.
   *
   * @param keys Keys of the contents and permissions of the files by path, as they would be deployed.
   */
  async #buildsOf(
    { services }: Resolved,
    { stackId, folder }: TextOwner,
    draft: Draft,
    keys: Readonly<Record<string, string>>,
  ): Promise<Set<string>> {
    const names = services.filter(({ builds }) => builds).map(({ name }) => name);
    if (draft.command === "update") return new Set(names);
    // The build of a project that is adopted is not known, so the first deployment leaves its image.
    if (stackId === undefined) return new Set(folder === null ? names : []);
    const { store } = this.parts;
    const stored = store.versions.contentKeysOf(stackId);
    const paths = Object.keys({ ...stored, ...keys }).filter((path) => stored[path] !== keys[path]);
    const record = { ...this.stacks.record(stackId), services };
    const { stale } = await findBuilds(record, store, paths);
    return new Set(stale);
  }

  #withOneService(resolved: Resolved, { stackId }: TextOwner, name: string): Resolved {
    if (resolved.services.some((one) => one.name === name)) return withOneService(resolved, name);
    throw new AppError("not-found", `Stack "${stackId}" starts no service "${name.slice(0, 80)}"`);
  }

  async #subjectOf({ stack_id: stackId, compose, env, project, ...draft }: Draft): Promise<Subject> {
    const hostId = draft.hostId ?? defaultHost(this.parts.hosts);
    if (project !== undefined) {
      const { files: { folder }, texts } = await this.adopter.read({ project, hostId });
      return { texts, owner: { name: project, hostId, folder } };
    }
    const { version } = draft;
    if (version !== undefined) {
      return await versionSubject(this.stacks.record(stackId!), version, this.parts.store.versions);
    }
    const files = draftFiles(draft);
    if (stackId !== undefined) return await this.#stored(stackId, { compose, env }, files);
    const { name } = draft;
    if (name === undefined || compose === undefined) {
      const message = "expected the id of a stack, name and compose, or the name of a project";
      throw invalidStack([{ path: "stack_id", message }]);
    }
    return { texts: { compose, env }, owner: { name, hostId, folder: null, isIncomplete: true, files } };
  }

  /** Texts of a stack; those that are not given are the stored ones. */
  async #stored(
    stackId: number,
    { compose, env }: Pick<Draft, "compose" | "env">,
    files: ReadonlyMap<string, Uint8Array>,
  ): Promise<Subject> {
    const { name, hostId, folder } = this.stacks.record(stackId);
    if (compose === undefined && env === undefined) {
      const compared = await this.stacks.compared(stackId);
      if (!areUnchanged(compared)) {
        throw changedFiles("compare", stackId, compared, this.parts.store.rows.get(stackId));
      }
    }
    const stored = await this.stacks.texts(stackId);
    return {
      texts: { compose: compose ?? stored.compose, env: env ?? stored.env },
      owner: { name, hostId, folder, stackId, files },
    };
  }
}

/** Reports whether a service has a container that a recreation stops. */
function runs({ containers }: Comparison, service: string): boolean {
  return containers.some((one) =>
    one.service === service && one.state !== "exited" && one.state !== "created"
  );
}

/** Only a stack can be updated, only an update can be of one service, and a project and a version have their texts. */
function checkCommand(draft: Draft): void {
  const { stack_id: stackId, command, service, project, name, compose, env } = draft;
  checkVersion(draft);
  if (project !== undefined && (stackId ?? name ?? compose ?? env) !== undefined) {
    throw invalidStack([{ path: "project", message: "expected nothing but hostId beside a project" }]);
  }
  if (command === "update" && stackId === undefined) {
    throw invalidStack([{ path: "command", message: "an update needs stack_id" }]);
  }
  if (service === undefined || command === "update") return;
  throw invalidStack([{ path: "service", message: 'a service needs the command "update"' }]);
}

function checkVersion({ stack_id: stackId, version, ...others }: Draft): void {
  if (version === undefined) return;
  if (stackId !== undefined && Object.values(others).every((value) => value === undefined)) return;
  throw invalidStack([{ path: "version", message: "expected nothing but stack_id beside a version" }]);
}

/** An update of one service does not compare the volumes and networks of others. */
function named(
  { volumes, networks }: Pick<DeploymentPlan, "volumes" | "networks">,
  { service }: Draft,
): Pick<DeploymentPlan, "volumes" | "networks"> {
  const counts = ({ action }: PlannedResource) => service === undefined || action !== "unused";
  return { volumes: volumes.filter(counts), networks: networks.filter(counts) };
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
