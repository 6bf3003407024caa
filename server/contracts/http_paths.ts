/** Answers of each path and method: the table behind `/openapi.json`, compared with the router by a test. */
import { ALERT_PATHS } from "./alert_paths.ts";
import { CONTAINER_PATHS } from "./container_paths.ts";
import { DOWNLOAD_PATHS } from "./download_paths.ts";
import { EVENT_PATHS } from "./event_paths.ts";
import { UPDATE_PATHS } from "./update_paths.ts";
import { HOST_PATHS } from "./host_paths.ts";
import { SESSION_PATHS } from "./session_paths.ts";
import { PROMETHEUS_CONTENT_TYPE } from "../http/prometheus_text.ts";
import { type HttpOperation, type HttpPath } from "./http_operation.ts";
import { LOG_OPTIONS, STATS_FILTERS } from "./options.ts";
import { OUTPUT_OPTIONS, PAGE_OPTIONS } from "./output_options.ts";
import { RESOURCE_PATHS } from "./resource_paths.ts";
import { SWARM_PATHS } from "./swarm_paths.ts";
import { OPERATION_PATHS, STACK_PATHS } from "./stack_paths.ts";

/** All paths but those of the dashboard. */
export const HTTP_PATHS: Readonly<Record<string, HttpPath>> = {
  "/docker/stats": {
    get: {
      id: "getStats",
      summary: "Newest statistics of each container",
      tag: "containers",
      need: "view",
      query: STATS_FILTERS,
      answers: { 200: { description: "One object per container.", schema: "StatsBatch" } },
      socket: true,
    },
  },
  "/docker/hosts": {
    get: {
      id: "getHosts",
      summary: "Hosts and their state",
      tag: "containers",
      need: "view",
      answers: { 200: { description: "All configured hosts.", schema: "HostReport", list: true } },
    },
  },
  ...HOST_PATHS,
  "/logs": { get: logs("getLogs") },
  "/logs/ws": {
    get: {
      ...logs("getLogsBySocketPath"),
      summary: "Newest lines of DockStat's own log; with container and the token, a page of container output",
      query: { ...LOG_OPTIONS, ...OUTPUT_OPTIONS, ...PAGE_OPTIONS },
      answers: {
        200: {
          description:
            "Oldest first; 200 lines of the log, 100 of output unless tail is given. Output is streamed as " +
            "text, without pages, for Accept: text/plain.",
          schema: "LogEntry",
          list: true,
        },
      },
      socket: true,
    },
  },
  ...STACK_PATHS,
  ...CONTAINER_PATHS,
  ...RESOURCE_PATHS,
  ...SWARM_PATHS,
  ...OPERATION_PATHS,
  ...EVENT_PATHS,
  ...UPDATE_PATHS,
  ...ALERT_PATHS,
  ...serverPaths(),
};

function logs(id: string): HttpOperation {
  return {
    id,
    summary: "Newest lines of DockStat's own log",
    tag: "server",
    need: "view",
    query: LOG_OPTIONS,
    answers: {
      200: { description: "Oldest first; 200 unless tail is given.", schema: "LogMessage", list: true },
    },
  };
}

function serverPaths(): Readonly<Record<string, HttpPath>> {
  const plain = { tag: "server", need: "view" } as const;
  const document = (id: string, summary: string): HttpPath => ({
    get: { ...plain, id, summary, answers: { 200: { description: "The document." } } },
  });
  return {
    "/metrics": {
      get: {
        ...plain,
        id: "getMetrics",
        summary: "Containers, hosts, stacks and the server, for Prometheus",
        answers: {
          200: { description: "The text exposition format, 0.0.4.", type: PROMETHEUS_CONTENT_TYPE },
        },
      },
    },
    "/about": {
      get: {
        tag: "server",
        need: "nothing",
        id: "getAbout",
        summary: "The server, and what this client may do",
        answers: { 200: { description: "Version and access.", schema: "About" } },
        refusals: [401, 429],
      },
    },
    ...SESSION_PATHS,
    ...DOWNLOAD_PATHS,
    "/healthz": {
      get: {
        id: "getHealth",
        summary: "Health of the server",
        tag: "server",
        need: "nothing",
        answers: { 200: { description: "The server is healthy.", schema: "Health" } },
      },
    },
    "/openapi.json": document("getOpenApi", "The HTTP API: this document"),
    "/asyncapi.json": document("getAsyncApi", "The frames of the sockets"),
  };
}
