/** Texts of the container views. */
import type { StateFilter } from "./arrange.ts";
import type { ColumnId } from "./column_ids.ts";

/** Texts that the container views show. */
export const LABELS = {
  actions: "Actions",
  allContainers: "← All containers",
  allHiddenText: "They have the label dockstat.hide=true.",
  allHiddenTitle: "All containers are hidden",
  allHosts: "All hosts",
  chartSocket: "Charts",
  charts: "Show charts",
  clearFilters: "Clear filters",
  columns: "Columns",
  connecting: "Connecting",
  containers: "Containers",
  containersRegion: "Containers, scrollable",
  cpu: "CPU",
  groupByProject: "Group by stack",
  compact: "Compact rows",
  cpuOfCore: "CPU: 100 % is one core",
  cpuOfHost: "CPU: 100 % is the host",
  view: "View",
  filters: "Filter by state",
  host: "Host",
  hostsDownText:
    "Start Docker on this machine, or check the hosts in dockstat.yaml. Containers appear automatically.",
  hostsDownTitle: "No Docker host is reachable",
  loading: "Loading…",
  logs: "Logs",
  memory: "Memory",
  missingText: "The container may have been removed. New containers appear within seconds.",
  missingTitle: "Container not found",
  noContainersText: "New ones appear here.",
  noContainersTitle: "No containers yet",
  noMatchesTitle: "No matching containers",
  notAvailable: "n/a",
  openInDesktop: "Open in Docker Desktop",
  openSuccessor: (name: string) => `Open ${name}`,
  otherContainers: "Other containers",
  select: (name: string) => `Select ${name}`,
  removed: (name: string) => `Container ${name} was removed.`,
  replaced: (name: string) => `Container ${name} was removed. Another one has replaced it.`,
  refusedTitle: "Cannot show this container",
  search: "Search",
  searchHint: "Search  /",
  searchPlain: "Search",
  logsOf: (project: string) => `Logs of ${project}`,
  stack: "Stack",
  stackOf: (project: string) => `Stack ${project}`,
  limit: (limit: string) => `of ${limit}`,
  sort: "Sort",
  statisticsSocket: "Statistics",
  terminal: "Terminal",
  waiting: "Waiting for DockStat…",
  waitingForNumbers: "Waiting for the first numbers",
} as const;

/** Names of states. */
export const STATE_TEXTS = {
  memory: "out of memory",
  noData: "no data",
  restarting: "restarting",
  unknown: "unknown",
} as const;

/** Labels of the state filter. */
export const STATE_FILTER_LABELS: Readonly<Record<StateFilter, string>> = {
  all: "All",
  running: "Running",
  stopped: "Stopped",
  unhealthy: "Attention",
};

/** Headings of the columns, and their tooltips. */
export const COLUMN_LABELS: Readonly<Record<ColumnId, readonly [label: string, help: string]>> = {
  name: ["Name", "Name of the container"],
  image: ["Image", "Image, as in docker ps"],
  cpu: ["CPU", "CPU, as in docker stats. 100 % is one core, or all cores of the host if chosen"],
  memory: ["Memory", "Memory without the page cache, as in docker stats. The bar shows the limit"],
  network: ["Network", "Received and sent, per second"],
  block: ["Disk", "Read and written, per second"],
  pids: ["PIDs", "Processes and threads"],
  status: ["Status", "State and its duration. Sorted by duration"],
  host: ["Host", "Id of the host in the configuration"],
};

/** Reasons for missing values. */
export const MISSING = {
  cores: "The engine does not report its number of cores",
  memory: "The engine reports no memory usage. Its host may lack the memory cgroup controller",
  pids: "The engine does not report the number of processes",
  stale: "The values cannot be read now",
} as const;

/** Returns the reason why a stopped container has no values. */
export function notRunning(state: string): string {
  return `Not running (${state})`;
}

/** Returns the reason for missing rates of traffic, such as "network traffic". */
export function noRates(traffic: string): string {
  return `The engine has not reported ${traffic} of this container yet`;
}

/** Returns the reason for a socket to an unknown host. */
export function unknownHost(hostId: string): string {
  return `there is no host “${hostId}”`;
}

/** Returns a number with its noun, such as "2 containers". */
export function countContainers(count: number): string {
  return `${count} ${count === 1 ? "container" : "containers"}`;
}

/** Returns the tooltip of the state of a container without readable values. */
export function staleState(state: string): string {
  return `${state}; the values of this container cannot be read now`;
}

/** Counts of a group or a host, in the parts of a sentence; a narrow page leaves out the second. */
export function countParts(
  { containers, running, paused, restarting, silent }: {
    readonly containers: number;
    readonly running: number;
    readonly paused: number;
    readonly restarting: number;
    readonly silent: number;
  },
): readonly [numbers: string, word: string, others: string] {
  if (silent > 0 && silent === containers) return [countContainers(containers), "", ", no data"];
  const others = [paused > 0 ? `, ${paused} paused` : "", restarting > 0 ? `, ${restarting} restarting` : ""];
  return [`${running} of ${containers}`, " running", others.join("")];
}

/** Returns the counts of a group or a host, such as "3 of 5 running, 1 paused". */
export function describeCounts(totals: Parameters<typeof countParts>[0]): string {
  return countParts(totals).join("");
}

/** Returns the warning for an unreachable host. */
export function describeDownHost(hostId: string, since: string, hasAnswered: boolean): string {
  const values = hasAnswered ? " Its containers show their last known values." : "";
  return `Host ${hostId} has not been reachable since ${since}. Is Docker running there? DockStat keeps retrying.${values}`;
}
