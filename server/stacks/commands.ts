/** Compose arguments and final messages of each command in the table. */
import { type Command, COMMANDS } from "../protocol/commands.ts";
import type { StackAction } from "../protocol/stack_events.ts";
import type { ImagePins } from "./run/image_pins.ts";

/** Options of a command. */
export interface CommandOptions {
  /** Acts on this service only. */
  readonly service?: string | undefined;
  /** Services to build before they are started; `all` builds every one that can be built. */
  readonly build?: "all" | readonly string[];
  /** Services whose containers are recreated although Compose sees no change. */
  readonly recreate?: "all" | readonly string[];
  /** Services that are recreated one after the other, because they share the network of {@linkcode service}. */
  readonly followers?: readonly string[];
  /** Services that a deployment recreates because a single file that they mount was replaced. */
  readonly remounted?: readonly string[];
  /** Services of the last deployment that this one does not have: their containers are removed. */
  readonly dropped?: readonly string[];
  /** Images that are pinned to digests; unset for the images of the compose file. */
  readonly pins?: ImagePins;
  /** Removes volumes too. */
  readonly volumes?: boolean;
}

/**
 * Services of every profile: Compose leaves those whose profile is off, though they may still run from a time when it
 * was on.
 */
const EVERY_PROFILE = ["--profile", "*"];

/** Returns the arguments of the Compose runs of a command, one run after the other. */
export function composeRuns(command: Command, options: CommandOptions): string[][] {
  const { service, build = [], volumes = false } = options;
  const only = service === undefined ? [] : [service];
  switch (command) {
    case "deploy":
      return [...build === "all" || build.length === 0 ? [] : [["build", ...build]], ...ups(options)];
    case "update": {
      const builds = build === "all"
        ? [["build", "--pull", ...only]]
        : build.length === 0
        ? []
        : [["build", "--pull", ...build]];
      return [["pull", "--ignore-buildable", ...only], ...builds, ...ups({ ...options, build: [] })];
    }
    case "pull":
      return [["pull", "--ignore-buildable", ...only]];
    case "stop":
      return [[...EVERY_PROFILE, "stop", ...only]];
    case "remove":
      return [[...EVERY_PROFILE, "down", "--remove-orphans", ...volumes ? ["--volumes"] : []]];
    case "start":
    case "restart":
      return [[command, ...only]];
  }
}

/** Arguments for a project of which only the containers are known: profiles are in its file. */
export function byName(runs: readonly (readonly string[])[]): string[][] {
  return runs.map((args) => args[0] === EVERY_PROFILE[0] ? args.slice(EVERY_PROFILE.length) : [...args]);
}

function ups({ service, build, recreate = [], followers = [] }: CommandOptions): string[][] {
  const whole = service === undefined ? ["--remove-orphans"] : ["--no-deps"];
  const flags = [...build === "all" ? ["--build"] : [], ...recreate === "all" ? ["--force-recreate"] : []];
  const up = ["up", "-d", ...whole, ...flags, ...service === undefined ? [] : [service]];
  const groups = recreate === "all" || recreate.length === 0 ? [] : [recreate];
  const later = [...groups, ...followers.map((name) => [name])];
  return [up, ...later.map((names) => ["up", "-d", "--no-deps", "--force-recreate", ...names])];
}

/** Returns the message of a command that succeeded, such as "Stack deployed successfully". */
export function successMessage(command: Command, subject: string): string {
  return `${subject} ${COMMANDS[command].status ?? "removed"} successfully`;
}

/** Returns the message of a cancelled operation. */
export function cancelledMessage(action: StackAction): string {
  return `${action.charAt(0).toUpperCase()}${action.slice(1)} was cancelled`;
}
