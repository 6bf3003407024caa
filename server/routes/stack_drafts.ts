/** `/stacks/{id}/draft` and `/stacks/draft` over HTTP. */
import { readBody } from "../http/body.ts";
import { jsonResponse, NO_STORE } from "../http/problem.ts";
import type { Path, RoutedRequest } from "../http/router.ts";
import { DraftChange } from "../protocol/drafts/draft.ts";
import type { Stacks } from "../stacks/stacks.ts";
import type { DraftStore } from "../store/drafts/draft_store.ts";
import { withoutOptions } from "./filters.ts";
import { idOf } from "./operations.ts";

/** Services of these paths. */
export interface DraftServices {
  readonly stacks: Stacks;
  readonly drafts: DraftStore;
}

/** Returns the paths of drafts. */
export function draftPaths(services: DraftServices, bodyBytes: number): Readonly<Record<string, Path>> {
  const stackOf = ({ params }: RoutedRequest) => services.stacks.record(idOf(params, "stack")).stackId;
  return {
    "/stacks/draft": draftPath(services, () => undefined, bodyBytes),
    "/stacks/{id}/draft": draftPath(services, stackOf, bodyBytes),
  };
}

/** @param stackOf Returns the stack of a request; `undefined` for a new one. */
function draftPath(
  { drafts }: DraftServices,
  stackOf: (call: RoutedRequest) => number | undefined,
  bodyBytes: number,
): Path {
  return {
    // A draft may have the values of an environment.
    need: "secrets",
    GET: withoutOptions((call) => jsonResponse(drafts.get(stackOf(call)), 200, NO_STORE)),
    PUT: withoutOptions(async (call) => {
      const change = await readBody(call.request, DraftChange, bodyBytes);
      const stackId = stackOf(call);
      drafts.put(stackId, change);
      return jsonResponse(drafts.get(stackId), 200, NO_STORE);
    }),
    DELETE: withoutOptions((call) => {
      drafts.remove(stackOf(call));
      return new Response(null, { status: 204 });
    }),
  };
}
