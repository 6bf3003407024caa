/** The command line: commands and flags, exit codes, and what a mistake is told. */
// @ts-types="../types/parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";
// @ts-types="../types/closest_string.d.ts"
import { closestString } from "@std/text/closest-string";
// @ts-types="../types/levenshtein_distance.d.ts"
import { levenshteinDistance } from "@std/text/levenshtein-distance";
import { runBridge } from "./bridge.ts";
import { runCheck } from "./check.ts";
import { EXTRA_SWITCH_FLAGS, EXTRA_VALUE_FLAGS, type ExtraFlags, refuseExtras } from "./command_flags.ts";
import { runLogs } from "./logs/logs.ts";
import { type LogFlags, LOGS_HELP, toLogRequest } from "./logs/flags.ts";
import { runServe } from "./serve.ts";
import { runStacks } from "./stacks/stacks.ts";
import { type StackFlags, STACKS_HELP, toStackRequest } from "./stacks/flags.ts";
import { runStats } from "./stats/stats.ts";
import { runToken } from "./token.ts";
import { DEMO_CONTAINERS, type Flags } from "../config/config.ts";
import { AppError, reason } from "../errors.ts";
import { redact } from "../log/redact.ts";
import { print, printError } from "./terminal.ts";
import { VERSION } from "../version.ts";

/** What the process ends with. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

const HELP = `DockStat ${VERSION}: what every container on your Docker hosts is doing, live.

Usage: dockstat [command] [flags]

Commands
  serve    serve the live statistics over WebSockets and HTTP (the default)
  stats    show them as a table in this terminal
  logs     show the log of a running server, or what a container writes: "dockstat logs --help"
  stacks   list, deploy, stop and remove the stacks of a running server: "dockstat stacks --help"
  check    say what is missing: engine, Compose, data folder, port
  token    print the token that opens what needs one
  bridge   print the frames of a socket of a running server, such as "dockstat bridge /stacks"

Flags                                             Environment            Default
  --host ADDRESS     the address to listen on     DOCKSTAT_HOST          127.0.0.1
  --port PORT        the port; 0 picks a free one DOCKSTAT_PORT          9876
  --socket PATH      a unix socket as well, whose DOCKSTAT_SOCKET        none
                     clients are trusted; the port
                     then answers sockets alone
  --config FILE      the configuration file       DOCKSTAT_CONFIG        dockstat.yaml, if there
  --data DIR         where the token is kept      DOCKSTAT_DATA          the platform's data folder
  --token TOKEN      the token, instead of one    DOCKSTAT_TOKEN         made at first start
                     of its own
  --no-auth          no token is ever needed      DOCKSTAT_NO_AUTH
  --origin URL       a web origin that may ask,   DOCKSTAT_ORIGIN        the server's own
                     such as a proxy's
  --read-only        nothing can be changed       DOCKSTAT_READ_ONLY
  --tls-cert FILE    serve https and wss          DOCKSTAT_TLS_CERT
  --tls-key FILE                                  DOCKSTAT_TLS_KEY
  --log-level LEVEL  debug, info, warn, error     DOCKSTAT_LOG_LEVEL     info
                     or fatal
  --log-format NAME  pretty or json               DOCKSTAT_LOG_FORMAT    pretty on a terminal
  --demo [N]         N simulated containers (${DEMO_CONTAINERS})
                     instead of an engine
  --help             this text
  --version          the version

The engine is the one of DOCKER_HOST, else of the current Docker context, else the default socket;
dockstat.yaml names others. Standard output carries the address first; the log goes to standard error.
Exit codes: 0 ended as asked, 1 failed, 2 wrong usage or configuration.
`;

/** What `--help` tells behind a command that has words of its own. */
const HELPS: Readonly<Record<string, string>> = { stacks: STACKS_HELP, logs: LOGS_HELP };

const COMMANDS: Readonly<Record<string, (invocation: Invocation, signal: AbortSignal) => Promise<void>>> = {
  serve: ({ flags }, signal) => runServe(flags, signal),
  stats: ({ flags }, signal) => runStats(flags, signal),
  logs: ({ flags, logs }, signal) => runLogs(toLogRequest(logs ?? {}), flags, signal),
  stacks: ({ flags, stacks }, signal) =>
    runStacks(toStackRequest(stacks?.words ?? [], stacks?.flags ?? {}), flags, signal),
  check: ({ flags }) => runCheck(flags),
  token: ({ flags }) => runToken(flags),
  bridge: ({ flags, words }, signal) => runBridge(words, flags, signal),
};

/** Flags that take a value, by their key in {@linkcode Flags}. */
const VALUE_FLAGS = {
  host: "host",
  port: "port",
  socket: "socket",
  config: "config",
  data: "data",
  token: "token",
  "tls-cert": "tlsCert",
  "tls-key": "tlsKey",
  "log-level": "logLevel",
  "log-format": "logFormat",
  demo: "demo",
} as const;
/** Flags that are on when they are there. */
const SWITCH_FLAGS = { "no-auth": "noAuth", "read-only": "readOnly" } as const;
const SWITCHES = ["help", "version", ...Object.keys(SWITCH_FLAGS)];
/** Everything that takes a value, and everything that does not, those of single commands included. */
const ALL_VALUES = [...Object.keys(VALUE_FLAGS), "origin", ...Object.keys(EXTRA_VALUE_FLAGS)];
const ALL_SWITCHES = [...SWITCHES, ...Object.keys(EXTRA_SWITCH_FLAGS)];

interface Invocation {
  readonly command: string;
  /** What else was typed for `bridge`, unchecked. */
  readonly words: readonly string[];
  readonly flags: Flags;
  readonly help: boolean;
  readonly version: boolean;
  /** What else was typed for `stacks`, unchecked. */
  readonly stacks?: { readonly words: readonly string[]; readonly flags: StackFlags };
  /** What was typed for `logs`, unchecked. */
  readonly logs?: LogFlags;
}

/**
 * Runs the command line until it is over or the signal aborts.
 *
 * @returns the exit code.
 */
export async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    const invocation = parseCommandLine(args);
    const { command, help, version } = invocation;
    if (help) print(HELPS[command] ?? HELP);
    else if (version) print(`${VERSION}\n`);
    else await COMMANDS[command]!(invocation, signal);
    return EXIT.ok;
  } catch (error) {
    const usage = error instanceof AppError && error.code === "usage";
    printError(`dockstat: ${redact(reason(error))}\n`);
    return usage ? EXIT.usage : EXIT.failed;
  }
}

/** Whether the end of a command may take long after the signal: an operation is cancelled in order. */
export function shutsDownGracefully(args: readonly string[]): boolean {
  try {
    return parseCommandLine(args).command === "stacks";
  } catch {
    // It is refused, which takes no time.
    return false;
  }
}

/**
 * Reads command and flags.
 *
 * @throws {AppError} "usage" for what is unknown or incomplete.
 */
export function parseCommandLine(args: readonly string[]): Invocation {
  for (const arg of args) refuseSwitchValue(arg);
  const parsed = parseArgs(args, {
    // A word that looks like a number stays as typed: it may be the name of a stack.
    string: ["_", ...ALL_VALUES],
    collect: ["origin"],
    boolean: ALL_SWITCHES,
    alias: { h: "help", V: "version" },
    unknown: (arg, key) => key === undefined || refuseFlag(arg, key),
  });
  const [command = "serve", ...words] = parsed._.map(String);
  if (!Object.hasOwn(COMMANDS, command)) throw unknownCommand(command);
  const extras: ExtraFlags = pick(parsed, EXTRA_VALUE_FLAGS, EXTRA_SWITCH_FLAGS);
  refuseExtras(command, words, extras);
  return {
    command,
    words,
    flags: toFlags(parsed),
    help: parsed["help"] === true,
    version: parsed["version"] === true,
    ...(command === "stacks" ? { stacks: { words, flags: extras } } : {}),
    ...(command === "logs" ? { logs: extras } : {}),
  };
}

function toFlags(parsed: Readonly<Record<string, unknown>>): Flags {
  const origins = parsed["origin"];
  const origin = Array.isArray(origins) && origins.length > 0 ? { origin: origins } : {};
  return { ...pick(parsed, VALUE_FLAGS, SWITCH_FLAGS), ...origin };
}

/** The flags that were typed, by their keys. */
function pick(
  parsed: Readonly<Record<string, unknown>>,
  valueFlags: Readonly<Record<string, string>>,
  switchFlags: Readonly<Record<string, string>>,
): Readonly<Record<string, string | true>> {
  const flags: Record<string, string | true> = {};
  for (const [name, key] of Object.entries(valueFlags)) {
    const value = parsed[name];
    if (typeof value !== "string") continue;
    if (value === "" && name !== "demo") throw new AppError("usage", `--${name}: expected a value after it`);
    flags[key] = value;
  }
  for (const [name, key] of Object.entries(switchFlags)) if (parsed[name] === true) flags[key] = true;
  return flags;
}

/** What is on by being there must not be read as on when somebody has written "off". */
function refuseSwitchValue(arg: string): void {
  const [, name, value] = /^--([\w-]+)=(.*)$/.exec(arg) ?? [];
  if (name === undefined || !ALL_SWITCHES.includes(name)) return;
  throw new AppError(
    "usage",
    `--${name}: found "${value}": expected nothing behind it; leave it out to turn it off`,
  );
}

function refuseFlag(arg: string, key: string): never {
  const names = [...ALL_VALUES, ...ALL_SWITCHES];
  const flag = arg.split("=", 1)[0];
  throw new AppError(
    "usage",
    `There is no flag "${flag}": ${suggest(key, names, "--")}"dockstat --help" lists them`,
  );
}

/** Only a word that is near enough is worth a question. */
function suggest(word: string, names: readonly string[], prefix: string): string {
  const closest = closestString(word, names);
  const near = levenshteinDistance(word, closest) <= (closest.length > 3 ? 2 : 1);
  return near ? `did you mean ${prefix}${closest}? ` : "";
}

function unknownCommand(command: string): AppError {
  const names = Object.keys(COMMANDS);
  return new AppError(
    "usage",
    `There is no command "${command}": ${suggest(command, names, "")}"dockstat --help" lists them`,
  );
}
