/** Compose arguments and final messages of each command in the table. */
import { type Command, COMMANDS } from "../protocol/commands.ts";
import type { StackAction } from "../protocol/stack_events.ts";

const UP = ["up", "-d", "--remove-orphans"];

/** Arguments of the Compose runs of each command, one run after the other. */
export const COMPOSE_RUNS: Readonly<Record<Command, readonly (readonly string[])[]>> = {
  deploy: [UP],
  start: [["start"]],
  stop: [["stop"]],
  restart: [["restart"]],
  pull: [["pull"]],
  update: [["pull"], UP],
  remove: [["down", "--remove-orphans"]],
};

/** Returns the message of a command that succeeded, such as "Stack deployed successfully". */
export function successMessage(command: Command, kind: "Stack" | "Project"): string {
  return `${kind} ${COMMANDS[command].status ?? "removed"} successfully`;
}

/** Returns the message of a cancelled operation. */
export function cancelledMessage(action: StackAction): string {
  return `${action.charAt(0).toUpperCase()}${action.slice(1)} was cancelled`;
}
