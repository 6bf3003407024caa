/** Arguments and flags of `dockstat containers`, and the message for each usage error. */
import { AppError } from "../../errors.ts";
import {
  CONTAINER_COMMAND_NAMES,
  CONTAINER_COMMANDS,
  type ContainerCommand,
} from "../../protocol/container_commands.ts";
import { suggest } from "../suggest.ts";

function commandHelp(): string {
  return CONTAINER_COMMAND_NAMES.map((name) => {
    const { summary } = CONTAINER_COMMANDS[name];
    return `  ${`${name} NAME ...`.padEnd(20)}${summary.charAt(0).toLowerCase()}${summary.slice(1)}`;
  }).join("\n");
}

/** Text of `dockstat containers --help`. */
export const CONTAINERS_HELP = `Usage: dockstat containers [command] [flags]
Requires a running DockStat server.

Commands
  ls                  list all containers (default)
  show NAME           print the details of a container; values that look like secrets are hidden
${commandHelp()}
  rm NAME ...         remove a container

NAME is the name of a container, its id, or at least 12 digits of its id.

Flags
  --on HOSTID   the host, if several have a container of this name; ls: only this host
  --force       rm: kill the container first if it runs
  --volumes     rm: also remove its volumes without a name, with their data

--host, --port, --config, --token and --data, and their variables, find the server, as with "dockstat serve".
Ctrl-C cancels the operation and waits for its end. A second Ctrl-C does not wait.
Exit codes: 0 success, 1 failed or cancelled, 2 wrong usage.
`;

/** Flags of `containers` that take a value, by their key in {@linkcode ContainerFlags}. */
export const CONTAINER_VALUE_FLAGS = { on: "on" } as const;
/** Boolean flags of `containers`. */
export const CONTAINER_SWITCH_FLAGS = { force: "force", volumes: "volumes" } as const;

/** The flags of `containers` as typed. */
export interface ContainerFlags {
  readonly on?: string;
  readonly force?: boolean;
  readonly volumes?: boolean;
}

/** A subcommand of `dockstat containers`. */
export type ContainerVerb = "ls" | "show" | "rm" | ContainerCommand;

/** A parsed `dockstat containers` command. */
export interface ContainerRequest {
  readonly verb: ContainerVerb;
  /** Names, or ids. */
  readonly names: readonly string[];
  readonly flags: ContainerFlags;
}

const VERBS: readonly string[] = ["ls", "show", ...CONTAINER_COMMAND_NAMES, "rm"];

/**
 * Checks the subcommand, its arguments and its flags.
 *
 * @throws {AppError} "usage" for unknown, missing or surplus arguments.
 */
export function toContainerRequest(args: readonly string[], flags: ContainerFlags): ContainerRequest {
  const [verb = "ls", ...names] = args;
  if (!isVerb(verb)) {
    throw new AppError(
      "usage",
      `Unknown command "containers ${verb}": ${
        suggest(verb, VERBS)
      }"dockstat containers --help" lists the commands`,
    );
  }
  const limit = verb === "ls" ? 0 : verb === "show" ? 1 : Infinity;
  if (limit > 0 && names.length === 0) {
    throw new AppError("usage", `containers ${verb}: expected the name of a container`);
  }
  if (names.length > limit) {
    throw new AppError("usage", `Unexpected argument "${names[limit]}" after "containers ${verb}"`);
  }
  const surplus = (["force", "volumes"] as const).find((name) => flags[name] && verb !== "rm");
  if (surplus !== undefined) {
    throw new AppError(
      "usage",
      `--${surplus} does not go with "containers ${verb}": "dockstat containers --help" lists its flags`,
    );
  }
  return { verb, names, flags };
}

function isVerb(name: string): name is ContainerVerb {
  return VERBS.includes(name);
}
