/** `/swarm` over HTTP: a swarm as a manager knows it, and operations on its services and stacks. */
import { readBody } from "../http/body.ts";
import { jsonResponse } from "../http/problem.ts";
import { parseOptions } from "../http/query.ts";
import type { Handler, Path, RoutedRequest } from "../http/router.ts";
import { SwarmScale } from "../protocol/swarm/swarm.ts";
import type { Running } from "../stacks/running.ts";
import type { Swarms } from "../swarm/swarms.ts";
import { withoutOptions } from "./filters.ts";
import { answerStarted, flag, type OperationServices } from "./operations.ts";

/** Services of these paths. */
export interface SwarmServices extends OperationServices {
  readonly swarms: Swarms;
}

/** Returns the paths of swarms. */
export function swarmPaths(services: SwarmServices, bodyBytes: number): Readonly<Record<string, Path>> {
  const { swarms } = services;
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
      DELETE: operation(({ params: { hostId = "", name = "" } }) => swarms.removeStack(hostId, name)),
    },
  };
}
