/** Texts of the charts. */
import { formatTime } from "../../../../lib/format.ts";
import type { RangeName } from "./ranges.ts";

/** Texts of the charts and their controls. */
export const CHART_LABELS = {
  ranges: "Time range",
  charts: "Charts",
  reset: "Reset zoom",
  zoomed: (from: number, to: number) => `${formatTime(from)} – ${formatTime(to)}`,
  compare: "Compare…",
  compareWith: (name: string) => `Compare ${name} with`,
  compareSearch: "Find a container",
  compareLimit: "Up to three other containers can be compared.",
  stopComparing: (name: string) => `Stop comparing with ${name}`,
  noMatches: "No matching containers",
  csv: "CSV",
  csvHelp: "Save the values of this time range",
  png: "PNG",
  pngHelp: "Save the charts as a picture",
  cpu: "CPU",
  cpuUnit: "100 % is one core",
  memory: "Memory",
  network: "Network",
  disk: "Disk",
  received: "received",
  sent: "sent",
  read: "read",
  written: "written",
  networkSum: "received and sent",
  diskSum: "read and written",
  limit: (limit: string) => `limit ${limit}`,
  showLimit: "Show the limit in the chart",
  hideLimit: "Hide the limit",
  cores: (count: number) => `${count} ${count === 1 ? "core" : "cores"}`,
  max: (value: string, time: string) => `max ${value} at ${time}`,
  range: (low: string, high: string) => `${low} – ${high}`,
  noData: "no data",
  noValues: "No measurements in this time range.",
  loading: "Loading the history…",
  chart: (title: string) => `${title} over time`,
  keys: "Arrow keys move through time, plus and minus zoom, Escape resets.",
  noToken: "More than 10 minutes of history need the token. Sign in to see them.",
  tooLong: (limit: string) => `This server offers at most ${limit} of history.`,
  refused: "This server does not offer more than 1 h of history.",
  since: (time: string) => `Measurements start at ${time}.`,
  hostDown: (hostId: string, since: string) => `No data: host ${hostId} has not answered since ${since}.`,
  notRunning: (state: string) => `Not running (${state}). The charts show the past.`,
  events: "Events",
  noEvents: "No restarts, deployments or kills in this time range.",
} as const;

/** Labels of the ranges, and their tooltips. */
export const RANGE_LABELS: Readonly<Record<RangeName, readonly [label: string, help: string]>> = {
  "1m": ["1 min", "The last minute, live"],
  "10m": ["10 min", "The last 10 minutes"],
  "1h": ["1 h", "The last hour"],
  "6h": ["6 h", "The last 6 hours"],
  "24h": ["24 h", "The last 24 hours"],
  "7d": ["7 d", "The last 7 days"],
  "30d": ["30 d", "The last 30 days"],
};

/** Texts of the marks. */
export const MARK_LABELS = {
  memory: "out of memory",
  memoryText: "The kernel killed a process: out of memory",
  restart: "restart",
  restartText: "Restarted",
  start: "start",
  startText: "Started",
  exit: (code: number | null) => code === null ? "exit" : `exit ${code}`,
  exitText: (code: number | null) => code === null ? "Exited" : `Exited with ${code}`,
  deploy: "deploy",
  deployText: (action: string | null, name: string | null, state: string | null) =>
    `${action === "update" || action === "updating" ? "Update" : "Deployment"} of ${name ?? "the stack"}${
      state === null || state === "succeeded" ? "" : `: ${state}`
    }`,
  limits: "limits",
  limitsText: "Limits or restart policy changed",
} as const;
