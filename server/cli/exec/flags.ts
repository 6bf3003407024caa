/** Arguments and flags of `dockstat exec`, and the message for each usage error. */
import { AppError } from "../../errors.ts";

/** Text of `dockstat exec --help`. */
export const EXEC_HELP = `Usage: dockstat exec [flags] NAME [COMMAND ...]
Requires a running DockStat server.

Runs a command in a container. Without COMMAND it runs a shell: bash if the container has it, otherwise sh.
Flags come before NAME. If standard input and output are terminals, the command gets a terminal too. Otherwise
its input is passed on unchanged until it ends, and stdout and stderr stay separate.

NAME is the name of a container, its id, or at least 12 digits of its id.

Flags
  --user USER    name or id of a user in the container; default: the user of its image
  --host HOSTID  the host, if several have a container of this name

DOCKSTAT_HOST, --port, --config, --token and --data find the server, as with "dockstat serve".
The exit code is that of the command, as in a shell: 127 if the container has no such command.
Other exit codes: 1 no such container, or the connection is lost, 2 wrong usage.
`;

/** Flags of `exec` that take a value, by their key in {@linkcode ExecFlags}. */
export const EXEC_VALUE_FLAGS = { user: "user" } as const;

/** The flags of `exec` as typed. */
export interface ExecFlags {
  readonly user?: string;
}

/** The flags of `exec`, and the command behind the name of the container. */
export interface ExecArguments extends ExecFlags {
  readonly cmd: readonly string[];
}

/** A parsed `dockstat exec` command. */
export interface ExecRequest {
  /** Name or id of a container. */
  readonly name: string;
  /** The command; empty for a shell. */
  readonly cmd: readonly string[];
  readonly user: string | null;
  /** `undefined` for any host. */
  readonly hostId: string | undefined;
}

/**
 * Separates the command of `exec` from the other arguments, because its flags do not belong to DockStat.
 *
 * @param valueFlags Names of the flags that take a value.
 */
export function takeCommand(
  argv: readonly string[],
  valueFlags: readonly string[],
): { readonly rest: readonly string[]; readonly cmd: readonly string[] } {
  const bare: number[] = [];
  for (let at = 0; at < argv.length && bare.length < 2; at++) {
    const arg = argv[at]!;
    if (!arg.startsWith("-")) bare.push(at);
    else if (valueFlags.includes(arg.replace(/^--/, ""))) at++;
  }
  const [command, name] = bare;
  if (command === undefined || name === undefined || argv[command] !== "exec") return { rest: argv, cmd: [] };
  const cmd = argv.slice(name + 1);
  return { rest: argv.slice(0, name + 1), cmd: cmd[0] === "--" ? cmd.slice(1) : cmd };
}

/**
 * Checks the arguments.
 *
 * @throws {AppError} "usage" without the name of a container.
 */
export function toExecRequest(
  args: readonly string[],
  { user, cmd }: ExecArguments = { cmd: [] },
  hostId: string | undefined,
): ExecRequest {
  const [name] = args;
  if (name === undefined) {
    throw new AppError("usage", 'exec: expected the name of a container, such as "dockstat exec web"');
  }
  return { name, cmd, user: user ?? null, hostId };
}
