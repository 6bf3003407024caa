/** Texts of the selection of containers. */
import type { BulkAction, BulkResult, BulkTarget } from "./bulk.ts";

/** Names of the operations. */
export const BULK_LABELS: Readonly<Record<BulkAction, string>> = {
  start: "Start",
  stop: "Stop",
  restart: "Restart",
  kill: "Kill…",
  pause: "Pause",
  unpause: "Unpause",
  remove: "Remove…",
};

const PAST: Readonly<Record<BulkAction, string>> = {
  start: "Started",
  stop: "Stopped",
  restart: "Restarted",
  kill: "Killed",
  pause: "Paused",
  unpause: "Unpaused",
  remove: "Removed",
};

/** Longest list of names in a result. */
const MOST_SHOWN = 3;

/** Texts of the bar and its dialog. */
export const SELECTION = {
  bar: "Selected containers",
  count: (count: number) => `${count} selected`,
  all: "Select all",
  logs: "Logs",
  clear: "Clear selection",
  more: "More operations",
  of: (action: string, count: number, all: number) => count === all ? action : `${action} (${count})`,
  none: "This does not apply to any selected container.",
  running: (action: string, count: number) => `${action} ${containers(count)}…`,
  title: (action: string, count: number) => `${action} ${containers(count)}?`,
  confirm: { kill: "Kill", remove: "Remove" },
  lost: {
    kill: "Their programs end immediately and cannot save data.",
    remove:
      "The containers and everything written outside volumes are deleted. This cannot be undone. Volumes stay.",
  },
  force: (count: number) =>
    `Kill the ${count === 1 ? "one" : count} that still ${count === 1 ? "runs" : "run"}`,
  onHost: (hostId: string) => `on host “${hostId}”`,
  recreate: "Deploy a stack again to create its containers.",
} as const;

function containers(count: number): string {
  return `${count} ${count === 1 ? "container" : "containers"}`;
}

/** Returns the summary of an operation on several containers. */
export function resultText({ action, done, failed }: BulkResult): string {
  const all = done.length + failed.length;
  const recreates = action === "remove" && done.some(({ project }: BulkTarget) => project !== null);
  const more = failed.length - MOST_SHOWN;
  return [
    failed.length === 0
      ? `${PAST[action]} ${containers(all)}.`
      : `${PAST[action]} ${done.length} of ${containers(all)}.`,
    ...failed.slice(0, MOST_SHOWN).map(({ target, reason }) =>
      `${target.name} (${target.hostId}): ${reason}`
    ),
    ...more > 0 ? [`${more} more failed.`] : [],
    ...recreates ? [SELECTION.recreate] : [],
  ].join(" ");
}
