/** Swarms through their managers: lists, and operations on services and stacks. */
import { AppError } from "../errors.ts";
import type { Swarm, SwarmService } from "../protocol/swarm/swarm.ts";
import type { Runner } from "../stacks/runner.ts";
import type { Running } from "../stacks/running.ts";
import type { Feed } from "../stats/feed.ts";
import { fieldsOf } from "../untrusted_json.ts";
import { type Manager, readSwarm } from "./manager.ts";
import { removalPlan, rollbackPlan, scalePlan, updatePlan } from "./plans.ts";

/** Parts that the swarms are built from. */
export interface SwarmParts {
  readonly feed: Pick<Feed, "hostIds" | "containers" | "engine">;
  readonly runner: Pick<Runner, "begin" | "states">;
}

/** Longest wait for a manager, ms. */
const PATIENCE_MS = 20_000;

/** The swarms of all managers. */
export class Swarms {
  /** @param everyMs Interval of the readings of an operation, ms. */
  constructor(readonly parts: SwarmParts, readonly everyMs = 500) {}

  /**
   * Reads a swarm.
   *
   * @throws {AppError} "not-found" unless the host is a manager, "engine-unreachable", "engine-refused".
   */
  async read(hostId: string): Promise<Swarm> {
    return await readSwarm(await this.#manager(hostId), AbortSignal.timeout(PATIENCE_MS));
  }

  /** Starts to change the number of tasks of a replicated service; "invalid" for services of another mode. */
  async scale(hostId: string, id: string, replicas: number): Promise<Running> {
    const { manager, service } = await this.#service(hostId, id);
    if (service.mode !== "replicated") {
      throw new AppError("invalid", `Cannot scale service "${service.name}": its mode is ${service.mode}`);
    }
    return this.parts.runner.begin(scalePlan(manager, service, replicas));
  }

  /** Starts to replace every task of a service. */
  async update(hostId: string, id: string): Promise<Running> {
    const { manager, service } = await this.#service(hostId, id);
    return this.parts.runner.begin(updatePlan(manager, service));
  }

  /** Starts to return a service to its earlier definition; "busy" without one. */
  async rollBack(hostId: string, id: string): Promise<Running> {
    const { manager, service } = await this.#service(hostId, id);
    if (!service.canRollBack) {
      throw new AppError("busy", `Cannot roll back service "${service.name}": it has no earlier definition`);
    }
    return this.parts.runner.begin(rollbackPlan(manager, service));
  }

  /** Starts the removal of a service. */
  async remove(hostId: string, id: string): Promise<Running> {
    const { manager, service } = await this.#service(hostId, id);
    return this.parts.runner.begin(removalPlan(manager, { service }));
  }

  /** Starts the removal of a stack with its services, networks, configs and secrets. */
  async removeStack(hostId: string, name: string): Promise<Running> {
    const manager = await this.#changeable(hostId);
    const { stacks } = await readSwarm(manager, AbortSignal.timeout(PATIENCE_MS));
    const stack = stacks.find((one) => one.name === name);
    if (stack === undefined) {
      throw new AppError("not-found", `There is no stack "${name.slice(0, 80)}" in the swarm`);
    }
    return this.parts.runner.begin(removalPlan(manager, { stack: stack.name }));
  }

  async #service(
    hostId: string,
    id: string,
  ): Promise<{ readonly manager: Manager; readonly service: SwarmService }> {
    const manager = await this.#changeable(hostId);
    const { services } = await readSwarm(manager, AbortSignal.timeout(PATIENCE_MS));
    const service = services.find((one) => one.id === id) ?? services.find(({ name }) => name === id);
    if (service !== undefined) return { manager, service };
    throw new AppError("not-found", `There is no service "${id.slice(0, 80)}" in the swarm`);
  }

  /** Returns a manager that may be changed. */
  async #changeable(hostId: string): Promise<Manager> {
    this.parts.runner.states.checkMayChange(hostId, "change a swarm there");
    return await this.#manager(hostId);
  }

  async #manager(hostId: string): Promise<Manager> {
    const { feed } = this.parts;
    const engine = feed.hostIds.includes(hostId) ? feed.engine(hostId) : undefined;
    if (engine === undefined) throw new AppError("not-found", `There is no host "${hostId.slice(0, 80)}"`);
    if (feed.containers(hostId) === undefined) {
      throw new AppError("engine-unreachable", `Host "${hostId}" cannot be read now`);
    }
    const info = await engine.call({ method: "GET", path: "/info" }, AbortSignal.timeout(PATIENCE_MS));
    if (fieldsOf(fieldsOf(info)["Swarm"])["ControlAvailable"] === true) {
      return { hostId, engine, everyMs: this.everyMs };
    }
    throw new AppError("not-found", `Host "${hostId}" is not a manager of a swarm`);
  }
}
