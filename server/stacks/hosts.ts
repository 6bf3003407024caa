/** The hosts that stacks can run on, and how Compose reaches each. */
import type { Endpoint } from "../config/docker_context.ts";
import { AppError } from "../errors.ts";

/** The engines by the id of their host; a simulated one runs no stacks. */
export type StackHosts = ReadonlyMap<string, Endpoint | undefined>;

/** The host that is meant when none is named. */
export function defaultHost(hosts: StackHosts): string {
  return hosts.has("Localhost") ? "Localhost" : [...hosts.keys()][0] ?? "Localhost";
}

/**
 * Where a host's engine is.
 *
 * @throws {AppError} "invalid" when there is no such host, or it is simulated.
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

/** Whether an engine sees other folders than DockStat does: it is elsewhere, or DockStat is in a container. */
export function seesOtherFolders({ url }: Endpoint, inContainer: boolean): boolean {
  return inContainer || !/^(unix|npipe):/.test(url);
}

/** Whether DockStat itself runs in a container. */
export function runsInContainer(): boolean {
  return ["/.dockerenv", "/run/.containerenv"].some((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      // Not there, or not to be seen: then it is no container, or nothing that we could tell.
      return false;
    }
  });
}
