/** Names of Compose stacks in a swarm: every node may have the networks of its stacks, also those without tasks there. */
import type { Engine } from "../../docker/engine.ts";
import { AppError } from "../../errors.ts";
import type { SwarmTextStore } from "../../store/swarm/swarm_texts.ts";
import { fieldsOf, itemsOf, textOf } from "../../untrusted_json.ts";
import { type NewName, swarmNameTaken } from "./taken_names.ts";

/** Parts that the names are checked with. */
export interface SwarmNameParts {
  readonly feed: { engine(hostId: string): Pick<Engine, "call"> | undefined };
  readonly swarmTexts: Pick<SwarmTextStore, "get" | "hostsOf">;
}

/** Longest wait for an engine, ms. */
const PATIENCE_MS = 5000;

/**
 * Refuses the name of a stack of the swarm that a host belongs to, whichever manager it was deployed through.
 *
 * An engine that does not answer is not asked again: Compose reports it when the stack is deployed.
 *
 * @throws {AppError} "busy".
 */
export async function checkSwarmUntaken(
  { hostId, name }: NewName,
  { feed, swarmTexts }: SwarmNameParts,
): Promise<void> {
  const ask = asker(feed);
  const { ControlAvailable, Cluster, NodeID } = fieldsOf(fieldsOf(await ask(hostId, "/info"))["Swarm"]);
  const nodeId = textOf(NodeID) ?? "";
  if (nodeId === "") return;
  const clusterId = textOf(fieldsOf(Cluster)["ID"]) ?? "";
  const isTaken = ControlAvailable === true
    ? swarmTexts.get({ clusterId, name }) !== undefined || await hasServices(hostId, name, ask)
    : await isNodeOf(swarmTexts.hostsOf(name), nodeId, ask);
  if (isTaken) throw swarmNameTaken(hostId, name);
}

/** Returns the hosts among some whose engine is a node of a swarm. */
export async function nodesAmong(
  hostIds: readonly string[],
  nodes: ReadonlySet<string>,
  feed: SwarmNameParts["feed"],
): Promise<string[]> {
  const ask = asker(feed);
  const found = await Promise.all(hostIds.map(async (hostId) => {
    const { NodeID } = fieldsOf(fieldsOf(await ask(hostId, "/info"))["Swarm"]);
    return nodes.has(textOf(NodeID) ?? "") ? [hostId] : [];
  }));
  return found.flat();
}

type Ask = (hostId: string, path: string) => Promise<unknown>;

/** Returns a function that asks an engine; its answer is `undefined` when the engine does not answer or refuses. */
function asker(feed: SwarmNameParts["feed"]): Ask {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return async (hostId, path) => {
    try {
      return await feed.engine(hostId)?.call({ method: "GET", path }, signal);
    } catch (error) {
      if (error instanceof AppError) return undefined;
      throw error;
    }
  };
}

async function hasServices(hostId: string, name: string, ask: Ask): Promise<boolean> {
  const filters = encodeURIComponent(JSON.stringify({ label: [`com.docker.stack.namespace=${name}`] }));
  return itemsOf(await ask(hostId, `/services?filters=${filters}`)).length > 0;
}

/** Reports whether a node belongs to the swarm of one of some managers. */
async function isNodeOf(managers: readonly string[], nodeId: string, ask: Ask): Promise<boolean> {
  const lists = await Promise.all(managers.map((hostId) => ask(hostId, "/nodes")));
  return lists.some((nodes) => itemsOf(nodes).some((node) => fieldsOf(node)["ID"] === nodeId));
}
