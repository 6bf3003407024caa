/** The command line: commands, flags, exit codes, and the message for each usage error. */
// @ts-types="../types/parse_args.d.ts"
import { parseArgs } from "@std/cli/parse-args";
import { BACKUP_HELP, type BackupFlags } from "./backup.ts";
import { type ContainerFlags, CONTAINERS_HELP, toContainerRequest } from "./containers/flags.ts";
import {
  EXTRA_SWITCH_FLAGS,
  EXTRA_VALUE_FLAGS,
  type ExtraFlags,
  joinDashes,
  refuseExtras,
  takeVersionNumber,
} from "./command_flags.ts";
import { EXEC_HELP, type ExecArguments, takeCommand, toExecRequest } from "./exec/flags.ts";
import { type EventFlags, EVENTS_HELP, toEventRequest } from "./events/flags.ts";
import type { HostFlags } from "./hosts/flags.ts";
import { type LogFlags, LOGS_HELP, toLogRequest } from "./logs/flags.ts";
import { RESOURCE_COMMANDS } from "./resources/commands.ts";
import { type PruneFlags, RESOURCE_HELPS } from "./resources/flags.ts";
import { REPORT_HELP, type ReportFlags, toReportRequest } from "./report/flags.ts";
import { type StackFlags, toStackRequest } from "./stacks/flags.ts";
import { STACKS_HELP } from "./stacks/help.ts";
import { STATS_HELP, type StatsFlags, toStatsRequest } from "./stats/flags.ts";
import type { TokenFlags } from "./token.ts";
import { copyable, type Flags } from "../config/config.ts";
import { AppError, reason } from "../errors.ts";
import { redact } from "../log/redact.ts";
import { COMMAND_HELP, HELP } from "./help.ts";
import { suggest } from "./suggest.ts";
import { print, printError } from "./terminal.ts";
import { VERSION } from "../version.ts";

/** Exit codes. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** Help text of commands that have their own. */
const HELPS: Readonly<Record<string, string>> = {
  ...COMMAND_HELP,
  stacks: STACKS_HELP,
  containers: CONTAINERS_HELP,
  logs: LOGS_HELP,
  events: EVENTS_HELP,
  ...RESOURCE_HELPS,
  report: REPORT_HELP,
  backup: BACKUP_HELP,
  restore: BACKUP_HELP,
  stats: STATS_HELP,
  exec: EXEC_HELP,
};

/** Runs a command; a number is its exit code. */
type Run = (invocation: Invocation, signal: AbortSignal) => Promise<void | number>;

/** Each command loads its module when it runs, so that a server starts without those of the other commands. */
const COMMANDS: Readonly<Record<string, Run>> = {
  serve: async ({ flags }, signal) => (await import("./serve.ts")).runServe(flags, signal),
  stats: async ({ flags: { host, ...flags }, args, stats }, signal) =>
    (await import("./stats/stats.ts")).runStats(toStatsRequest(args, stats ?? {}, host), flags, signal),
  logs: async ({ flags, args, logs }, signal) =>
    (await import("./logs/logs.ts")).runLogs(toLogRequest(args, logs ?? {}), flags, signal),
  stacks: async ({ flags, stacks }, signal) =>
    (await import("./stacks/stacks.ts"))
      .runStacks(toStackRequest(stacks?.args ?? [], stacks?.flags ?? {}), flags, signal),
  containers: async ({ flags, containers }, signal) =>
    (await import("./containers/containers.ts"))
      .runContainers(toContainerRequest(containers?.args ?? [], containers?.flags ?? {}), flags, signal),
  exec: async ({ flags: { host, ...flags }, args, exec }, signal) =>
    (await import("./exec/exec.ts")).runExec(toExecRequest(args, exec, host), flags, signal),
  ...RESOURCE_COMMANDS,
  events: async ({ flags, args, events }, signal) =>
    (await import("./events/events.ts")).runEvents(toEventRequest(args, events ?? {}), flags, signal),
  report: async ({ flags, report }, signal) =>
    (await import("./report/report.ts")).runReport(toReportRequest(report ?? {}), flags, signal),
  backup: async ({ flags, args }) => (await import("./backup.ts")).runBackup("backup", args, flags),
  restore: async ({ flags, args, restore }) =>
    (await import("./backup.ts")).runBackup("restore", args, flags, restore),
  hosts: async ({ flags, hosts }, signal) =>
    (await import("./hosts/hosts.ts")).runHosts(flags, hosts ?? {}, signal),
  check: async ({ flags }) => (await import("./check.ts")).runCheck(flags),
  token: async ({ flags, token }) => (await import("./token.ts")).runToken(flags, token),
  bridge: async ({ flags, args }, signal) => (await import("./bridge.ts")).runBridge(args, flags, signal),
};

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

interface Invocation {
  readonly command: string;
  /** Arguments of `bridge`, `stats`, `logs`, `events`, `prune`, `backup` and `restore`, unchecked. */
  readonly args: readonly string[];
  readonly flags: Flags;
  readonly help: boolean;
  readonly version: boolean;
  /** Arguments and flags of `stacks`, unchecked. */
  readonly stacks?: { readonly args: readonly string[]; readonly flags: StackFlags };
  /** Arguments and flags of `containers`, unchecked. */
  readonly containers?: { readonly args: readonly string[]; readonly flags: ContainerFlags };
  /** Flags of `logs`, unchecked. */
  readonly logs?: LogFlags;
  /** Command and flags of `exec`. */
  readonly exec?: ExecArguments;
  /** Flags of `events`, unchecked. */
  readonly events?: EventFlags;
  /** Flags of `prune`, `images`, `volumes` and `networks`, unchecked. */
  readonly prune?: PruneFlags;
  /** Flags of `report`, unchecked. */
  readonly report?: ReportFlags;
  /** Flags of `restore`. */
  readonly restore?: BackupFlags;
  /** Flags of `stats`, unchecked. */
  readonly stats?: StatsFlags;
  /** Flags of `hosts`. */
  readonly hosts?: HostFlags;
  /** Flags of `token`. */
  readonly token?: TokenFlags;
}

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
    return ["stacks", "containers", "prune"].includes(parseCommandLine(args).command);
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
  const { rest, number } = takeVersionNumber(joinDashes(own));
  for (const arg of rest) refuseSwitchValue(arg);
  const parsed = parseArgs(rest, {
    // Numbers stay as typed, since they may be the name of a stack.
    string: ["_", ...ALL_VALUES],
    collect: ["origin"],
    boolean: ALL_SWITCHES,
    alias: { h: "help", V: "version", f: "follow" },
    unknown: (arg, key) => key === undefined || refuseFlag(arg, key),
  });
  const [command = "serve", ...args] = parsed._.map(String);
  if (!Object.hasOwn(COMMANDS, command)) throw unknownCommand(command);
  const extras: ExtraFlags = {
    ...pick(parsed, EXTRA_VALUE_FLAGS, EXTRA_SWITCH_FLAGS),
    ...number === undefined ? {} : { version: number },
  };
  refuseExtras(command, args, extras);
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
    if (typeof value !== "string") continue;
    if (value === "" && name !== "demo") throw new AppError("usage", `--${name}: expected a value`);
    flags[key] = value;
  }
  for (const [name, key] of Object.entries(switchFlags)) if (parsed[name] === true) flags[key] = true;
  return flags;
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

function refuseFlag(arg: string, key: string): never {
  const names = [...ALL_VALUES, ...ALL_SWITCHES];
  const flag = arg.split("=", 1)[0];
  throw new AppError(
    "usage",
    `Unknown flag "${flag}": ${suggest(key, names, "--")}"dockstat --help" lists the flags`,
  );
}

function unknownCommand(command: string): AppError {
  const names = Object.keys(COMMANDS);
  return new AppError(
    "usage",
    `Unknown command "${command}": ${suggest(command, names)}"dockstat --help" lists the commands`,
  );
}
