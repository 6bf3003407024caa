/** Texts of the operations on containers. */
import type { ContainerCommand } from "../../../../../../server/protocol/container_commands.ts";

/** Name of an operation that a view starts. */
export type ContainerAction = ContainerCommand | "remove" | "limit";

/** Texts of one operation. */
export interface ActionTexts {
  /** Label of its button. */
  readonly label: string;
  /** Explanation in a menu or tooltip. */
  readonly help: string;
  /** Verb while it runs, such as "Stopping". */
  readonly running: string;
}

/** Texts of the operations. */
export const ACTION_LABELS: Readonly<Record<ContainerAction, ActionTexts>> = {
  start: { label: "Start", help: "Start the container", running: "Starting" },
  stop: { label: "Stop", help: "Stop the container, with its own timeout", running: "Stopping" },
  restart: { label: "Restart", help: "Stop and start the container", running: "Restarting" },
  kill: { label: "Kill", help: "End its processes at once", running: "Killing" },
  pause: { label: "Pause", help: "Freeze its processes", running: "Pausing" },
  unpause: { label: "Unpause", help: "Continue its processes", running: "Unpausing" },
  remove: { label: "Remove…", help: "Delete the container", running: "Removing" },
  limit: {
    label: "Edit limits",
    help: "Change CPU, memory and restart policy",
    running: "Changing the limits of",
  },
};

/** Other texts of the operations. */
export const ACTION_TEXTS = {
  simulated: "Simulated containers cannot be changed.",
  more: "More actions",
  moreOf: (name: string) => `More actions for ${name}`,
  of: (action: string, name: string) => `${action} ${name}`,
  undo: (action: string) => `Undo: ${action}`,
  earlierLimits: "Earlier limits",
  running: (verb: string, name: string) => `${verb} ${name}…`,
  lost: "The result is unknown, because DockStat no longer has this operation.",
} as const;

/** Texts of the dialog that removes a container. */
export const REMOVAL_LABELS = {
  title: (name: string) => `Remove “${name}”?`,
  action: "Remove",
  running: (state: string) => `The container is ${state}.`,
  force: "Kill the container and remove it",
  volumes: "Also remove its anonymous volumes",
  loading: "Listing what will be removed…",
  failed: (reason: string) => `Cannot list what will be removed: ${reason}`,
  removed: "Will be removed",
  container: (name: string, hostId: string) => `Container ${name} on host “${hostId}”`,
  volume: (name: string, size: string | null) =>
    `Volume ${name}${size === null ? "" : `, ${size}`}, with its data`,
  final: "Everything written outside volumes is lost. This cannot be undone.",
  stays: "Named volumes, networks and the image stay.",
} as const;
