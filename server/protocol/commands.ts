/** The table of commands: router, OpenAPI, CLI and the types of the page are derived from it. */
import type { StackAction, StackStatus } from "./stack_events.ts";

/** Kinds of objects that a command acts on; a project is one that DockStat did not create. */
export type CommandTarget = "stack" | "project" | "service";

/** One command. */
export interface CommandInfo {
  /** Action name in events. */
  readonly action: StackAction;
  /** Objects that it can act on. */
  readonly targets: readonly CommandTarget[];
  /** Status afterwards; `undefined` when the stack no longer exists. */
  readonly status: StackStatus | undefined;
  /** Method of its request. The path ends in the command's name unless the method is DELETE. */
  readonly method: "POST" | "DELETE";
  /** One line for OpenAPI and `--help`. */
  readonly summary: string;
}

/** Every command by name. */
export const COMMANDS = {
  deploy: {
    action: "deploying",
    targets: ["stack"],
    status: "deployed",
    method: "POST",
    summary: "Build changed images, then create and start containers that are missing or have changed",
  },
  start: {
    action: "starting",
    targets: ["stack", "project", "service"],
    status: "started",
    method: "POST",
    summary: "Start existing containers",
  },
  stop: {
    action: "stopping",
    targets: ["stack", "project", "service"],
    status: "stopped",
    method: "POST",
    summary: "Stop containers and keep them",
  },
  restart: {
    action: "restarting",
    targets: ["stack", "project", "service"],
    status: "restarted",
    method: "POST",
    summary: "Restart containers",
  },
  pull: {
    action: "pulling",
    targets: ["stack", "service"],
    status: "pulled",
    method: "POST",
    summary: "Pull images without restarting anything",
  },
  update: {
    action: "updating",
    targets: ["stack", "service"],
    status: "updated",
    method: "POST",
    summary: "Pull or build images, then recreate containers whose image has changed",
  },
  remove: {
    action: "removing",
    targets: ["stack", "project"],
    status: undefined,
    method: "DELETE",
    summary: "Remove containers and networks, then the stack",
  },
} as const satisfies Readonly<Record<string, CommandInfo>>;

/** Name of a command. */
export type Command = keyof typeof COMMANDS;

/** Names of the commands that act on a kind of object. */
export type CommandFor<Target extends CommandTarget> = {
  [Name in Command]: Target extends (typeof COMMANDS)[Name]["targets"][number] ? Name : never;
}[Command];

/** Names of the commands that are sent with POST. */
export type PostCommand = {
  [Name in Command]: (typeof COMMANDS)[Name]["method"] extends "POST" ? Name : never;
}[Command];

/** Lists the POST commands that act on a kind of object, in the order of the table. */
export function postCommands<Target extends CommandTarget>(
  target: Target,
): (CommandFor<Target> & PostCommand)[] {
  return Object.entries(COMMANDS).flatMap(([name, { targets, method }]: [string, CommandInfo]) =>
    method === "POST" && targets.includes(target) ? [name as CommandFor<Target> & PostCommand] : []
  );
}
