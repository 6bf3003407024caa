/** Texts of container logs. */

/** Texts that the view of container logs shows. */
export const LABELS = {
  connecting: "Connecting",
  emptyText: "New lines from stdout and stderr appear here.",
  emptyTitle: "No output yet",
  listName: "Logs of the container",
  loading: "Loading",
  notStarted: "This container has not been started.",
  restarted: "Restarted.",
  showTimes: "Show times",
  signInText: "Logs may contain secrets. Sign in above, or open the link that DockStat printed at startup.",
  signInTitle: "Sign in to read logs",
  socket: "Logs",
} as const;

/** Reason for a socket to a container that does not exist. */
export const CONTAINER_REMOVED = "the container has been removed";

/** Returns the reason for a socket to an unknown host. */
export function unknownHost(hostId: string): string {
  return `there is no host “${hostId}”`;
}
