/** The table of commands on single containers: router, OpenAPI and CLI are derived from it. */
import type { StackAction, StackStatus } from "./stack_events.ts";

/** One command on a container. */
export interface ContainerCommandInfo {
  /** Action name in events. */
  readonly action: StackAction;
  /** Status afterwards. */
  readonly status: StackStatus;
  /** One line for OpenAPI and `--help`. */
  readonly summary: string;
}

/** Every command that is sent with POST, by name. */
export const CONTAINER_COMMANDS = {
  start: { action: "starting", status: "started", summary: "Start a container" },
  stop: { action: "stopping", status: "stopped", summary: "Stop a container, with its own timeout" },
  restart: { action: "restarting", status: "restarted", summary: "Restart a container" },
  kill: { action: "killing", status: "killed", summary: "Kill the processes of a container at once" },
  pause: { action: "pausing", status: "paused", summary: "Pause the processes of a container" },
  unpause: { action: "unpausing", status: "unpaused", summary: "Continue a paused container" },
} as const satisfies Readonly<Record<string, ContainerCommandInfo>>;

/** Name of a command on a container. */
export type ContainerCommand = keyof typeof CONTAINER_COMMANDS;

/** Names of the commands, in the order of the table. */
export const CONTAINER_COMMAND_NAMES = Object.keys(CONTAINER_COMMANDS) as readonly ContainerCommand[];
