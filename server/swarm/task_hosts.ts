/** Pure: finds the host of each task among the hosts that are read. */
import type { SwarmTask } from "../protocol/swarm/swarm.ts";

/** A host that may be a node. */
export interface PossibleNode {
  readonly hostId: string;
  /** Swarm's id of the node, where the host was found as one. */
  readonly nodeId: string | undefined;
  /** `undefined` while the host cannot be read. */
  readonly containers: readonly { readonly id: string }[] | undefined;
}

/**
 * Returns the tasks with the ids of their hosts.
 *
 * A configured host is found by the containers of its tasks. A host that was found as a node is only that node, since
 * its engine could list the containers of others.
 */
export function withHosts(tasks: readonly SwarmTask[], hosts: readonly PossibleNode[]): SwarmTask[] {
  const byContainer = new Map(
    hosts.filter(({ nodeId }) => nodeId === undefined).toReversed()
      .flatMap(({ hostId, containers = [] }) => containers.map(({ id }) => [id, hostId])),
  );
  const byNode = new Map<string, string>();
  for (const { containerId, nodeId } of tasks) {
    const hostId = byContainer.get(containerId ?? "");
    if (hostId !== undefined && nodeId !== null) byNode.set(nodeId, hostId);
  }
  for (const { hostId, nodeId } of hosts) if (nodeId !== undefined) byNode.set(nodeId, hostId);
  return tasks.map((task) => ({ ...task, hostId: byNode.get(task.nodeId ?? "") ?? null }));
}
