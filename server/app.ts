/** Every path, in one table: access, then the route, and whatever is thrown becomes a problem document. */
import { type Channel, checkAccess, ticketOf } from "./access/access.ts";
import { Attempts } from "./access/attempts.ts";
import { credentialsOf } from "./access/credentials.ts";
import { AppError } from "./errors.ts";
import type { Outputs } from "./output/outputs.ts";
import type { Limits } from "./config/limits.ts";
import type { LogLines } from "./log/recent_lines.ts";
import { jsonResponse, problemResponse } from "./http/problem.ts";
import { parseOptions } from "./http/query.ts";
import { getStats, openStats } from "./routes/docker_stats.ts";
import { getOutput, openOutput } from "./routes/container_output.ts";
import { getAsyncApi, getOpenApi } from "./routes/contracts.ts";
import { withoutOptions } from "./routes/filters.ts";
import { getLogs, openLogs } from "./routes/logs.ts";
import { getMetrics } from "./routes/metrics.ts";
import { type PageParts, pagePaths } from "./routes/page.ts";
import { signInPage } from "./routes/sign_in.ts";
import { openStackEvents } from "./routes/stack_events.ts";
import { stackPaths } from "./routes/stacks.ts";
import { handlerOf, needOf, type Path, type Route, Router } from "./http/router.ts";
import { type Sockets, wantsSocket } from "./http/socket.ts";
import type { Editor } from "./stacks/editor.ts";
import type { Stacks } from "./stacks/stacks.ts";
import type { Feed } from "./stats/feed.ts";

/** What the routes are served from. */
export interface Services extends PageParts {
  readonly feed: Feed;
  readonly lines: LogLines;
  readonly outputs: Outputs;
  readonly stacks: Stacks;
  readonly editor: Editor;
  readonly sockets: Sockets;
  readonly limits: Limits;
  /** What the port answers to: everything, or with `--socket` the three sockets alone. */
  readonly tcpFor: "everything" | "sockets";
}

/** The whole server as a function of a request, the address that it comes from and its door; it never throws. */
export type App = (request: Request, peer: string, door?: Channel) => Promise<Response>;

/** Wires the paths to their services. */
export function createApp(services: Services): App {
  const router = new Router(pathTable(services));
  const attempts = new Attempts({ most: services.limits.wrongTokens, windowMs: 60_000, peers: 1000 });
  return async (request, peer, door = "tcp") => {
    try {
      return await answer(request, { peer, door }, router, services);
    } catch (error) {
      const told = limited(error, request, peer, attempts);
      return signInPage(request, told) ?? problemResponse(told);
    }
  };
}

function pathTable(services: Services): Record<string, Path> {
  const { feed, lines, outputs, stacks, editor, limits } = services;
  const { "/stacks": listed, ...ofStacks } = stackPaths(stacks, editor, limits.bodyBytes);
  return {
    ...pagePaths(services, limits.bodyBytes),
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
      need: (url) => isOutput(url) ? "secrets" : "view",
      GET: (call) => isOutput(call.url) ? getOutput(call, feed) : getLogs(call.url, lines),
      socket: (url) => isOutput(url) ? openOutput(url, feed, outputs) : openLogs(url, lines),
    },
    "/stacks": { ...listed, socket: (url) => openStackEvents(url, stacks) },
    ...ofStacks,
    "/openapi.json": { GET: withoutOptions(getOpenApi) },
    "/asyncapi.json": { GET: withoutOptions(({ url }) => getAsyncApi(url)) },
    "/metrics": { GET: ({ url }) => getMetrics(url, services) },
    "/healthz": { need: "nothing", GET: () => jsonResponse({ status: "ok" }) },
  };
}

function isOutput({ searchParams }: URL): boolean {
  return searchParams.has("container");
}

/** Where a request comes from. */
interface Origin {
  readonly peer: string;
  readonly door: Channel;
}

async function answer(
  request: Request,
  { peer, door }: Origin,
  router: Router,
  { access, sockets, limits, tcpFor }: Services,
): Promise<Response> {
  const url = urlOf(request);
  checkSize(request, limits);
  const found = router.find(url.pathname);
  const shut = door === "tcp" && tcpFor === "sockets" && !isForSockets(request, found);
  const route = shut || found?.path.door !== undefined && found.path.door !== door ? undefined : found;
  checkAccess(request, url, needOf(route, request.method, url), access, door);
  if (shut) throw new AppError("not-found", `There is nothing at "${url.pathname}" here: ${ONLY_SOCKETS}`);
  if (route === undefined) throw router.missing(url.pathname);
  const { path, params } = route;
  const handler = handlerOf(path, request.method, url.pathname);
  if (path.socket !== undefined && request.method === "GET" && wantsSocket(request)) {
    const until = door === "tcp" ? ticketOf(request, access)?.signal : undefined;
    return sockets.upgrade(request, peer, path.socket(url), until);
  }
  const response = await handler({ request, url, params, door });
  return request.method === "HEAD" ? await withoutBody(response) : response;
}

const ONLY_SOCKETS = "with --socket everything but the three WebSockets is answered on that socket";

/** What a port answers to when everything else goes by the unix socket. */
function isForSockets(request: Request, route: Route | undefined): boolean {
  if (route?.path.need === "nothing") return ["GET", "HEAD"].includes(request.method);
  return route?.path.socket !== undefined && request.method === "GET" && wantsSocket(request);
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
