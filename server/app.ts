/** The handling of every request: access check, route, problem document. */
import { withoutBody } from "./http/head_answer.ts";
import { type Channel, checkAccess, isTrusted, validityOf } from "./access/access.ts";
import { Downloads } from "./access/downloads.ts";
import { Attempts } from "./access/attempts.ts";
import { credentialsOf } from "./access/credentials.ts";
import { AppError } from "./errors.ts";
import type { Limits } from "./config/limits.ts";
import { NO_STORE, problemResponse } from "./http/problem.ts";
import { Audited } from "./routes/audited.ts";
import { type Place, placeOf, withBaseLocation } from "./http/base_path.ts";
import { checkPath } from "./http/request_path.ts";
import { handlerOf, needOf, type Route, Router } from "./http/router.ts";
import { withSecurityHeaders } from "./http/security_headers.ts";
import { wantsSocket } from "./http/socket.ts";
import { pathTable, type Services } from "./routes/table.ts";

/** The whole server as a function of a request, the address of its peer and its channel; never rejects. */
export type App = (request: Request, peer: string, channel?: Channel) => Promise<Response>;

/** Wires the paths to their services. */
export function createApp(services: Services): App {
  const downloads = new Downloads();
  const router: Router = new Router(pathTable(services, downloads, (pathname) => router.find(pathname)));
  const attempts = new Attempts({ max: services.limits.wrongTokens, windowMs: 60_000, peers: 1000 });
  const audited = new Audited(services.audit, services.signIn, services.basePath, downloads);
  return async (request, peer, channel = "tcp") => {
    const record = audited.begin(request, peer, channel);
    const response = await answer(request, { peer, channel }, router, services)
      .catch((error) => problemResponse(limited(error, request, peer, attempts, services.basePath)));
    record(response.status);
    return withSecurityHeaders(withBaseLocation(response, services.basePath));
  };
}

/** Origin of a request. */
interface Origin {
  readonly peer: string;
  readonly channel: Channel;
}

async function answer(
  request: Request,
  { peer, channel }: Origin,
  router: Router,
  { access, proxies, sockets, limits, tcpFor, basePath }: Services,
): Promise<Response> {
  const sent = urlOf(request);
  if (channel === "tcp") proxies.check(request, access);
  checkSize(request, limits);
  const place = placeOf(sent, basePath);
  const url = place.kind === "outside" ? sent : place.url;
  const found = routeAt(place, sent, router);
  const onlySockets = channel === "tcp" && tcpFor === "sockets" && !isForSockets(request, url, found);
  const route = !onlySockets && isServedOn(found, channel) ? found : undefined;
  checkAccess(request, url, needOf(route, request.method, url), access, channel);
  if (onlySockets) {
    throw new AppError("not-found", `Nothing exists at "${url.pathname}" here: ${ONLY_SOCKETS}`);
  }
  if (route === undefined) throw missing(place, sent, router, basePath, channel);
  if (place.kind === "edge") return redirect(`/${url.search}`);
  const { path, params } = route;
  const trusted = isTrusted(request, access, channel);
  const handler = handlerOf(path, request.method, url.pathname);
  if (path.socket !== undefined && request.method === "GET" && wantsSocket(request)) {
    const session = channel === "tcp" ? validityOf(request, access) : undefined;
    const serve = await path.socket(url, trusted, { request, params, channel, peer, session });
    return sockets.upgrade(request, { peer, trusted, until: session, frameBytes: path.frameBytes }, serve);
  }
  const response = await handler({ request, url, params, channel, trusted });
  return request.method === "HEAD" ? await withoutBody(response) : response;
}

/** Finds the route of a request; outside the base path only `/healthz` exists, for health checks. */
function routeAt(place: Place, { pathname }: URL, router: Router): Route | undefined {
  if (place.kind !== "outside") return router.find(place.url.pathname);
  return pathname === "/healthz" ? router.find(pathname) : undefined;
}

function missing(
  place: Place,
  { pathname }: URL,
  router: Router,
  basePath: string,
  channel: Channel,
): AppError {
  if (place.kind !== "outside") return router.missing(place.url.pathname, channel);
  return new AppError("not-found", `Nothing exists at "${pathname}": DockStat is at ${basePath}/`);
}

function redirect(location: string): Response {
  return new Response(null, { status: 308, headers: { location, ...NO_STORE } });
}

const ONLY_SOCKETS = "with --socket this port serves the three WebSockets only";

/** Reports whether a path is served on a channel. */
function isServedOn(route: Route | undefined, channel: Channel): boolean {
  return route?.path.channel === undefined || route.path.channel === channel;
}

/** Reports whether a port serves a request when everything else is served by the unix socket. */
function isForSockets(request: Request, { pathname }: URL, route: Route | undefined): boolean {
  if (pathname === "/healthz") return ["GET", "HEAD"].includes(request.method);
  return route?.path.socket !== undefined && request.method === "GET" && wantsSocket(request);
}

/** Parses the URL, which the runtime builds from the Host header. */
function urlOf(request: Request): URL {
  checkPath(request.url);
  try {
    return new URL(request.url);
  } catch (cause) {
    throw new AppError("malformed", "Cannot read the address of the request: its Host is not a valid name", {
      cause,
    });
  }
}

function checkSize({ headers, url }: Request, { headerBytes, bodyBytes }: Limits): void {
  const body = Number(headers.get("content-length") ?? 0);
  if (body > bodyBytes) {
    throw new AppError("too-large", `Cannot accept a body of ${body} bytes: ${bodyBytes} are allowed`);
  }
  let size = url.length;
  for (const [name, value] of headers) size += name.length + value.length;
  if (size > headerBytes) {
    throw new AppError("malformed", `Cannot accept ${size} bytes of headers: ${headerBytes} are allowed`);
  }
}

/** Counts a wrong token or session against its peer, and returns the error of the rate limit once there are too many. */
function limited(
  error: unknown,
  { headers, method, url }: Request,
  peer: string,
  attempts: Attempts,
  basePath: string,
): unknown {
  const signsIn = method === "POST" && URL.canParse(url) && new URL(url).pathname === `${basePath}/sessions`;
  const wrong = error instanceof AppError && error.code === "unauthorized" &&
    (credentialsOf(headers).length > 0 || signsIn);
  if (!wrong) return error;
  try {
    attempts.failed(peer);
    return error;
  } catch (tooMany) {
    return tooMany;
  }
}
