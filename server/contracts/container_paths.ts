/** Paths of single containers, a part of the table behind `/openapi.json`. */
import { CONTAINER_COMMAND_NAMES, CONTAINER_COMMANDS } from "../protocol/container_commands.ts";
import { BODY_REFUSALS, type HttpOperation, type HttpPath, STARTED } from "./http_operation.ts";
import { TERMINAL_PATHS } from "./terminal.ts";
import { DETAILS, FORCE, REMOVAL, WAIT } from "./options.ts";

const CONTAINER = "/containers/{hostId}/{id}";

/** Paths of containers; `id` is an id, a name, or at least 12 digits of an id. */
export const CONTAINER_PATHS: Readonly<Record<string, HttpPath>> = {
  [CONTAINER]: {
    get: {
      id: "getContainer",
      summary: "One container: its ports, mounts, networks, limits, environment and health",
      tag: "containers",
      need: "secrets",
      query: DETAILS,
      answers: { 200: { description: "The details.", schema: "ContainerDetails" } },
      refusals: [404, 502, 503],
    },
    patch: {
      ...change("limitContainer", "Change the limits of a container while it runs"),
      body: "LimitChange",
      refusals: [404, 409, ...BODY_REFUSALS, 503],
    },
    delete: {
      ...change("removeContainer", "Remove a container; one that runs only with force=1"),
      query: { ...REMOVAL, ...FORCE, ...WAIT },
      answers: {
        ...STARTED,
        200: {
          description: "With wait=1 the finished operation, with dryRun=1 the preview.",
          schemas: ["OperationWithMessages", "RemovalPreview"],
        },
      },
      refusals: [404, 409, 502, 503],
    },
  },
  ...TERMINAL_PATHS,
  ...Object.fromEntries(
    CONTAINER_COMMAND_NAMES.map((name) => [
      `${CONTAINER}/${name}`,
      { post: change(`${name}Container`, CONTAINER_COMMANDS[name].summary) },
    ]),
  ),
};

function change(id: string, summary: string): HttpOperation {
  return {
    id,
    summary,
    tag: "containers",
    need: "change",
    query: WAIT,
    answers: STARTED,
    refusals: [404, 409, 503],
  };
}
