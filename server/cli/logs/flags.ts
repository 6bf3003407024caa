/** Arguments and flags of `dockstat logs`, and the message for each usage error. */
import { parseDuration } from "../../duration.ts";
import { AppError } from "../../errors.ts";
import { type Level, LOG_LEVELS } from "../../log/log.ts";
import { parseMoment } from "../../moment.ts";
import { suggest } from "../suggest.ts";

/** Text of `dockstat logs --help`. */
export const LOGS_HELP = `Usage: dockstat logs [NAME ...] [flags]
Requires a running DockStat server.

Prints the output of containers, or without a name DockStat's own log.

Flags
  --project NAME     all containers of a Compose project; with --follow, also those created later
  --on HOSTID        the host, if several have a container of this name
  --since TIME       from a time such as 2026-08-01T12:00:00Z, or a duration such as 10m
  --until TIME       lines before a time or a duration ago, as with --since
  --tail N|all       number of past lines per container, after filters (100; all with --since or --until)
  --follow, -f       continue with new lines until Ctrl-C
  --match PATTERN    only lines with this text, or that match this regular expression (syntax of RE2)
  --exclude PATTERN  no lines with this text, or that match it
  --case             match case in --match and --exclude
  --levels LIST      only lines with these levels: trace, debug, info, warn, error, fatal, or none for lines
                     without a level; separated by commas
  --context N        lines before and after each matching line (0 to 20)
  --level LEVEL      own log: this level and above: debug, info, warn, error or fatal (debug)
  --log-format NAME  pretty or json. By default DockStat's log is pretty on a terminal and json in a
                     pipe, and the output of containers is printed unchanged

--container NAME is an older form of NAME.
--host, --port, --config, --token and --data, and their variables, find the server, as with "dockstat serve".
The server's --log-level sets the lowest level in DockStat's own log. Container output needs the token.
Exit codes: 0 success, 1 the server cannot be reached, refuses or goes away, or the container was removed or
its log cannot be read, 2 wrong usage.
`;

/** Flags of `logs` with a value, by their key in {@linkcode LogFlags}. */
export const LOG_VALUE_FLAGS = {
  level: "level",
  container: "container",
  project: "project",
  on: "on",
  since: "since",
  until: "until",
  tail: "tail",
  match: "match",
  exclude: "exclude",
  levels: "levels",
  context: "context",
} as const;
/** Boolean flags of `logs`. */
export const LOG_SWITCH_FLAGS = { follow: "follow", case: "case" } as const;

/** The flags of `logs` as typed. */
export interface LogFlags {
  readonly level?: string;
  readonly container?: string;
  readonly project?: string;
  readonly on?: string;
  readonly since?: string;
  readonly until?: string;
  readonly tail?: string;
  readonly match?: string;
  readonly exclude?: string;
  readonly levels?: string;
  readonly context?: string;
  readonly case?: boolean;
  readonly follow?: boolean;
}

/** A parsed `dockstat logs` command. */
export interface LogRequest {
  readonly follow: boolean;
  /** True for the output of containers, false for DockStat's own log. */
  readonly output: boolean;
  /** True when lines of several containers are told apart by their names. */
  readonly named: boolean;
  /** Query options of `/logs/ws`, and without `follow` of `GET /logs`. */
  readonly options: readonly (readonly [name: string, value: string])[];
}

/** Default number of lines to start with. */
const DEFAULT_TAIL = "100";
/** Time before every line. */
const BEGINNING = "1970-01-01T00:00:00Z";

/**
 * Checks arguments and flags.
 *
 * @throws {AppError} "usage" for invalid or conflicting flags.
 */
export function toLogRequest(names: readonly string[], flags: LogFlags): LogRequest {
  const { container, project, tail, follow = false } = flags;
  if (tail !== undefined && tail !== "all") checkTail(tail);
  const containers = [...names, ...container === undefined ? [] : [container]];
  if (containers.length > 0 || project !== undefined) return outputRequest(containers, flags);
  refuseOutputFlags(flags);
  const { level } = flags;
  const lines = tail === "all" ? "100000" : tail ?? DEFAULT_TAIL;
  const least = level === undefined ? [] : [["level", toLevel(level)] as const];
  return { follow, output: false, named: false, options: [["tail", lines], ...least] };
}

function outputRequest(containers: readonly string[], flags: LogFlags): LogRequest {
  const { project, on, since, until, tail, level, follow = false } = flags;
  if (level !== undefined) {
    throw new AppError(
      "usage",
      "--level does not go with containers: --levels selects lines of their output",
    );
  }
  if (follow && until !== undefined) throw new AppError("usage", "--follow does not go with --until");
  checkTime("since", since);
  checkTime("until", until);
  const count = tail ?? ((since ?? until) === undefined ? DEFAULT_TAIL : "all");
  const options: [string, string | undefined][] = [
    ...containers.map((name): [string, string] => ["container", name]),
    ["project", project],
    ["host", on],
    ["since", since ?? (count === "all" ? BEGINNING : undefined)],
    // Without --follow the replay ends now, by the engine's clock.
    ["until", until ?? (follow ? undefined : "0s")],
    ["tail", count === "all" ? undefined : count],
    ["match", flags.match],
    ["exclude", flags.exclude],
    ["levels", flags.levels],
    ["context", flags.context],
    ["case", flags.case ? "1" : undefined],
  ];
  return {
    follow,
    output: true,
    named: containers.length > 1 || project !== undefined,
    options: options.flatMap(([name, value]) => value === undefined ? [] : [[name, value] as const]),
  };
}

/** Flags that only container output has. */
const OUTPUT_FLAGS = ["on", "since", "until", "match", "exclude", "levels", "context", "case"] as const;

/** Refuses flags that only container output has. */
function refuseOutputFlags(flags: LogFlags): void {
  const alone = OUTPUT_FLAGS.find((name) => flags[name] !== undefined);
  if (alone === undefined) return;
  throw new AppError("usage", `--${alone} goes with the name of a container, or with --project`);
}

/**
 * Refuses an invalid number of lines.
 *
 * @throws {AppError} "usage".
 */
export function checkTail(tail: string): void {
  if (/^\d{1,6}$/.test(tail) && Number(tail) <= 100_000) return;
  throw new AppError("usage", `--tail: found "${tail}": expected a whole number from 0 to 100000`);
}

function checkTime(flag: "since" | "until", text: string | undefined): void {
  if (text === undefined || parseDuration(text) !== undefined) return;
  if (/^\d{4}-\d\d-\d\dT/.test(text) && parseMoment(text) !== undefined) return;
  const expected = "a time such as 2026-08-01T12:00:00Z, or a duration such as 10m";
  throw new AppError("usage", `--${flag}: found "${text}": expected ${expected}`);
}

function toLevel(text: string): Level {
  const level = LOG_LEVELS.find((name) => name === text.toLowerCase());
  if (level !== undefined) return level;
  throw new AppError(
    "usage",
    `--level: found "${text}": ${suggest(text, LOG_LEVELS)}expected one of ${LOG_LEVELS.join(", ")}`,
  );
}
