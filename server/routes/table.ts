/** The table of all paths, and the services behind them. */
import { validityOf } from "../access/access.ts";
import { Downloads } from "../access/downloads.ts";
import type { ProxyWarning } from "../access/proxy_warning.ts";
import type { Outputs } from "../output/outputs.ts";
import { ScanLimits } from "../output/search/scan_limits.ts";
import type { Limits } from "../config/limits.ts";
import type { LogLines } from "../log/recent_lines.ts";
import { jsonResponse } from "../http/problem.ts";
import { parseOptions } from "../http/query.ts";
import { getStats, openStats } from "./docker_stats.ts";
import { openOutput } from "./container_output.ts";
import { alertPaths, type AlertServices } from "./alerts.ts";
import { containerPaths, type ContainerServices } from "./containers.ts";
import { eventPaths, type EventServices } from "./events.ts";
import { getAsyncApi, getOpenApi } from "./contracts.ts";
import { downloadPaths } from "./downloads.ts";
import { withoutOptions } from "./filters.ts";
import { hostPaths, type HostServices } from "./hosts.ts";
import { HistoryReplays } from "./history_replay.ts";
import { getLogs, openLogs } from "./logs.ts";
import { getMetrics } from "./metrics.ts";
import { checkOutput, getOutput, outputName } from "./output_page.ts";
import { type PageParts, pagePaths } from "./page.ts";
import { type SignInParts, signInPaths } from "./sessions.ts";
import { openStackEvents } from "./stack_events.ts";
import { Replays } from "./stack_replay.ts";
import { resourcePaths, type ResourceServices } from "./resources.ts";
import { stackPaths } from "./stacks.ts";
import type { GitServices } from "./stack_git.ts";
import { swarmPaths, type SwarmServices } from "./swarm.ts";
import { updatePaths, type UpdateServices } from "./updates.ts";
import { type Path, Router } from "../http/router.ts";
import { type Sockets } from "../http/socket.ts";
import type { Adopter } from "../stacks/adopter.ts";
import type { Contents } from "../stacks/contents.ts";
import type { DeploymentPreview } from "../stacks/deployment_preview.ts";
import type { Editor } from "../stacks/editor.ts";
import type { Removal } from "../stacks/removal.ts";
import type { Runner } from "../stacks/runner.ts";
import type { Stacks } from "../stacks/stacks.ts";
import type { Feed } from "../stats/feed.ts";
import type { DraftStore } from "../store/drafts/draft_store.ts";
import type { Journal } from "../store/journal.ts";

/** Services that the routes use. */
export interface Services
  extends
    PageParts,
    AlertServices,
    EventServices,
    GitServices,
    ContainerServices,
    HostServices,
    ResourceServices,
    SwarmServices,
    UpdateServices {
  readonly feed: Feed;
  readonly lines: LogLines;
  readonly outputs: Outputs;
  readonly stacks: Stacks;
  readonly editor: Editor;
  readonly adopter: Adopter;
  readonly contents: Contents;
  readonly deploymentPreview: DeploymentPreview;
  readonly drafts: DraftStore;
  readonly removal: Removal;
  readonly runner: Runner;
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

/** Returns every path with its handlers. */
export function pathTable(
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
    ...hostPaths(services, limits.bodyBytes),
    "/logs": { fileName: () => "dockstat", GET: ({ url }) => getLogs(url, lines) },
    "/logs/ws": {
      // DockStat's own log contains no secrets; container output may.
      need: (url) => isOutput(url) ? "secrets" : "view",
      fileName: (url) => outputName(url, feed),
      checkFile: (url) => isOutput(url) ? checkOutput(url, feed) : Promise.resolve(),
      GET: (call) => isOutput(call.url) ? getOutput(call, feed) : getLogs(call.url, lines),
      socket: (url, _trusted, { session }) =>
        isOutput(url) ? openOutput(url, { feed, outputs, scans }, session) : openLogs(url, lines),
    },
    "/stacks": { ...listed, socket: (url, trusted) => openStackEvents(url, { runner, replays }, trusted) },
    ...ofStacks,
    ...containerPaths(services, limits.bodyBytes),
    ...resourcePaths(services, limits.bodyBytes),
    ...swarmPaths(services, limits.bodyBytes),
    ...eventPaths(services),
    ...alertPaths(services, limits.bodyBytes),
    ...updatePaths(services),
    ...monitoringPaths(services),
  };
}

/** Returns the paths for programs that watch DockStat or generate a client. */
function monitoringPaths(services: Services): Record<string, Path> {
  const { basePath } = services;
  return {
    "/openapi.json": { GET: withoutOptions(() => getOpenApi(basePath)) },
    "/asyncapi.json": { GET: withoutOptions(({ url }) => getAsyncApi(url, basePath)) },
    "/metrics": { GET: ({ url }) => getMetrics(url, services) },
    "/healthz": { need: "nothing", GET: () => jsonResponse({ status: "ok" }) },
  };
}

function isOutput({ searchParams }: URL): boolean {
  return searchParams.has("container") || searchParams.has("project");
}
