/** `/swarm` over HTTP: a swarm as a manager knows it, and operations on its services and stacks. */
import { readBody } from "../http/body.ts";
import { jsonResponse, NO_STORE } from "../http/problem.ts";
import { parseOptions } from "../http/query.ts";
import type { Handler, Path, RoutedRequest } from "../http/router.ts";
import { SwarmAvailability, SwarmScale, SwarmStackDraft } from "../protocol/swarm/swarm.ts";
import type { Running } from "../stacks/running.ts";
import type { SwarmStacks } from "../swarm/deploy/swarm_stacks.ts";
import type { Swarms } from "../swarm/swarms.ts";
import { withoutOptions } from "./filters.ts";
import { answerStarted, flag, idOption, type OperationServices } from "./operations.ts";

/** Services of these paths. */
export interface SwarmServices extends OperationServices {
  readonly swarms: Swarms;
  readonly swarmStacks: SwarmStacks;
}

/** Returns the paths of swarms. */
export function swarmPaths(services: SwarmServices, bodyBytes: number): Readonly<Record<string, Path>> {
  const { swarms, swarmStacks } = services;
  const operation = (start: (call: RoutedRequest) => Promise<Running>): Handler => async (call) => {
    const { wait } = parseOptions(call.url.searchParams, { wait: flag });
    return await answerStarted(await start(call), wait[0], services);
  };
  const service = "/swarm/{hostId}/services/{id}";
  return {
    "/swarm/{hostId}": {
      // Errors of tasks may quote commands.
      need: "secrets",
      GET: withoutOptions(async ({ params: { hostId = "" } }) => jsonResponse(await swarms.read(hostId))),
    },
    "/swarm/{hostId}/nodes/{id}/availability": {
      POST: operation(async ({ request, params: { hostId = "", id = "" } }) => {
        const { availability } = await readBody(request, SwarmAvailability, bodyBytes);
        return await swarms.setAvailability(hostId, id, availability);
      }),
    },
    [service]: { DELETE: operation(({ params: { hostId = "", id = "" } }) => swarms.remove(hostId, id)) },
    [`${service}/scale`]: {
      POST: operation(async ({ request, params: { hostId = "", id = "" } }) => {
        const { replicas } = await readBody(request, SwarmScale, bodyBytes);
        return await swarms.scale(hostId, id, replicas);
      }),
    },
    [`${service}/update`]: {
      POST: operation(({ params: { hostId = "", id = "" } }) => swarms.update(hostId, id)),
    },
    [`${service}/rollback`]: {
      POST: operation(({ params: { hostId = "", id = "" } }) => swarms.rollBack(hostId, id)),
    },
    "/swarm/{hostId}/stacks/{name}": {
      // A text may have the values of an environment.
      need: "secrets",
      GET: async ({ url, params: { hostId = "", name = "" } }) => {
        const { version } = parseOptions(url.searchParams, { version: idOption });
        return jsonResponse(await swarmStacks.texts(hostId, name, version[0]), 200, NO_STORE);
      },
      PUT: deploy(services, bodyBytes),
      DELETE: operation(({ params: { hostId = "", name = "" } }) => swarmStacks.remove(hostId, name)),
    },
  };
}

function deploy(services: SwarmServices, bodyBytes: number): Handler {
  return async ({ request, url, params: { hostId = "", name = "" } }) => {
    const { wait, replace } = parseOptions(url.searchParams, { wait: flag, replace: flag });
    const draft = await readBody(request, SwarmStackDraft, bodyBytes);
    const running = await services.swarmStacks.deploy(hostId, name, draft, replace[0]);
    return await answerStarted(running, wait[0], services);
  };
}
