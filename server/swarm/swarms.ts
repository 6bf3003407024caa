/** Swarms through their managers: lists, and operations on services and nodes. */
import { AppError } from "../errors.ts";
import type { Availability, Swarm, SwarmService } from "../protocol/swarm/swarm.ts";
import type { Running } from "../stacks/running.ts";
import type { SwarmTextStore } from "../store/swarm/swarm_texts.ts";
import { type Manager, readSwarm } from "./manager.ts";
import { type Managers, PATIENCE_MS } from "./managers.ts";
import { availabilityPlan } from "./node_plan.ts";
import { removalPlan, rollbackPlan, scalePlan, updatePlan } from "./plans.ts";
import { withHosts } from "./task_hosts.ts";

/** Number of operations that are listed with a swarm. */
const MOST_OPERATIONS = 10;

/** The swarms of all managers. */
export class Swarms {
  /** @param texts Texts of the stacks that DockStat has deployed. */
  constructor(readonly managers: Managers, readonly texts: Pick<SwarmTextStore, "names">) {}

  /**
   * Reads a swarm.
   *
   * @throws {AppError} "not-found" unless the host is a manager, "engine-unreachable", "engine-refused".
   */
  async read(hostId: string): Promise<Swarm> {
    const manager = await this.managers.get(hostId);
    const names = this.texts.names(manager.clusterId);
    const swarm = await readSwarm(manager, names, AbortSignal.timeout(PATIENCE_MS));
    const tasks = withHosts(swarm.tasks, this.managers.possibleNodes());
    return { ...swarm, tasks, operations: this.#runner.journal.ofSwarm(manager.clusterId, MOST_OPERATIONS) };
  }

  /** Starts to change the number of tasks of a replicated service; "invalid" for services of another mode. */
  async scale(hostId: string, id: string, replicas: number): Promise<Running> {
    const { manager, service } = await this.#service(hostId, id);
    if (service.mode !== "replicated") {
      throw new AppError("invalid", `Cannot scale service "${service.name}": its mode is ${service.mode}`);
    }
    return this.#runner.begin(scalePlan(manager, service, replicas));
  }

  /** Starts to replace every task of a service. */
  async update(hostId: string, id: string): Promise<Running> {
    const { manager, service } = await this.#service(hostId, id);
    return this.#runner.begin(updatePlan(manager, service));
  }

  /** Starts to return a service to its earlier definition; "busy" without one. */
  async rollBack(hostId: string, id: string): Promise<Running> {
    const { manager, service } = await this.#service(hostId, id);
    if (!service.canRollBack) {
      throw new AppError("busy", `Cannot roll back service "${service.name}": it has no earlier definition`);
    }
    return this.#runner.begin(rollbackPlan(manager, service));
  }

  /** Starts the removal of a service. */
  async remove(hostId: string, id: string): Promise<Running> {
    const { manager, service } = await this.#service(hostId, id);
    return this.#runner.begin(removalPlan(manager, { service }));
  }

  /** Starts to change the availability of a node; "not-found" for an unknown one. */
  async setAvailability(hostId: string, id: string, availability: Availability): Promise<Running> {
    const manager = await this.managers.changeable(hostId);
    const { nodes } = await readSwarm(manager, [], AbortSignal.timeout(PATIENCE_MS));
    const node = nodes.find((one) => one.id === id);
    if (node !== undefined) return this.#runner.begin(availabilityPlan(manager, node, availability));
    throw new AppError("not-found", `There is no node "${id.slice(0, 80)}" in the swarm`);
  }

  get #runner() {
    return this.managers.parts.runner;
  }

  async #service(
    hostId: string,
    id: string,
  ): Promise<{ readonly manager: Manager; readonly service: SwarmService }> {
    const manager = await this.managers.changeable(hostId);
    const { services } = await readSwarm(manager, [], AbortSignal.timeout(PATIENCE_MS));
    const service = services.find((one) => one.id === id) ?? services.find(({ name }) => name === id);
    if (service !== undefined) return { manager, service };
    throw new AppError("not-found", `There is no service "${id.slice(0, 80)}" in the swarm`);
  }
}
