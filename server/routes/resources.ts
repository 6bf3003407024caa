/** `/images`, `/volumes`, `/networks` and `/prune` over HTTP. */
import { readBody } from "../http/body.ts";
import { jsonResponse } from "../http/problem.ts";
import { type Option, parseOptions } from "../http/query.ts";
import type { Handler, Path } from "../http/router.ts";
import { PruneRequest } from "../protocol/resources/prune.ts";
import { LISTED_KINDS, type ListedKind } from "../protocol/resources/resources.ts";
import type { Resources } from "../resources/resources.ts";
import { answerStarted, flag, type OperationServices } from "./operations.ts";

/** Services of these paths. */
export interface ResourceServices extends OperationServices {
  readonly resources: Resources;
}

const hostId: Option<string> = {
  parse: (text) => text === "" ? undefined : text,
  expected: "the id of a host",
  repeatable: true,
  max: 100,
};
const tagOption: Option<string> = {
  parse: (text) => text.length > 0 && text.length <= 512 ? text : undefined,
  expected: "a tag, such as nginx:1.29",
};

/** Returns the paths of images, volumes and networks, and of their prune. */
export function resourcePaths(
  services: ResourceServices,
  bodyBytes: number,
): Readonly<Record<string, Path>> {
  const paths = LISTED_KINDS.flatMap((kind): [string, Path][] => [
    // Names of images and labels of volumes are details of containers, which need the token as well.
    [`/${kind}s`, { need: "secrets", GET: list(kind, services) }],
    [`/${kind}s/{hostId}/{id}`, { DELETE: remove(kind, services) }],
  ]);
  return { ...Object.fromEntries(paths), "/prune": { POST: prune(services, bodyBytes) } };
}

function list(kind: ListedKind, { resources }: ResourceServices): Handler {
  return async ({ url }) => {
    const { host } = parseOptions(url.searchParams, { host: hostId });
    return jsonResponse(await resources.list(kind, host));
  };
}

function remove(kind: ListedKind, services: ResourceServices): Handler {
  return async ({ url, params: { hostId = "", id = "" } }) => {
    const { resources } = services;
    const options = { dryRun: flag, wait: flag };
    const query = kind === "image"
      ? parseOptions(url.searchParams, { ...options, tag: tagOption })
      : { ...parseOptions(url.searchParams, options), tag: [] };
    const [tag] = query.tag;
    if (query.dryRun[0]) return jsonResponse(await resources.preview(kind, hostId, id, tag));
    return await answerStarted(await resources.remove(kind, hostId, id, tag), query.wait[0], services);
  };
}

function prune(services: ResourceServices, bodyBytes: number): Handler {
  return async ({ request, url }) => {
    const { wait } = parseOptions(url.searchParams, { wait: flag });
    const wanted = await readBody(request, PruneRequest, bodyBytes);
    if (wanted.dryRun) return jsonResponse(await services.resources.prunePreview(wanted));
    return await answerStarted(await services.resources.prune(wanted), wait[0], services);
  };
}
