/** `dockstat containers`: operates single containers of a running DockStat. */
import { type Flags, loadConfig } from "../../config/config.ts";
import { AppError } from "../../errors.ts";
import type { ContainerDetails } from "../../protocol/containers.ts";
import { runEach, type StartRequest } from "../finish_operation.ts";
import { openServerClient, type ServerClient } from "../server_client.ts";
import { suggest } from "../suggest.ts";
import { showsColors } from "../color.ts";
import { print } from "../terminal.ts";
import type { ContainerFlags, ContainerRequest, ContainerVerb } from "./flags.ts";
import { renderDetails } from "./page.ts";
import { type ListedContainer, portKey, renderContainers } from "./table.ts";

/** Number of containers whose details are read at once. */
const PARALLEL = 8;
/** States in which only --force removes a container. */
const RUNNING: readonly string[] = ["running", "paused", "restarting"];

/**
 * Runs a command and waits for the end of its operations.
 *
 * @throws {AppError} "usage" for wrong usage, any other code when the command failed.
 */
export async function runContainers(
  { verb, names, flags }: ContainerRequest,
  serverFlags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const client = await openServerClient(await loadConfig(serverFlags));
  const all = await client.ask<ListedContainer[]>("/docker/stats?detail=full", { signal });
  if (verb === "ls") return await list(client, all, flags.on, signal);
  // All are found before anything is started, so that a wrong name changes nothing.
  const found = names.map((name) => findListed(all, name, flags.on));
  if (verb === "show") return await show(client, found[0]!, signal);
  await runEach(client, found.map((one) => requestFor(one, verb, flags)), signal);
}

async function list(
  client: ServerClient,
  all: readonly ListedContainer[],
  hostId: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const wanted = all.filter((one) => hostId === undefined || one.hostId === hostId);
  const ports = await portsOf(client, wanted, signal);
  print(renderContainers(wanted, ports, showsColors()).join("\n") + "\n");
}

async function show(client: ServerClient, found: ListedContainer, signal: AbortSignal): Promise<void> {
  const details = await client.ask<ContainerDetails>(pathOf(found), { signal });
  print(renderDetails(details).join("\n") + "\n");
}

/** Reads the ports of all containers; one that is removed meanwhile, or cannot be read, has none. */
async function portsOf(
  client: ServerClient,
  containers: readonly ListedContainer[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ContainerDetails["ports"]>> {
  const ports = new Map<string, ContainerDetails["ports"]>();
  const rest = containers.values();
  await Promise.all(Array.from({ length: PARALLEL }, async () => {
    for (const container of rest) {
      try {
        const details = await client.ask<ContainerDetails>(pathOf(container), { signal });
        ports.set(portKey(container), details.ports);
      } catch (error) {
        if (!(error instanceof AppError) || signal.aborted) throw error;
      }
    }
  }));
  return ports;
}

function requestFor(
  found: ListedContainer,
  verb: Exclude<ContainerVerb, "ls" | "show">,
  { force = false, volumes = false }: ContainerFlags,
): StartRequest {
  const { name, state } = found;
  if (verb !== "rm") return { name, method: "POST", path: `${pathOf(found)}/${verb}` };
  if (!force && RUNNING.includes(state)) {
    throw new AppError("failed", `Cannot remove "${name}": it is ${state}. Stop it first, or add --force`);
  }
  const query = new URLSearchParams({ force: String(Number(force)), volumes: String(Number(volumes)) });
  return { name, method: "DELETE", path: `${pathOf(found)}?${query}` };
}

function pathOf({ hostId, id }: Pick<ListedContainer, "hostId" | "id">): string {
  return `/containers/${encodeURIComponent(hostId)}/${id}`;
}

/**
 * Finds the container with a name, an id, or at least 12 digits of its id.
 *
 * @throws {AppError} "not-found", or "usage" when several match.
 */
export function findListed(
  all: readonly ListedContainer[],
  text: string,
  hostId: string | undefined,
): ListedContainer {
  const there = all.filter((one) => (hostId ?? one.hostId) === one.hostId);
  const named = there.filter(({ name }) => name === text);
  const isId = /^[0-9a-f]{12,64}$/.test(text);
  const fits = named.length > 0 || !isId ? named : there.filter(({ id }) => id.startsWith(text));
  const [one, ...others] = fits;
  if (one === undefined) throw missing(there, text, hostId);
  if (others.length === 0) return one;
  const places = fits.map(({ name, hostId, id }) => `"${name}" (${id.slice(0, 12)}) on "${hostId}"`);
  throw new AppError(
    "usage",
    `"${text}" is ambiguous: ${places.join(" or ")}. Choose with --on HOSTID or the id`,
  );
}

function missing(there: readonly ListedContainer[], text: string, hostId: string | undefined): AppError {
  const where = hostId === undefined ? "" : ` on host "${hostId}"`;
  const hint = suggest(text, there.map(({ name }) => name));
  return new AppError(
    "not-found",
    `There is no container "${text}"${where}: ${hint}"dockstat containers ls" lists them`,
  );
}
