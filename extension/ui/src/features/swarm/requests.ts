/** Requests about swarms. Each throws a `Refusal` with the server's message, or `Unreachable`. */
import type { HostReport } from "../../../../../server/protocol/hosts.ts";
import type { StartedOperation } from "../../../../../server/protocol/operations.ts";
import type { Swarm, SwarmStackTexts } from "../../../../../server/protocol/swarm/swarm.ts";
import { Refusal, type Transport } from "../../lib/transport/transport.ts";
import type { ChangeKind } from "./labels.ts";

/** A change with its subject. */
export interface Change {
  readonly kind: ChangeKind;
  readonly hostId: string;
  /** Id of a service or node, or name of a stack. */
  readonly id: string;
  readonly name: string;
  /** Wanted number of tasks. */
  readonly replicas?: number;
}

/** Loads the swarm of each host that is a manager, each swarm once; throws only if none can be loaded. */
export async function loadSwarms(transport: Transport, signal: AbortSignal): Promise<Swarm[]> {
  const hosts = await transport.ask<HostReport[]>("/docker/hosts", { signal });
  const readable = hosts.filter(({ state }) => state === "up");
  const found = await Promise.allSettled(readable.map(({ hostId }) => loadSwarm(transport, hostId, signal)));
  const swarms = found.flatMap((one) => one.status === "fulfilled" ? one.value ?? [] : []);
  const failure = found.find((one) => one.status === "rejected");
  // A host that does not answer may be a worker, or another manager of a loaded swarm.
  if (swarms.length === 0 && failure !== undefined) throw failure.reason;
  return swarms.filter(({ id }, at) => swarms.findIndex((other) => other.id === id) === at);
}

/** A host that is not a manager has no swarm. */
async function loadSwarm(
  transport: Transport,
  hostId: string,
  signal: AbortSignal,
): Promise<Swarm | undefined> {
  try {
    return await transport.ask<Swarm>(`/swarm/${encodeURIComponent(hostId)}`, { signal });
  } catch (error) {
    if (error instanceof Refusal && error.problem.status === 404) return undefined;
    throw error;
  }
}

/** Starts a change. */
export async function sendChange(
  transport: Transport,
  { kind, hostId, id, replicas }: Change,
): Promise<StartedOperation> {
  const of = `/swarm/${encodeURIComponent(hostId)}`;
  if (kind === "redeploy") return await redeploy(transport, `${of}/stacks/${encodeURIComponent(id)}`);
  if (kind === "removeStack") {
    return await transport.ask(`${of}/stacks/${encodeURIComponent(id)}`, { method: "DELETE" });
  }
  if (kind === "drain" || kind === "pause" || kind === "active") {
    const path = `${of}/nodes/${encodeURIComponent(id)}/availability`;
    return await transport.ask(path, { method: "POST", body: { availability: kind } });
  }
  const service = `${of}/services/${encodeURIComponent(id)}`;
  if (kind === "remove") return await transport.ask(service, { method: "DELETE" });
  const body = kind === "scale" ? { body: { replicas } } : {};
  return await transport.ask(`${service}/${kind}`, { method: "POST", ...body });
}

/** Deploys the stored texts of a stack again. */
async function redeploy(transport: Transport, path: string): Promise<StartedOperation> {
  const { compose, env } = await transport.ask<SwarmStackTexts>(path);
  return await transport.ask(path, { method: "PUT", body: { compose, env } });
}
