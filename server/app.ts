/** The table of paths, and the handling of every request: access check, route, problem document. */
import { withoutBody } from "./http/head_answer.ts";
import { type Channel, checkAccess, isTrusted, validityOf } from "./access/access.ts";
import { Downloads } from "./access/downloads.ts";
import { Attempts } from "./access/attempts.ts";
import type { ProxyWarning } from "./access/proxy_warning.ts";
import { credentialsOf } from "./access/credentials.ts";
import { AppError } from "./errors.ts";
import type { Containers } from "./containers/containers.ts";
import type { Outputs } from "./output/outputs.ts";
import { ScanLimits } from "./output/search/scan_limits.ts";
import type { Limits } from "./config/limits.ts";
import type { LogLines } from "./log/recent_lines.ts";
import { jsonResponse, NO_STORE, problemResponse } from "./http/problem.ts";
import { parseOptions } from "./http/query.ts";
import { getStats, openStats } from "./routes/docker_stats.ts";
import { openOutput } from "./routes/container_output.ts";
import { Audited } from "./routes/audited.ts";
import { containerPaths } from "./routes/containers.ts";
import { eventPaths, type EventServices } from "./routes/events.ts";
import { getAsyncApi, getOpenApi } from "./routes/contracts.ts";
import { downloadPaths } from "./routes/downloads.ts";
import { withoutOptions } from "./routes/filters.ts";
import { HistoryReplays } from "./routes/history_replay.ts";
import { getLogs, openLogs } from "./routes/logs.ts";
import { getMetrics } from "./routes/metrics.ts";
import { getOutput } from "./routes/output_page.ts";
import { type PageParts, pagePaths } from "./routes/page.ts";
import { type SignInParts, signInPaths } from "./routes/sessions.ts";
import { openStackEvents } from "./routes/stack_events.ts";
import { Replays } from "./routes/stack_replay.ts";
import { resourcePaths, type ResourceServices } from "./routes/resources.ts";
import { stackPaths } from "./routes/stacks.ts";
import { updatePaths, type UpdateServices } from "./routes/updates.ts";
import { type Place, placeOf, withBaseLocation } from "./http/base_path.ts";
import { checkPath } from "./http/request_path.ts";
import { handlerOf, needOf, type Path, type Route, Router } from "./http/router.ts";
import { withSecurityHeaders } from "./http/security_headers.ts";
import { type Sockets, wantsSocket } from "./http/socket.ts";
import type { Adopter } from "./stacks/adopter.ts";
import type { Contents } from "./stacks/contents.ts";
import type { DeploymentPreview } from "./stacks/deployment_preview.ts";
import type { Editor } from "./stacks/editor.ts";
import type { Removal } from "./stacks/removal.ts";
import type { Runner } from "./stacks/runner.ts";
import type { Stacks } from "./stacks/stacks.ts";
import type { Feed } from "./stats/feed.ts";
import type { Journal } from "./store/journal.ts";

/** Services that the routes use. */
export interface Services extends PageParts, EventServices, ResourceServices, UpdateServices {
  readonly feed: Feed;
  readonly lines: LogLines;
  readonly outputs: Outputs;
  readonly stacks: Stacks;
  readonly editor: Editor;
  readonly adopter: Adopter;
  readonly contents: Contents;
  readonly deploymentPreview: DeploymentPreview;
  readonly removal: Removal;
  readonly runner: Runner;
  readonly containers: Containers;
  readonly journal: Journal;
  readonly proxies: ProxyWarning;
  readonly signIn: SignInParts;
  readonly sockets: Sockets;
  readonly limits: Limits;
  /** Requests that the port serves: all, or with `--socket` only the three WebSockets. */
  readonly tcpFor: "everything" | "sockets";
  /** Path that everything is served under, such as `/dockstat`; empty for the root. */
  readonly basePath: string;
}

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

function pathTable(
  services: Services,
  downloads: Downloads,
  find: Router["find"],
): Record<string, Path> {
  const { access, feed, lines, outputs, limits, runner } = services;
  const replays = new Replays(services.journal);
  const histories = new HistoryReplays();
  const scans = new ScanLimits();
  const { "/stacks": listed, ...ofStacks } = stackPaths(services, limits.bodyBytes);
  return {
    ...pagePaths(services, limits.bodyBytes),
    ...signInPaths(services.signIn, limits.bodyBytes, services.basePath),
    ...downloadPaths(
      { downloads, find, validityOf: (request) => validityOf(request, access), basePath: services.basePath },
      limits.bodyBytes,
    ),
    "/docker/stats": {
      GET: ({ url }) => getStats(url, feed),
      socket: (url, trusted) => openStats(url, { feed, histories }, trusted),
    },
    "/docker/hosts": {
      GET: async ({ url }) => {
        parseOptions(url.searchParams, {});
        await feed.measure();
        return jsonResponse(feed.reports());
      },
    },
    "/logs": { fileName: () => "dockstat", GET: ({ url }) => getLogs(url, lines) },
    "/logs/ws": {
      // DockStat's own log contains no secrets; container output may.
      need: (url) => isOutput(url) ? "secrets" : "view",
      fileName: ({ searchParams }) =>
        searchParams.get("container") ?? searchParams.get("project") ?? "dockstat",
      GET: (call) => isOutput(call.url) ? getOutput(call, feed) : getLogs(call.url, lines),
      socket: (url, _trusted, session) =>
        isOutput(url) ? openOutput(url, { feed, outputs, scans }, session) : openLogs(url, lines),
    },
    "/stacks": { ...listed, socket: (url, trusted) => openStackEvents(url, { runner, replays }, trusted) },
    ...ofStacks,
    ...containerPaths(services, limits.bodyBytes),
    ...resourcePaths(services, limits.bodyBytes),
    ...eventPaths(services),
    ...updatePaths(services),
    "/openapi.json": { GET: withoutOptions(() => getOpenApi(services.basePath)) },
    "/asyncapi.json": { GET: withoutOptions(({ url }) => getAsyncApi(url, services.basePath)) },
    "/metrics": { GET: ({ url }) => getMetrics(url, services) },
    "/healthz": { need: "nothing", GET: () => jsonResponse({ status: "ok" }) },
  };
}

function isOutput({ searchParams }: URL): boolean {
  return searchParams.has("container") || searchParams.has("project");
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
  if (route === undefined) throw missing(place, sent, router, basePath);
  if (place.kind === "edge") return redirect(`/${url.search}`);
  const { path, params } = route;
  const trusted = isTrusted(request, access, channel);
  const handler = handlerOf(path, request.method, url.pathname);
  if (path.socket !== undefined && request.method === "GET" && wantsSocket(request)) {
    const until = channel === "tcp" ? validityOf(request, access) : undefined;
    return sockets.upgrade(request, { peer, trusted, until }, await path.socket(url, trusted, until));
  }
  const response = await handler({ request, url, params, channel, trusted });
  return request.method === "HEAD" ? await withoutBody(response) : response;
}

/** Finds the route of a request; outside the base path only `/healthz` exists, for health checks. */
function routeAt(place: Place, { pathname }: URL, router: Router): Route | undefined {
  if (place.kind !== "outside") return router.find(place.url.pathname);
  return pathname === "/healthz" ? router.find(pathname) : undefined;
}

function missing(place: Place, { pathname }: URL, router: Router, basePath: string): AppError {
  if (place.kind !== "outside") return router.missing(place.url.pathname);
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
