/** Newer images of the hosts' containers over HTTP, and the return of a service to the previous image. */
import { AppError } from "../errors.ts";
import { jsonResponse } from "../http/problem.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Handler, Path } from "../http/router.ts";
import type { ImageTags as TagsAnswer } from "../protocol/images/tags.ts";
import type { ImageUpdates as Answer } from "../protocol/images/updates.ts";
import type { Feed } from "../stats/feed.ts";
import { parseReference } from "../registry/reference.ts";
import type { ImageTags } from "../updates/image_tags.ts";
import type { ImageUpdates } from "../updates/image_updates.ts";
import type { Returns } from "../updates/returns.ts";
import { hostOption } from "./filters.ts";
import { answerStarted, flag, idOf, type OperationServices } from "./operations.ts";

/** Services of these paths. */
export interface UpdateServices extends OperationServices {
  readonly feed: Feed;
  readonly updates: Pick<ImageUpdates, "checking" | "list" | "check" | "recent">;
  readonly returns: Pick<Returns, "start">;
  readonly tags: Pick<ImageTags, "list">;
}

/** Option that names an image. */
const IMAGE: Option<string> = {
  parse: (text) => parseReference(text) && text,
  expected: "the name of an image, such as nginx or ghcr.io/user/app",
};

/** Returns the paths of newer images. */
export function updatePaths(services: UpdateServices): Readonly<Record<string, Path>> {
  return {
    "/updates": { need: "secrets", GET: list(services) },
    "/updates/check": { POST: check(services) },
    "/updates/tags": { need: "secrets", GET: tags(services) },
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

function tags({ tags }: UpdateServices): Handler {
  return async ({ url }) => {
    const { image: [image] } = parseOptions(url.searchParams, { image: IMAGE });
    if (image === undefined) throw new AppError("malformed", `option "image": expected ${IMAGE.expected}`);
    return jsonResponse(await tags.list(image) satisfies TagsAnswer);
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
