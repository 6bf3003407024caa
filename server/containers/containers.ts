/** Single containers: their details, and operations on them. */
import type { HostResources } from "../docker/run_facts.ts";
import { redactEnvValues } from "../compose/env_values.ts";
import { AppError } from "../errors.ts";
import type { ContainerCommand } from "../protocol/container_commands.ts";
import type { ContainerDetails, LimitChange } from "../protocol/containers.ts";
import type { RemovalPreview } from "../protocol/removal.ts";
import type { Runner } from "../stacks/runner.ts";
import type { Running } from "../stacks/running.ts";
import type { Feed } from "../stats/feed.ts";
import type { StackStore } from "../store/stack_store.ts";
import { fieldsOf, textOf } from "../untrusted_json.ts";
import { toDetails } from "./details.ts";
import { type EngineContainer, findContainer } from "./find.ts";
import { checkLimits } from "./limits.ts";
import {
  commandPlan,
  type ContainerRemovalOptions,
  type ContainerTarget,
  limitPlan,
  removalPlan,
} from "./plans.ts";
import { previewRemoval } from "./removal.ts";

/** Parts that containers are built from. */
export interface ContainerParts {
  readonly feed: Feed;
  readonly runner: Runner;
  readonly store: StackStore;
}

/** Longest wait for an answer of the engine outside of operations, ms. */
const PATIENCE_MS = 20_000;
/** States in which the engine removes a container only by force. */
const RUNNING: ReadonlySet<string> = new Set(["running", "paused", "restarting"]);

/**
 * The containers of all hosts. Each method takes the id of the host, and of the container its id, its name, or at least
 * 12 digits of its id; it throws `AppError` "not-found", or "engine-unreachable".
 */
export class Containers {
  constructor(readonly parts: ContainerParts) {}

  /** Returns the details of a container. */
  async details(hostId: string, text: string, showSecrets: boolean): Promise<ContainerDetails> {
    const found = findContainer(this.parts.feed, hostId, text);
    const { engine, container } = found;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const inspection = await engine.call({ method: "GET", path: `/containers/${container.id}/json` }, signal);
    return toDetails(inspection, await imageOf(found, inspection, signal), {
      hostId,
      container,
      host: this.#host(hostId),
      stackId: this.#stackId(found),
      now: this.#now(found),
      showSecrets,
    });
  }

  /**
   * Starts an operation on a container.
   *
   * @throws {AppError} "busy" if it, or its project, has an operation.
   */
  act(hostId: string, text: string, command: ContainerCommand): Running {
    return this.parts.runner.begin(commandPlan(command, this.target(hostId, text)));
  }

  /**
   * Starts the removal of a container.
   *
   * @throws {AppError} "busy" if it runs and `force` is not set, or if it, or its project, has an operation.
   */
  remove(hostId: string, text: string, options: ContainerRemovalOptions): Running {
    const target = this.#changeable("remove", hostId, text);
    const { name, state } = target.container;
    if (!options.force && RUNNING.has(state)) {
      throw new AppError(
        "busy",
        `Cannot remove container "${name}": it is ${state}. Stop it first, or remove it with force=1`,
      );
    }
    return this.parts.runner.begin(removalPlan(target, options));
  }

  /** Lists what the removal of a container would delete. */
  async preview(hostId: string, text: string, volumes: boolean): Promise<RemovalPreview> {
    const found = findContainer(this.parts.feed, hostId, text);
    return await previewRemoval(found, volumes, AbortSignal.timeout(PATIENCE_MS));
  }

  /**
   * Starts a change of limits.
   *
   * @throws {AppError} "invalid" for limits that the host does not have, "busy".
   */
  limit(hostId: string, text: string, change: LimitChange): Running {
    const target = this.#changeable("limit", hostId, text);
    const host = this.#host(hostId);
    checkLimits(change, hostId, host);
    return this.parts.runner.begin(limitPlan(target, change, host));
  }

  /** Finds a container with its stack, and with the secrets to cut out of texts about it. */
  target(hostId: string, text: string): ContainerTarget {
    const found = findContainer(this.parts.feed, hostId, text);
    const stackId = this.#stackId(found);
    const env = stackId === null ? undefined : this.parts.store.texts(stackId).env;
    const { name, project, service, image } = found.container;
    return { ...found, stackId, hide: redactEnvValues(env, [name, project ?? "", service ?? "", image]) };
  }

  /** Refuses a view-only host before anything else about its container. */
  #changeable(verb: string, hostId: string, text: string): ContainerTarget {
    const target = this.target(hostId, text);
    const what = `${verb} container "${target.container.name}"`;
    this.parts.runner.states.checkMayChange(target.hostId, what);
    return target;
  }

  #stackId({ hostId, container: { project } }: EngineContainer): number | null {
    return project === null ? null : this.parts.store.named(hostId, project)?.stackId ?? null;
  }

  #host(hostId: string): HostResources {
    const report = this.parts.feed.reports().find((one) => one.hostId === hostId);
    return { cpus: report?.cpus ?? null, memoryBytes: report?.memoryBytes ?? null };
  }

  #now({ hostId, container }: EngineContainer): number {
    return Date.now() + (this.parts.feed.find(container.id, hostId)[0]?.clockOffsetMs ?? 0);
  }
}

/** Reads the image of a container; `undefined` if it was removed meanwhile, or its id is not one. */
async function imageOf(
  { engine }: EngineContainer,
  inspection: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const id = textOf(fieldsOf(inspection)["Image"]) ?? "";
  if (!/^sha256:[0-9a-f]{64}$/.test(id)) return undefined;
  try {
    return await engine.call({ method: "GET", path: `/images/${id}/json` }, signal);
  } catch (error) {
    if (error instanceof AppError && error.code !== "engine-unreachable") return undefined;
    throw error;
  }
}
