/** Every path, in one table: access, then the route, and whatever is thrown becomes a problem document. */
import { type AccessRules, checkAccess } from "./access.ts";
import { Attempts } from "./attempts.ts";
import { credentialsOf } from "./credentials.ts";
import { AppError } from "./errors.ts";
import type { Outputs } from "./logs/outputs.ts";
import type { Limits } from "./limits.ts";
import type { LogLines } from "./log_lines.ts";
import { jsonResponse, problemResponse } from "./problem.ts";
import { parseOptions } from "./query.ts";
import { getStats, openStats } from "./routes/docker_stats.ts";
import { openOutput } from "./routes/container_output.ts";
import { getLogs, openLogs } from "./routes/logs.ts";
import { type CookieMaker, getRoot } from "./routes/root.ts";
import { openStackEvents } from "./routes/stack_events.ts";
import { stackPaths } from "./routes/stacks.ts";
import { handlerOf, needOf, type Path, Router } from "./router.ts";
import { type Sockets, wantsSocket } from "./socket.ts";
import type { Editor } from "./stacks/editor.ts";
import type { Stacks } from "./stacks/stacks.ts";
import type { Feed } from "./stats/feed.ts";

/** What the routes are served from. */
export interface Services {
  readonly feed: Feed;
  readonly lines: LogLines;
  readonly outputs: Outputs;
  readonly stacks: Stacks;
  readonly editor: Editor;
  readonly sockets: Sockets;
  readonly access: AccessRules;
  /** The cookie that stands for the token. */
  readonly cookie: CookieMaker;
  readonly limits: Limits;
}

/** The whole server as a function of a request and the address that it comes from; it never throws. */
export type App = (request: Request, peer: string) => Promise<Response>;

/** Wires the paths to their services. */
export function createApp(services: Services): App {
  const router = new Router(pathTable(services));
  const attempts = new Attempts({ most: services.limits.wrongTokens, windowMs: 60_000, peers: 1000 });
  return async (request, peer) => {
    try {
      return await answer(request, peer, router, services);
    } catch (error) {
      return problemResponse(limited(error, request, peer, attempts));
    }
  };
}

function pathTable({ feed, lines, outputs, cookie, stacks, editor, limits }: Services): Record<string, Path> {
  const { "/stacks": listed, ...ofStacks } = stackPaths(stacks, editor, limits.bodyBytes);
  return {
    "/": { need: "nothing", GET: ({ url }) => getRoot(url, cookie) },
    "/docker/stats": {
      GET: ({ url }) => getStats(url, feed),
      socket: (url) => openStats(url, feed),
    },
    "/docker/hosts": {
      GET: ({ url }) => {
        parseOptions(url.searchParams, {});
        return jsonResponse(feed.reports());
      },
    },
    "/logs": { GET: ({ url }) => getLogs(url, lines) },
    "/logs/ws": {
      // Its own log tells no secrets; what a container writes may.
      need: (url) => url.searchParams.has("container") ? "secrets" : "view",
      GET: ({ url }) => getLogs(url, lines),
      socket: (url) =>
        url.searchParams.has("container") ? openOutput(url, feed, outputs) : openLogs(url, lines),
    },
    "/stacks": { ...listed, socket: (url) => openStackEvents(url, stacks) },
    ...ofStacks,
    "/healthz": { need: "nothing", GET: () => jsonResponse({ status: "ok" }) },
  };
}

async function answer(
  request: Request,
  peer: string,
  router: Router,
  { access, sockets, limits }: Services,
): Promise<Response> {
  const url = urlOf(request);
  checkSize(request, limits);
  const route = router.find(url.pathname);
  checkAccess(request, url, needOf(route, request.method, url), access);
  if (route === undefined) throw router.missing(url.pathname);
  const { path, params } = route;
  const handler = handlerOf(path, request.method, url.pathname);
  if (path.socket !== undefined && request.method === "GET" && wantsSocket(request)) {
    return sockets.upgrade(request, peer, path.socket(url));
  }
  const response = await handler({ request, url, params });
  return request.method === "HEAD" ? await withoutBody(response) : response;
}

/** The runtime builds the address from whatever stands in Host. */
function urlOf(request: Request): URL {
  try {
    return new URL(request.url);
  } catch (cause) {
    throw new AppError("malformed", "Cannot read the address of the request: its Host is no name", { cause });
  }
}

function checkSize({ headers, url }: Request, { headerBytes, bodyBytes }: Limits): void {
  const body = Number(headers.get("content-length") ?? 0);
  if (body > bodyBytes) {
    throw new AppError("too-large", `Cannot take a body of ${body} bytes: ${bodyBytes} are allowed`);
  }
  let size = url.length;
  for (const [name, value] of headers) size += name.length + value.length;
  if (size > headerBytes) {
    throw new AppError("malformed", `Cannot take ${size} bytes of headers: ${headerBytes} are allowed`);
  }
}

/** The answer to HEAD: everything that GET answers but the body, its length included. */
async function withoutBody(response: Response): Promise<Response> {
  const { byteLength } = await response.arrayBuffer();
  const headers = new Headers(response.headers);
  headers.set("content-length", String(byteLength));
  return new Response(null, { status: response.status, headers });
}

/** A wrong token counts against its peer; who has presented too many is told so instead. Cookies are no guesses. */
function limited(error: unknown, { headers, url }: Request, peer: string, attempts: Attempts): unknown {
  const wrongToken = error instanceof AppError && error.code === "unauthorized" &&
    (credentialsOf(headers).some(({ kind }) => kind !== "cookie") || /[?&]token=/.test(url));
  if (!wrongToken) return error;
  try {
    attempts.failed(peer);
    return error;
  } catch (tooMany) {
    return tooMany;
  }
}
