/** `/containers` over HTTP: details of one container, and operations on it. */
import type { Containers } from "../containers/containers.ts";
import { readBody } from "../http/body.ts";
import { jsonResponse } from "../http/problem.ts";
import { parseOptions } from "../http/query.ts";
import type { Handler, Path } from "../http/router.ts";
import { CONTAINER_COMMAND_NAMES, type ContainerCommand } from "../protocol/container_commands.ts";
import { LimitChange } from "../protocol/containers.ts";
import { answerStarted, flag, type OperationServices } from "./operations.ts";
import { terminalPath, type TerminalPathServices } from "./terminal.ts";

/** Services of these paths. */
export interface ContainerServices extends OperationServices, TerminalPathServices {
  readonly containers: Containers;
}

const CONTAINER = "/containers/{hostId}/{id}";

/** Returns the paths of single containers. */
export function containerPaths(
  services: ContainerServices,
  bodyBytes: number,
): Readonly<Record<string, Path>> {
  const commands = CONTAINER_COMMAND_NAMES.map((command) =>
    [`${CONTAINER}/${command}`, { POST: act(command, services) }] as const
  );
  return {
    [CONTAINER]: {
      // The command and the labels may contain secrets, and the environment usually does.
      need: "secrets",
      GET: details(services),
      PATCH: limit(services, bodyBytes),
      DELETE: remove(services),
    },
    [`${CONTAINER}/terminal`]: terminalPath(services),
    ...Object.fromEntries(commands),
  };
}

function details({ containers }: ContainerServices): Handler {
  return async ({ url, params: { hostId = "", id = "" } }) => {
    const { secrets } = parseOptions(url.searchParams, { secrets: flag });
    return jsonResponse(await containers.details(hostId, id, secrets[0] ?? false));
  };
}

function act(command: ContainerCommand, services: ContainerServices): Handler {
  return async ({ url, params: { hostId = "", id = "" } }) => {
    const { wait } = parseOptions(url.searchParams, { wait: flag });
    return await answerStarted(services.containers.act(hostId, id, command), wait[0], services);
  };
}

function limit(services: ContainerServices, bodyBytes: number): Handler {
  return async ({ request, url, params: { hostId = "", id = "" } }) => {
    const { wait } = parseOptions(url.searchParams, { wait: flag });
    const change = await readBody(request, LimitChange, bodyBytes);
    return await answerStarted(services.containers.limit(hostId, id, change), wait[0], services);
  };
}

function remove(services: ContainerServices): Handler {
  return async ({ url, params: { hostId = "", id = "" } }) => {
    const { containers } = services;
    const query = parseOptions(url.searchParams, { volumes: flag, force: flag, dryRun: flag, wait: flag });
    const [volumes = false, force = false] = [query.volumes[0], query.force[0]];
    if (query.dryRun[0]) return jsonResponse(await containers.preview(hostId, id, volumes));
    return await answerStarted(containers.remove(hostId, id, { volumes, force }), query.wait[0], services);
  };
}
