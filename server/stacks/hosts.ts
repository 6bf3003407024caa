/** Hosts that can run stacks, and the endpoint for Compose of each. */
import type { Container } from "../docker/container.ts";
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
 * @throws {AppError} "forbidden" when the host is view only, "invalid" when it does not exist or is simulated.
 */
export function endpointOf(hosts: StackHosts, hostId: string): Endpoint {
  const endpoint = hosts.get(hostId);
  checkMayChange(hosts, hostId, "run a stack there");
  if (endpoint !== undefined) return endpoint;
  const message = hosts.has(hostId)
    ? `host "${hostId}" is simulated: stacks need an engine`
    : `there is no host "${hostId}": expected ${[...hosts.keys()].map((id) => `"${id}"`).join(" or ")}`;
  throw new AppError("invalid", `Cannot run a stack there: ${message}`, {
    issues: [{ path: "hostId", message }],
  });
}

/**
 * Refuses a change on a view-only host.
 *
 * @param what Change for the refusal, such as "run a stack there".
 * @throws {AppError} "forbidden" with the reason.
 */
export function checkMayChange(hosts: StackHosts, hostId: string, what: string): void {
  if (!hosts.get(hostId)?.viewOnly) return;
  throw new AppError(
    "forbidden",
    `Cannot ${what}: host "${hostId}" is a node of a swarm that is view only, as its connection has no verified TLS`,
  );
}

/** The machine or container that DockStat runs in. */
export interface OwnPlace {
  readonly inContainer: boolean;
  /** Name of this machine; in a container its short id unless another name was given. */
  readonly hostname: string | undefined;
}

/** Reports whether an engine sees other folders than DockStat: it is remote, or DockStat runs in one of its containers. */
export function seesOtherFolders(
  { url }: Endpoint,
  { inContainer, hostname }: OwnPlace,
  containers: readonly Pick<Container, "id">[],
): boolean {
  if (!/^(unix|npipe):/.test(url)) return true;
  if (!inContainer) return false;
  const isShortId = hostname !== undefined && /^[0-9a-f]{12}$/.test(hostname);
  // An engine in the same container as DockStat does not list that container.
  return !isShortId || containers.some(({ id }) => id.startsWith(hostname));
}

/** Returns the place where DockStat runs. */
export function ownPlace(): OwnPlace {
  return { inContainer: runsInContainer(), hostname: Deno.env.get("HOSTNAME") };
}

/** Reports whether DockStat runs in a container. */
export function runsInContainer(): boolean {
  return ["/.dockerenv", "/run/.containerenv"].some((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      // Without access to the file this cannot be a container that matters here.
      return false;
    }
  });
}
