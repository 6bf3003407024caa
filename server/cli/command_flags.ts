/** Flags and arguments that only some commands take. */
import { RESTORE_SWITCH_FLAGS } from "./backup.ts";
import { CONTAINER_SWITCH_FLAGS, CONTAINER_VALUE_FLAGS, type ContainerFlags } from "./containers/flags.ts";
import { EVENT_SWITCH_FLAGS, EVENT_VALUE_FLAGS, type EventFlags } from "./events/flags.ts";
import { HOST_VALUE_FLAGS, type HostFlags } from "./hosts/flags.ts";
import { EXEC_VALUE_FLAGS, type ExecFlags } from "./exec/flags.ts";
import { LOG_SWITCH_FLAGS, LOG_VALUE_FLAGS, type LogFlags } from "./logs/flags.ts";
import {
  PRUNE_SWITCH_FLAGS,
  PRUNE_VALUE_FLAGS,
  type PruneFlags,
  UPDATE_SWITCH_FLAGS,
} from "./resources/flags.ts";
import { REPORT_SWITCH_FLAGS, REPORT_VALUE_FLAGS, type ReportFlags } from "./report/flags.ts";
import { STACK_SWITCH_FLAGS, STACK_VALUE_FLAGS, type StackFlags } from "./stacks/flags.ts";
import { STATS_SWITCH_FLAGS, STATS_VALUE_FLAGS, type StatsFlags } from "./stats/flags.ts";
import { SWARM_FLAGS, SWARM_SWITCH_FLAGS, type SwarmFlags } from "./swarm/flags.ts";
import { TOKEN_SWITCH_FLAGS, type TokenFlags } from "./token.ts";
import { AppError } from "../errors.ts";
import { suggest } from "./suggest.ts";

/** Flags with a value that only some commands take, by their key in {@linkcode ExtraFlags}. */
export const EXTRA_VALUE_FLAGS = {
  ...STACK_VALUE_FLAGS,
  ...CONTAINER_VALUE_FLAGS,
  ...LOG_VALUE_FLAGS,
  ...EXEC_VALUE_FLAGS,
  ...EVENT_VALUE_FLAGS,
  ...REPORT_VALUE_FLAGS,
  ...STATS_VALUE_FLAGS,
  ...PRUNE_VALUE_FLAGS,
  ...HOST_VALUE_FLAGS,
} as const;
/** Boolean flags that only some commands take. */
export const EXTRA_SWITCH_FLAGS = {
  ...STACK_SWITCH_FLAGS,
  ...CONTAINER_SWITCH_FLAGS,
  ...TOKEN_SWITCH_FLAGS,
  ...EVENT_SWITCH_FLAGS,
  ...REPORT_SWITCH_FLAGS,
  ...STATS_SWITCH_FLAGS,
  ...LOG_SWITCH_FLAGS,
  ...PRUNE_SWITCH_FLAGS,
  ...UPDATE_SWITCH_FLAGS,
  ...SWARM_SWITCH_FLAGS,
} as const;

/** These flags as typed. */
export type ExtraFlags =
  & StackFlags
  & ContainerFlags
  & LogFlags
  & ExecFlags
  & StatsFlags
  & TokenFlags
  & EventFlags
  & PruneFlags
  & SwarmFlags
  & ReportFlags
  & HostFlags;

const ON_HOST = { on: "on" } as const;
const FLAGS_OF: Readonly<Record<string, object>> = {
  stacks: { ...STACK_VALUE_FLAGS, ...STACK_SWITCH_FLAGS },
  containers: { ...CONTAINER_VALUE_FLAGS, ...CONTAINER_SWITCH_FLAGS },
  logs: { ...LOG_VALUE_FLAGS, ...LOG_SWITCH_FLAGS },
  stats: { ...STATS_VALUE_FLAGS, ...STATS_SWITCH_FLAGS },
  token: TOKEN_SWITCH_FLAGS,
  hosts: HOST_VALUE_FLAGS,
  restore: RESTORE_SWITCH_FLAGS,
  prune: { ...PRUNE_VALUE_FLAGS, ...PRUNE_SWITCH_FLAGS },
  updates: { ...ON_HOST, ...UPDATE_SWITCH_FLAGS },
  swarm: SWARM_FLAGS,
  images: ON_HOST,
  volumes: ON_HOST,
  networks: ON_HOST,
  exec: EXEC_VALUE_FLAGS,
  events: { ...EVENT_VALUE_FLAGS, ...EVENT_SWITCH_FLAGS },
  report: { ...REPORT_VALUE_FLAGS, ...REPORT_SWITCH_FLAGS },
};
const TAKE_WORDS: readonly string[] = [
  "stacks",
  "containers",
  "stats",
  "logs",
  "bridge",
  "prune",
  "swarm",
  "events",
  "backup",
  "restore",
  "exec",
];

/** Commands that only list something: "ls" after them may be left out. */
const ONLY_LIST: readonly string[] = ["hosts", "images", "volumes", "networks", "updates"];

/**
 * Separates `--version N` of `stacks` from the arguments; without a number, `--version` prints that of DockStat.
 *
 * @returns The other arguments, and the value as typed.
 */
export function takeVersionNumber(
  argv: readonly string[],
): { readonly rest: readonly string[]; readonly number: string | undefined } {
  const at = argv.findIndex((arg) => arg === "--version" || arg.startsWith("--version="));
  const arg = argv[at];
  const next = argv[at + 1];
  if (arg === undefined || !argv.slice(0, at).includes("stacks")) return { rest: argv, number: undefined };
  const isJoined = arg !== "--version";
  if (!isJoined && (next === undefined || next.startsWith("-"))) return { rest: argv, number: undefined };
  return {
    rest: argv.toSpliced(at, isJoined ? 1 : 2),
    number: isJoined ? arg.slice("--version=".length) : next,
  };
}

/**
 * Joins flags to values that the parser would take for flags or arguments, such as `--port -1` to `--port=-1`.
 *
 * @param valueFlags Names of the flags that take a value.
 */
export function joinValues(argv: readonly string[], valueFlags: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const arg = argv[index]!;
    const next = argv[index + 1];
    const isJoined = next !== undefined && arg.startsWith("--") && valueFlags.includes(arg.slice(2)) &&
      isOddValue(next, arg);
    joined.push(isJoined ? `${arg}=${next}` : arg);
    if (isJoined) index++;
  }
  return joined;
}

/** Reports whether a value is empty, or begins with a dash like a number or a token, not like a flag. */
function isOddValue(value: string, flag: string): boolean {
  if (value === "-") return flag === "--file" || flag === "--env-file";
  return value === "" || /^-(\d|[^-].)/.test(value);
}

/**
 * Refuses flags and arguments that a command does not take.
 *
 * @throws {AppError} "usage" that names the command they belong to.
 */
export function refuseExtras(command: string, args: readonly string[], flags: ExtraFlags): void {
  const [extra] = ONLY_LIST.includes(command) && args[0] === "ls" ? args.slice(1) : args;
  if (extra !== undefined && !TAKE_WORDS.includes(command)) {
    throw new AppError("usage", `Unexpected argument "${extra}" after "${command}"`);
  }
  for (const [name, key] of Object.entries({ ...EXTRA_VALUE_FLAGS, ...EXTRA_SWITCH_FLAGS })) {
    if (flags[key] === undefined || takes(command, name)) continue;
    const takers = Object.keys(FLAGS_OF).filter((other) => takes(other, name));
    const named = takers.map((other) => `"dockstat ${other}"`).join(" and ");
    const own = Object.keys(FLAGS_OF[command] ?? {});
    const meant = suggest(name, own, "--");
    throw new AppError(
      "usage",
      `--${name} goes with ${named} only${meant === "" ? "" : `: ${meant.trim()}`}`,
    );
  }
}

function takes(command: string, flag: string): boolean {
  return Object.hasOwn(FLAGS_OF[command] ?? {}, flag);
}
