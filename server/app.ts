/** Every path, in one table: access, then the route, and whatever is thrown becomes a problem document. */
import { type AccessRules, checkAccess } from "./access.ts";
import { AppError } from "./errors.ts";
import { jsonResponse, problemResponse } from "./problem.ts";
import { parseOptions } from "./query.ts";
import { getStats, openStats } from "./routes/docker_stats.ts";
import { type Client, type Sockets, wantsSocket } from "./socket.ts";
import type { Feed } from "./stats/feed.ts";

/** What the routes are served from. */
export interface Services {
  readonly feed: Feed;
  readonly sockets: Sockets;
  readonly access: AccessRules;
}

/** One path: what it answers to each method, and whether it can become a socket. */
interface Path {
  readonly get: (url: URL) => Response | Promise<Response>;
  /** Checks the options before the upgrade; what it returns serves the socket. */
  readonly socket?: (url: URL) => (client: Client) => Promise<void>;
}

/** The whole server as a function of a request; it never throws. */
export function createApp(services: Services): (request: Request) => Promise<Response> {
  const paths = pathTable(services);
  return async (request) => {
    try {
      return await answer(request, paths, services);
    } catch (error) {
      return problemResponse(error);
    }
  };
}

function pathTable({ feed }: Services): ReadonlyMap<string, Path> {
  return new Map<string, Path>([
    ["/docker/stats", {
      get: (url) => getStats(url, feed),
      socket: (url) => openStats(url, feed),
    }],
    ["/docker/hosts", {
      get: (url) => {
        parseOptions(url.searchParams, {});
        return jsonResponse(feed.reports());
      },
    }],
    ["/healthz", { get: () => jsonResponse({ status: "ok" }) }],
  ]);
}

async function answer(
  request: Request,
  paths: ReadonlyMap<string, Path>,
  { access, sockets }: Services,
): Promise<Response> {
  const url = new URL(request.url);
  checkAccess(request, url, access);
  const path = paths.get(url.pathname);
  if (path === undefined) {
    throw new AppError(
      "not-found",
      `There is nothing at "${url.pathname}": try ${[...paths.keys()].join(", ")}`,
    );
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    throw new AppError("method", `Cannot ${request.method} "${url.pathname}": allowed are GET and HEAD`, {
      headers: { allow: "GET, HEAD" },
    });
  }
  if (path.socket !== undefined && wantsSocket(request)) return sockets.upgrade(request, path.socket(url));
  const response = await path.get(url);
  return request.method === "HEAD" ? new Response(null, response) : response;
}
