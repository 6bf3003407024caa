/** The command line: flags, exit codes, and the message for each usage error. */
// @ts-types="../types/parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";
import {
  EXTRA_SWITCH_FLAGS,
  EXTRA_VALUE_FLAGS,
  type ExtraFlags,
  joinValues,
  refuseExtras,
  takeVersionNumber,
} from "./command_flags.ts";
import { takeCommand } from "./exec/flags.ts";
import { RESOURCE_HELPS } from "./resources/flags.ts";
import { copyable, type Flags } from "../config/config.ts";
import { AppError, reason } from "../errors.ts";
import { redact } from "../log/redact.ts";
import { HELP } from "./help.ts";
import { suggest } from "./suggest.ts";
import { print, printError } from "./terminal.ts";
import { VERSION } from "../version.ts";
import { COMMANDS, HELPS, type Invocation } from "./program/commands.ts";

/** Exit codes. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** Flags that take a value, by their key in {@linkcode Flags}. */
const VALUE_FLAGS = {
  host: "host",
  port: "port",
  socket: "socket",
  config: "config",
  data: "data",
  token: "token",
  "base-path": "basePath",
  "tls-cert": "tlsCert",
  "tls-key": "tlsKey",
  "log-level": "logLevel",
  "log-format": "logFormat",
  demo: "demo",
} as const;
/** Boolean flags. */
const SWITCH_FLAGS = { "no-auth": "noAuth", "view-token": "viewToken", "read-only": "readOnly" } as const;
const SWITCHES = ["help", "version", ...Object.keys(SWITCH_FLAGS)];
/** All flags with a value, and all boolean flags, including those of single commands. */
const ALL_VALUES = [...Object.keys(VALUE_FLAGS), "origin", ...Object.keys(EXTRA_VALUE_FLAGS)];
const ALL_SWITCHES = [...SWITCHES, ...Object.keys(EXTRA_SWITCH_FLAGS)];

/**
 * Runs the command line until it ends or the signal aborts.
 *
 * @returns the exit code.
 */
export async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    const invocation = parseCommandLine(args);
    const { command, help, version } = invocation;
    if (help) print(HELPS[command] ?? HELP);
    else if (version) print(`${VERSION}\n`);
    return help || version ? EXIT.ok : await COMMANDS[command]!(invocation, signal) ?? EXIT.ok;
  } catch (error) {
    const usage = error instanceof AppError && error.code === "usage";
    printError(`dockstat: ${copyable(redact(reason(error)))}\n`);
    return usage ? EXIT.usage : EXIT.failed;
  }
}

/** Reports whether a command shuts down gracefully after the signal, because it cancels an operation in order. */
export function shutsDownGracefully(args: readonly string[]): boolean {
  try {
    return ["stacks", "swarm", "containers", "prune"].includes(parseCommandLine(args).command);
  } catch {
    // It will be refused, which takes no time.
    return false;
  }
}

/**
 * Parses command and flags.
 *
 * @throws {AppError} "usage" for unknown or incomplete arguments.
 */
export function parseCommandLine(argv: readonly string[]): Invocation {
  const { rest: own, cmd } = takeCommand(argv, ALL_VALUES);
  const { rest, number } = takeVersionNumber(joinValues(own, ALL_VALUES));
  for (const arg of rest) refuseSwitchValue(arg);
  const parsed = parseArgs(rest, {
    // Numbers stay as typed, since they may be the name of a stack.
    string: ["_", ...ALL_VALUES],
    collect: ["origin"],
    boolean: ALL_SWITCHES,
    alias: { h: "help", V: "version", f: "follow" },
    unknown: (arg, key) => key === undefined || refuseFlag(arg, key, helpOf(rest)),
  });
  const [command = "serve", ...args] = parsed._.map(String);
  if (!Object.hasOwn(COMMANDS, command)) throw unknownCommand(command);
  const extras: ExtraFlags = {
    ...pick(parsed, EXTRA_VALUE_FLAGS, EXTRA_SWITCH_FLAGS),
    ...number === undefined ? {} : { version: number },
  };
  refuseExtras(command, args, extras);
  refuseEmpty(parsed);
  return {
    command,
    args,
    flags: toFlags(parsed),
    help: parsed["help"] === true,
    version: parsed["version"] === true,
    ...(command === "stacks" ? { stacks: { args, flags: extras } } : {}),
    ...(command === "containers" ? { containers: { args, flags: extras } } : {}),
    ...(command === "exec" ? { exec: { ...extras, cmd } } : {}),
    ...(command === "logs" ? { logs: extras } : {}),
    ...(command === "events" ? { events: extras } : {}),
    ...(Object.hasOwn(RESOURCE_HELPS, command) ? { prune: extras } : {}),
    ...(command === "swarm" ? { swarm: extras } : {}),
    ...(command === "report" ? { report: extras } : {}),
    ...(command === "restore" ? { restore: extras } : {}),
    ...(command === "stats" ? { stats: extras } : {}),
    ...(command === "token" ? { token: extras } : {}),
    ...(command === "hosts" ? { hosts: extras } : {}),
  };
}

function toFlags(parsed: Readonly<Record<string, unknown>>): Flags {
  const origins = parsed["origin"];
  const origin = Array.isArray(origins) && origins.length > 0 ? { origin: origins } : {};
  return { ...pick(parsed, VALUE_FLAGS, SWITCH_FLAGS), ...origin };
}

/** Returns the given flags by their keys. */
function pick(
  parsed: Readonly<Record<string, unknown>>,
  valueFlags: Readonly<Record<string, string>>,
  switchFlags: Readonly<Record<string, string>>,
): Readonly<Record<string, string | true>> {
  const flags: Record<string, string | true> = {};
  for (const [name, key] of Object.entries(valueFlags)) {
    const value = parsed[name];
    if (typeof value === "string") flags[key] = value;
  }
  for (const [name, key] of Object.entries(switchFlags)) if (parsed[name] === true) flags[key] = true;
  return flags;
}

/** Rejects flags without their value. */
function refuseEmpty(parsed: Readonly<Record<string, unknown>>): void {
  const empty = ALL_VALUES.find((name) => parsed[name] === "" && name !== "demo");
  if (empty !== undefined) throw new AppError("usage", `--${empty}: expected a value`);
}

/** Rejects `--flag=off`, which `parseArgs` would read as on. */
function refuseSwitchValue(arg: string): void {
  const [, name, value] = /^--([\w-]+)=(.*)$/.exec(arg) ?? [];
  if (name === undefined || !ALL_SWITCHES.includes(name)) return;
  throw new AppError(
    "usage",
    `--${name}: found "${value}": expected no value; leave the flag out to turn it off`,
  );
}

/** Returns the command that prints the flags of the command in these arguments. */
function helpOf(args: readonly string[]): string {
  const command = args.find((arg) => Object.hasOwn(COMMANDS, arg));
  return command === undefined || command === "serve" ? "dockstat --help" : `dockstat ${command} --help`;
}

function refuseFlag(arg: string, key: string, help: string): never {
  const names = [...ALL_VALUES, ...ALL_SWITCHES];
  const flag = arg.split("=", 1)[0];
  throw new AppError(
    "usage",
    `Unknown flag "${flag}": ${suggest(key, names, "--")}"${help}" lists the flags`,
  );
}

function unknownCommand(command: string): AppError {
  const names = Object.keys(COMMANDS);
  return new AppError(
    "usage",
    `Unknown command "${command}": ${suggest(command, names)}"dockstat --help" lists the commands`,
  );
}
