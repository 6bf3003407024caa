/** A manager of a swarm, and what it knows. */
import type { Engine } from "../docker/engine.ts";
import type { Swarm } from "../protocol/swarm/swarm.ts";
import { toNodes, toServices, toStacks, toTasks } from "./lists.ts";

/** A host whose engine is a manager. */
export interface Manager {
  readonly hostId: string;
  readonly engine: Engine;
  /** Id of the swarm, which all its managers share. */
  readonly clusterId: string;
  /** Interval of the readings of an operation, ms. */
  readonly everyMs: number;
}

/**
 * Reads the lists of a manager.
 *
 * @param managed Names of the stacks whose texts are kept.
 */
export async function readSwarm(
  { hostId, engine, clusterId: id }: Pick<Manager, "hostId" | "engine" | "clusterId">,
  managed: readonly string[],
  signal: AbortSignal,
): Promise<Omit<Swarm, "operations">> {
  const paths = ["/nodes", "/services", "/tasks"];
  const [nodes, listed, allTasks] = await Promise.all(
    paths.map((path) => engine.call({ method: "GET", path }, signal)),
  );
  const tasks = toTasks(allTasks, listed);
  const services = toServices(listed, tasks);
  return { id, hostId, nodes: toNodes(nodes), stacks: toStacks(services, managed), services, tasks };
}
