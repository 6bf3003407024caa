import type { StackAction, StackStatus } from "../protocol/stack_events.ts";

/** What can be done to a stack, by the word of its request. */
export const COMMANDS = ["deploy", "start", "stop", "restart", "pull", "update", "remove"] as const;
/** One of {@linkcode COMMANDS}. */
export type Command = (typeof COMMANDS)[number];

/** One kind of operation. */
export interface ActionKind {
  readonly action: StackAction;
  /** The arguments of Compose, one run after the other. */
  readonly runs: readonly (readonly string[])[];
  /** What the stack then is; `undefined` when it then is no more. */
  readonly status: StackStatus | undefined;
  /** Said when it went well. */
  readonly success: string;
}

const UP = ["up", "-d", "--remove-orphans"];

/** Every command's kind. */
export const KINDS: Readonly<Record<Command, ActionKind>> = {
  deploy: { action: "deploying", runs: [UP], status: "deployed", success: "Stack deployed successfully" },
  start: { action: "starting", runs: [["start"]], status: "started", success: "Stack started successfully" },
  stop: { action: "stopping", runs: [["stop"]], status: "stopped", success: "Stack stopped successfully" },
  restart: {
    action: "restarting",
    runs: [["restart"]],
    status: "restarted",
    success: "Stack restarted successfully",
  },
  pull: { action: "pulling", runs: [["pull"]], status: "pulled", success: "Stack pulled successfully" },
  update: {
    action: "updating",
    runs: [["pull"], UP],
    status: "updated",
    success: "Stack updated successfully",
  },
  remove: {
    action: "removing",
    runs: [["down", "--remove-orphans"]],
    status: undefined,
    success: "Stack removed successfully",
  },
};

/** Said when the operation was cancelled. */
export function cancelled(action: StackAction): string {
  return `${action.charAt(0).toUpperCase()}${action.slice(1)} was cancelled`;
}
