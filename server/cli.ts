/** The command line: commands and flags, exit codes, and what a mistake is told. */
// @ts-types="./types/parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";
// @ts-types="./types/closest_string.d.ts"
import { closestString } from "@std/text/closest-string";
// @ts-types="./types/levenshtein_distance.d.ts"
import { levenshteinDistance } from "@std/text/levenshtein-distance";
import { runServe } from "./cli_serve.ts";
import { runStats } from "./cli_stats.ts";
import { runToken } from "./cli_token.ts";
import { DEMO_CONTAINERS, type Flags } from "./config.ts";
import { AppError, reason } from "./errors.ts";
import { redact } from "./redact.ts";
import { complain, print } from "./terminal.ts";
import { VERSION } from "./version.ts";

/** What the process ends with. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

const HELP = `DockStat ${VERSION}: what every container on your Docker hosts is doing, live.

Usage: dockstat [command] [flags]

Commands
  serve    serve the live statistics over WebSockets and HTTP (the default)
  stats    show them as a table in this terminal
  token    print the token that opens what needs one

Flags                                             Environment            Default
  --host ADDRESS     the address to listen on     DOCKSTAT_HOST          127.0.0.1
  --port PORT        the port; 0 picks a free one DOCKSTAT_PORT          9876
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

const COMMANDS: Readonly<Record<string, (flags: Flags, signal: AbortSignal) => Promise<void>>> = {
  serve: runServe,
  stats: runStats,
  token: runToken,
};

/** Flags that take a value, by their key in {@linkcode Flags}. */
const VALUE_FLAGS = {
  host: "host",
  port: "port",
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

interface Invocation {
  readonly command: string;
  readonly flags: Flags;
  readonly help: boolean;
  readonly version: boolean;
}

/**
 * Runs the command line until it is over or the signal aborts.
 *
 * @returns the exit code.
 */
export async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    const { command, flags, help, version } = parseCommandLine(args);
    if (help) print(HELP);
    else if (version) print(`${VERSION}\n`);
    else await COMMANDS[command]!(flags, signal);
    return EXIT.ok;
  } catch (error) {
    const usage = error instanceof AppError && error.code === "usage";
    complain(`dockstat: ${redact(reason(error))}\n`);
    return usage ? EXIT.usage : EXIT.failed;
  }
}

/**
 * Reads command and flags.
 *
 * @throws {AppError} "usage" for what is unknown or incomplete.
 */
export function parseCommandLine(args: readonly string[]): Invocation {
  const names = [...Object.keys(VALUE_FLAGS), "origin", ...SWITCHES];
  const parsed = parseArgs(args, {
    string: [...Object.keys(VALUE_FLAGS), "origin"],
    collect: ["origin"],
    boolean: SWITCHES,
    alias: { h: "help", V: "version" },
    unknown: (arg, key) => key === undefined || refuseFlag(arg, key, names),
  });
  const [command = "serve", ...rest] = parsed._.map(String);
  if (!Object.hasOwn(COMMANDS, command)) throw unknownCommand(command);
  if (rest.length > 0) throw new AppError("usage", `"${rest[0]}" is one word too many after "${command}"`);
  return {
    command,
    flags: toFlags(parsed),
    help: parsed["help"] === true,
    version: parsed["version"] === true,
  };
}

function toFlags(parsed: Readonly<Record<string, unknown>>): Flags {
  const flags: Record<string, unknown> = {};
  for (const [name, key] of Object.entries(VALUE_FLAGS)) {
    const value = parsed[name];
    if (typeof value !== "string") continue;
    if (value === "" && name !== "demo") throw new AppError("usage", `--${name}: expected a value after it`);
    flags[key] = value;
  }
  for (const [name, key] of Object.entries(SWITCH_FLAGS)) if (parsed[name] === true) flags[key] = true;
  const origins = parsed["origin"];
  if (Array.isArray(origins) && origins.length > 0) flags["origin"] = origins;
  return flags;
}

function refuseFlag(arg: string, key: string, names: readonly string[]): never {
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
