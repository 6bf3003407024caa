/** Newer images of the hosts' containers over HTTP, and the return of a service to the previous image. */
import { jsonResponse } from "../http/problem.ts";
import { parseOptions } from "../http/query.ts";
import type { Handler, Path } from "../http/router.ts";
import type { ImageUpdates as Answer } from "../protocol/images/updates.ts";
import type { Feed } from "../stats/feed.ts";
import type { ImageUpdates } from "../updates/image_updates.ts";
import type { Returns } from "../updates/returns.ts";
import { hostOption } from "./filters.ts";
import { answerStarted, flag, idOf, type OperationServices } from "./operations.ts";

/** Services of these paths. */
export interface UpdateServices extends OperationServices {
  readonly feed: Feed;
  readonly updates: Pick<ImageUpdates, "checking" | "list" | "check" | "recent">;
  readonly returns: Pick<Returns, "start">;
}

/** Returns the paths of newer images. */
export function updatePaths(services: UpdateServices): Readonly<Record<string, Path>> {
  return {
    "/updates": { need: "secrets", GET: list(services) },
    "/updates/check": { POST: check(services) },
    "/stacks/{id}/services/{service}/rollback": { POST: rollback(services) },
  };
}

function list({ feed, updates }: UpdateServices): Handler {
  return async ({ url }) => {
    const { host } = parseOptions(url.searchParams, { host: hostOption(feed.hostIds) });
    return await answer(updates, host.length > 0 ? host : feed.hostIds, 200);
  };
}

function check({ feed, updates }: UpdateServices): Handler {
  return async ({ url }) => {
    const { host, wait } = parseOptions(url.searchParams, { host: hostOption(feed.hostIds), wait: flag });
    const hostIds = host.length > 0 ? host : feed.hostIds;
    const checked = updates.check(hostIds);
    if (wait[0]) await checked;
    return await answer(updates, hostIds, wait[0] ? 200 : 202);
  };
}

function rollback(services: UpdateServices): Handler {
  return async ({ url, params }) => {
    const { wait } = parseOptions(url.searchParams, { wait: flag });
    const { service = "" } = params;
    const running = await services.returns.start(idOf(params, "stack"), service, "requested");
    return await answerStarted(running, wait[0], services);
  };
}

async function answer(
  updates: UpdateServices["updates"],
  hostIds: readonly string[],
  status: number,
): Promise<Response> {
  const listed = await updates.list(hostIds);
  return jsonResponse({ checking: updates.checking, updates: listed } satisfies Answer, status);
}
