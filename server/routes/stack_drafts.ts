/** Drafts of stacks and of stacks of swarms over HTTP. */
import { readBody } from "../http/body.ts";
import { jsonResponse, NO_STORE } from "../http/problem.ts";
import type { Path, RoutedRequest } from "../http/router.ts";
import { DraftChange } from "../protocol/drafts/draft.ts";
import type { Stacks } from "../stacks/stacks.ts";
import type { DraftOwner, DraftStore } from "../store/drafts/draft_store.ts";
import type { SwarmStacks } from "../swarm/deploy/swarm_stacks.ts";
import { withoutOptions } from "./filters.ts";
import { idOf } from "./operations.ts";

/** Services of these paths. */
export interface DraftServices {
  readonly stacks: Stacks;
  readonly swarmStacks: SwarmStacks;
  readonly drafts: DraftStore;
}

/** Returns the paths of drafts. */
export function draftPaths(services: DraftServices, bodyBytes: number): Readonly<Record<string, Path>> {
  const stackOf = ({ params }: RoutedRequest) => services.stacks.record(idOf(params, "stack")).stackId;
  const swarmOf = ({ params: { hostId = "", name } }: RoutedRequest) =>
    services.swarmStacks.draftOwner(hostId, name);
  return {
    "/stacks/draft": draftPath(services, () => undefined, bodyBytes),
    "/stacks/{id}/draft": draftPath(services, stackOf, bodyBytes),
    "/swarm/{hostId}/draft": draftPath(services, swarmOf, bodyBytes),
    "/swarm/{hostId}/stacks/{name}/draft": draftPath(services, swarmOf, bodyBytes),
  };
}

/** @param ownerOf Returns the owner of the draft of a request. */
function draftPath(
  { drafts }: Pick<DraftServices, "drafts">,
  ownerOf: (call: RoutedRequest) => DraftOwner | Promise<DraftOwner>,
  bodyBytes: number,
): Path {
  return {
    // A draft may have the values of an environment.
    need: "secrets",
    GET: withoutOptions(async (call) => jsonResponse(drafts.get(await ownerOf(call)), 200, NO_STORE)),
    PUT: withoutOptions(async (call) => {
      const change = await readBody(call.request, DraftChange, bodyBytes);
      const owner = await ownerOf(call);
      drafts.put(owner, change);
      return jsonResponse(drafts.get(owner), 200, NO_STORE);
    }),
    DELETE: withoutOptions(async (call) => {
      drafts.remove(await ownerOf(call));
      return new Response(null, { status: 204 });
    }),
  };
}
