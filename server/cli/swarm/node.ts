/** `dockstat swarm node`: changes the availability of a node. */
import { AppError } from "../../errors.ts";
import { printable } from "../../log/format.ts";
import type { Swarm, SwarmNode } from "../../protocol/swarm/swarm.ts";
import { finishOperation, type Started } from "../finish_operation.ts";
import type { ServerClient } from "../server_client.ts";
import type { SwarmRequest } from "./flags.ts";

/**
 * Sets the availability of a node through a manager, and waits for the end.
 *
 * @throws {AppError} "usage" when several nodes have the name, "failed" without such a node.
 */
export async function setAvailability(
  client: ServerClient,
  { host, node, availability }: SwarmRequest & { readonly verb: "node" },
  signal: AbortSignal,
): Promise<void> {
  const path = `/swarm/${encodeURIComponent(host)}`;
  const { id, name } = findNode(await client.ask<Swarm>(path, { signal }), node);
  const started = await client.ask<Started>(`${path}/nodes/${encodeURIComponent(id)}/availability`, {
    method: "POST",
    body: { availability },
  });
  await finishOperation(client, name, started, signal);
}

function findNode({ nodes }: Swarm, wanted: string): SwarmNode {
  const byId = nodes.find(({ id }) => id === wanted);
  const [one, ...others] = byId === undefined ? nodes.filter(({ name }) => name === wanted) : [byId];
  if (one === undefined) {
    const names = nodes.map(({ name }) => `"${printable(name)}"`).join(", ");
    throw new AppError("failed", `No node "${wanted}" is in the swarm: its nodes are ${names}`);
  }
  if (others.length === 0) return one;
  const ids = [one, ...others].map(({ id }) => id).join(" or ");
  throw new AppError("usage", `Several nodes have the name "${wanted}": choose one by its id (${ids})`);
}
