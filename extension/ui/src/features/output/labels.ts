/** Texts of container logs. */

/** Texts that the view of container logs shows. */
export const LABELS = {
  allRunning: "All running containers",
  choice: "Project or containers",
  choiceText: "The lines of all chosen containers appear as one list, ordered by time.",
  choiceTitle: "Choose a project or containers",
  connecting: "Connecting",
  containers: "Containers",
  otherContainers: "Other containers",
  emptyText: "New lines from stdout and stderr appear here.",
  emptyTitle: "No output yet",
  everything: "Everything",
  listName: "Logs of the container",
  loading: "Loading",
  logsTitle: "Logs",
  mergedName: "Merged logs",
  mute: "Hide this container",
  notStarted: "This container has not been started.",
  patternTooLong: "The text is too long to search the whole log. At most 256 characters are allowed.",
  projects: "Projects",
  restarted: "Restarted.",
  searchLost: "The connection was lost during the search.",
  searchRefused: "The search was refused. You can run two searches at a time, and all users together four.",
  signInText: "Logs may contain secrets. Sign in above, or open the link that DockStat printed at startup.",
  signInTitle: "Sign in to read logs",
  socket: "Logs",
  sources: "Containers of the log",
  unmute: "Show this container",
} as const;

/** Reason for a socket to a container that does not exist. */
export const CONTAINER_REMOVED = "the container has been removed";

/** Returns the number of running containers of a project, such as "3 of 4 running". */
export function runningOf(running: number, all: number): string {
  return `${running} of ${all} running`;
}

/** Returns the hint for links that are left out. */
export function moreLogs(count: number): string {
  return `${count} more: search in the field above.`;
}

/** Returns the reason for a socket to an unknown host. */
export function unknownHost(hostId: string): string {
  return `there is no host “${hostId}”`;
}
