/** Hosts that can run stacks, and the endpoint for Compose of each. */
import type { Endpoint } from "../config/docker_context.ts";
import { AppError } from "../errors.ts";

/** Engines by host id; a simulated host has none and runs no stacks. */
export type StackHosts = ReadonlyMap<string, Endpoint | undefined>;

/** Returns the host that is used when none is named. */
export function defaultHost(hosts: StackHosts): string {
  return hosts.has("Localhost") ? "Localhost" : [...hosts.keys()][0] ?? "Localhost";
}

/**
 * Returns the endpoint of a host's engine.
 *
 * @throws {AppError} "invalid" when the host does not exist or is simulated.
 */
export function endpointOf(hosts: StackHosts, hostId: string): Endpoint {
  const endpoint = hosts.get(hostId);
  if (endpoint !== undefined) return endpoint;
  const message = hosts.has(hostId)
    ? `host "${hostId}" is simulated: stacks need an engine`
    : `there is no host "${hostId}": expected ${[...hosts.keys()].map((id) => `"${id}"`).join(" or ")}`;
  throw new AppError("invalid", `Cannot run a stack there: ${message}`, {
    issues: [{ path: "hostId", message }],
  });
}
