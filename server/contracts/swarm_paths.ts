/** Paths of swarms, a part of the table behind `/openapi.json`. */
import { BODY_REFUSALS, type HttpOperation, type HttpPath, STARTED } from "./http_operation.ts";
import { draftPath } from "./stack_content_paths.ts";
import { FLAG, ID, WAIT } from "./options.ts";

const SERVICE = "/swarm/{hostId}/services/{id}";

/** Paths of swarms; `hostId` is a host whose engine is a manager, `id` the id or the name of a service. */
export const SWARM_PATHS: Readonly<Record<string, HttpPath>> = {
  "/swarm/{hostId}": {
    get: {
      id: "getSwarm",
      summary: "Nodes, stacks, services and tasks of a swarm, as a manager knows them",
      tag: "stacks",
      need: "secrets",
      answers: { 200: { description: "The swarm.", schema: "Swarm" } },
      refusals: [404, 502, 503],
    },
  },
  "/swarm/{hostId}/nodes/{id}/availability": {
    post: {
      ...change("setSwarmNodeAvailability", "Activate, pause or drain a node"),
      body: "SwarmAvailability",
      refusals: [404, 409, ...BODY_REFUSALS, 502, 503],
    },
  },
  [SERVICE]: { delete: change("removeSwarmService", "Remove a service with its tasks") },
  [`${SERVICE}/scale`]: {
    post: {
      ...change("scaleSwarmService", "Change the number of tasks of a replicated service"),
      body: "SwarmScale",
      refusals: [404, 409, ...BODY_REFUSALS, 502, 503],
    },
  },
  [`${SERVICE}/update`]: { post: change("updateSwarmService", "Replace every task of a service") },
  [`${SERVICE}/rollback`]: {
    post: change("rollBackSwarmService", "Return a service to its earlier definition"),
  },
  "/swarm/{hostId}/draft": draftPath("NewSwarm", "a new stack of a swarm", [404, 502, 503]),
  "/swarm/{hostId}/stacks/{name}/draft": draftPath("Swarm", "a stack of a swarm", [404, 502, 503]),
  "/swarm/{hostId}/stacks/{name}": {
    get: {
      id: "getSwarmStack",
      summary: "Texts of a stack that DockStat has deployed to a swarm",
      tag: "stacks",
      need: "secrets",
      query: {
        version: {
          description: "Number of a stored version; the newest by default.",
          schema: ID,
          example: "1",
        },
      },
      answers: { 200: { description: "The texts.", schema: "SwarmStackTexts" } },
      refusals: [404, 502, 503],
    },
    put: {
      ...change("deploySwarmStack", "Check the texts of a stack and deploy it with docker stack deploy"),
      query: {
        ...WAIT,
        replace: {
          description: "1 to replace a stack of this name that DockStat did not deploy.",
          schema: FLAG,
          example: "0",
        },
      },
      body: "SwarmStackDraft",
      refusals: [404, 409, ...BODY_REFUSALS, 502, 503],
    },
    delete: change("removeSwarmStack", "Remove a stack with its services, secrets, configs and networks"),
  },
};

function change(id: string, summary: string): HttpOperation {
  return {
    id,
    summary,
    tag: "stacks",
    need: "change",
    query: WAIT,
    answers: STARTED,
    refusals: [404, 409, 502, 503],
  };
}
