/** Pure: a node that was found, and the host that it becomes. */
import type { HostConfig, SwarmSource } from "../config/hosts.ts";

/** A node that was found behind a name. */
export interface KnownNode {
  readonly nodeId: string;
  readonly source: SwarmSource;
  /** Name of the machine when the node was found first. */
  readonly machine: string;
  readonly address: string;
  /** Time of the newest round in which it was there, ms of the discovery's clock. */
  readonly seenMs: number;
}

/** Longest part of an id that comes from the name of a machine, characters. */
const LONGEST_NAME = 40;
/** Characters of the node id at the end of a host's id. */
const ID_TAIL = 10;

/** Converts a node; the id of the host depends on its node id, as machines may have the same name. */
export function toHost({ nodeId, source, machine, address }: KnownNode): HostConfig {
  const viewOnly = source.tls === undefined;
  return {
    ...{ kind: "docker", id: hostIdOf(machine, nodeId) },
    endpoint: source.endpointAt(address),
    ...source.labels !== undefined && { labels: source.labels },
    node: { id: nodeId, viewOnly },
  };
}

/** Returns the id of the host of a node. */
export function hostIdOf(machine: string, nodeId: string): string {
  const name = machine.replace(/[^A-Za-z0-9_.-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "").slice(0, LONGEST_NAME);
  return `${name || "node"}-${nodeId.slice(0, ID_TAIL)}`;
}
