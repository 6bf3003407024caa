/** Commands on stacks, on their services and on projects over HTTP. */
import { parseOptions } from "../http/query.ts";
import type { Path, RoutedRequest } from "../http/router.ts";
import { jsonResponse } from "../http/problem.ts";
import { type PostCommand, postCommands } from "../protocol/commands.ts";
import type { CommandOptions } from "../stacks/commands.ts";
import type { Removal } from "../stacks/removal.ts";
import { answerStarted, flag, idOf, type OperationServices } from "./operations.ts";

type Paths = Readonly<Record<string, Path>>;

/** Services of these paths. */
export interface ActionServices extends OperationServices {
  readonly removal: Removal;
}

/** Returns the paths of commands on stacks, on their services and on projects. */
export function actionPaths(services: ActionServices): Paths {
  const { stacks } = services;
  return {
    "/stacks/{id}/cancel": {
      POST: async ({ url, params }) => {
        const { wait } = parseOptions(url.searchParams, { wait: flag });
        return await answerStarted(stacks.cancel(idOf(params, "stack")), wait[0], services);
      },
    },
    ...stackCommands(services),
    ...serviceCommands(services),
    ...projectPaths(services),
  };
}

function stackCommands(services: ActionServices): Paths {
  return paths("/stacks/{id}", postCommands("stack"), (command) => async ({ url, params }) => {
    const { wait, ...options } = commandOptions(command, url);
    const running = await services.stacks.act(idOf(params, "stack"), command, options);
    return await answerStarted(running, wait, services);
  });
}

function serviceCommands(services: ActionServices): Paths {
  return paths(
    "/stacks/{id}/services/{service}",
    postCommands("service"),
    (command) => async ({ url, params }) => {
      const { wait } = parseOptions(url.searchParams, { wait: flag });
      const { service = "" } = params;
      const running = await services.stacks.act(idOf(params, "stack"), command, { service });
      return await answerStarted(running, wait[0], services);
    },
  );
}

function projectPaths(services: ActionServices): Paths {
  const { stacks, removal } = services;
  return {
    "/projects/{hostId}/{project}": {
      DELETE: async ({ url, params: { hostId = "", project = "" } }) => {
        const query = parseOptions(url.searchParams, { volumes: flag, dryRun: flag, wait: flag });
        const volumes = query.volumes[0] ?? false;
        if (query.dryRun[0]) return jsonResponse(await removal.previewProject(hostId, project, volumes));
        const running = await stacks.actOnProject(hostId, project, "remove", { volumes });
        return await answerStarted(running, query.wait[0], services);
      },
    },
    ...paths(
      "/projects/{hostId}/{project}",
      postCommands("project"),
      (command) => async ({ url, params }) => {
        const { wait } = parseOptions(url.searchParams, { wait: flag });
        const { hostId = "", project = "" } = params;
        return await answerStarted(await stacks.actOnProject(hostId, project, command), wait[0], services);
      },
    ),
  };
}

/** Creates a path for each command below a common path. */
function paths<Name extends PostCommand>(
  prefix: string,
  commands: readonly Name[],
  handler: (command: Name) => (call: RoutedRequest) => Promise<Response>,
): Paths {
  return Object.fromEntries(
    commands.map((command) => [`${prefix}/${command}`, { POST: handler(command) }]),
  );
}

/** Reads the options of a command: only a deployment can build and recreate. */
function commandOptions(
  command: PostCommand,
  { searchParams }: URL,
): CommandOptions & { readonly wait: boolean | undefined } {
  if (command !== "deploy") return { wait: parseOptions(searchParams, { wait: flag }).wait[0] };
  const { wait, build, recreate } = parseOptions(searchParams, { wait: flag, build: flag, recreate: flag });
  return {
    wait: wait[0],
    ...build[0] ? { build: "all" } : {},
    ...recreate[0] ? { recreate: "all" } : {},
  };
}
