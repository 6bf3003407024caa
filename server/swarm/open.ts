/** Opens the discovery of nodes over the engines of a server. */
import type { HostConfig, SwarmSource } from "../config/hosts.ts";
import type { Endpoint } from "../config/docker_context.ts";
import { openEngine } from "../docker/docker_engine.ts";
import type { Engine } from "../docker/engine.ts";
import { fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import { Discovery, type DiscoveryTimes, type Membership } from "./discovery.ts";
import { isNodeId, nodeIdOf } from "./node_engine.ts";

/** Longest wait for a manager, ms. */
const PATIENCE_MS = 5000;

/** Parts that a discovery is built from. */
export interface DiscoveryParts {
  /** Engines of the hosts of the configuration. */
  readonly configured: () => readonly Pick<Engine, "call">[];
  readonly apply: (hosts: readonly HostConfig[]) => Promise<unknown>;
  readonly resolve?: ((name: string) => Promise<readonly string[]>) | undefined;
  readonly times?: DiscoveryTimes | undefined;
}

/** Starts to look for nodes. */
export function openDiscovery(
  sources: readonly SwarmSource[],
  { configured, apply, resolve = everyAddress, times }: DiscoveryParts,
): Discovery {
  const ids = new WeakMap<object, string>();
  return new Discovery(sources, {
    ...{ resolve, identify, apply },
    membership: (signal) => readMembership(configured(), ids, signal),
    ...times && { times },
  }).start();
}

async function everyAddress(name: string): Promise<readonly string[]> {
  const { lookup } = await import("node:dns/promises");
  return (await lookup(name, { all: true })).map(({ address }) => address);
}

async function identify(endpoint: Endpoint, signal: AbortSignal): Promise<string | undefined> {
  await using engine = openEngine(endpoint);
  await engine.connect(signal);
  return await nodeIdOf(engine, signal);
}

/**
 * Reads the nodes of every manager among engines.
 *
 * @param ids Newest node id of each engine, which also counts while it does not answer.
 * @returns `undefined` when no manager answers.
 */
export async function readMembership(
  engines: readonly Pick<Engine, "call">[],
  ids: WeakMap<object, string>,
  signal: AbortSignal,
): Promise<Membership | undefined> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const read = await Promise.all(engines.map(async (engine) => {
    const answer = await readNodes(engine, patience).catch(() => undefined);
    if (answer?.nodeId !== undefined) ids.set(engine, answer.nodeId);
    return answer;
  }));
  const answered = read.filter((one) => one !== undefined);
  if (answered.every(({ nodes }) => nodes === undefined)) return undefined;
  return {
    nodes: new Map(answered.flatMap(({ nodes }) => [...nodes ?? []])),
    configured: new Set(engines.flatMap((engine) => ids.get(engine) ?? [])),
    complete: answered.length === read.length,
  };
}

/** The node of an engine, and the nodes that it knows as a manager. */
interface ReadNodes {
  readonly nodeId: string | undefined;
  /** `undefined` unless the engine is a manager. */
  readonly nodes: ReadonlyMap<string, string> | undefined;
}

async function readNodes(engine: Pick<Engine, "call">, signal: AbortSignal): Promise<ReadNodes> {
  const { Swarm } = fieldsOf(await engine.call({ method: "GET", path: "/info" }, signal));
  const { NodeID, ControlAvailable, LocalNodeState } = fieldsOf(Swarm);
  const nodeId = LocalNodeState === "active" ? textOf(NodeID) || undefined : undefined;
  if (ControlAvailable !== true) return { nodeId, nodes: undefined };
  const listed = itemsOf(await engine.call({ method: "GET", path: "/nodes" }, signal)).map(fieldsOf);
  const nodes = listed.map(({ ID, Description }): [string, string] => [
    textOf(ID) ?? "",
    textOf(fieldsOf(Description)["Hostname"]) ?? "",
  ]);
  return { nodeId, nodes: new Map(nodes.filter(([id]) => isNodeId(id))) };
}
