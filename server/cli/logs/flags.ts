/** Flags of `dockstat logs`, and the message for each usage error. */
import { AppError } from "../../errors.ts";
import { type Level, LOG_LEVELS } from "../../log/log.ts";

/** Text of `dockstat logs --help`. */
export const LOGS_HELP = `Usage: dockstat logs [flags], against a running DockStat

Prints DockStat's own log, or the output of a container, until Ctrl-C.

Flags
  --level LEVEL      this level and above: debug, info, warn, error or fatal (debug)
  --container NAME   print the output of this container: its name, or the beginning of its id
  --on HOSTID        its host, if several have a container of this name
  --tail N           number of past lines to print first (100)
  --log-format NAME  pretty or json. By default DockStat's log is pretty on a terminal and json in a
                     pipe, and the output of containers is printed unchanged

--host, --port, --config, --token and --data, and their variables, find the server, as with "dockstat serve".
"dockstat serve --log-level" decides which levels exist. Container output needs the token.
Exit codes: 0 ended as asked, 1 the server cannot be reached, refuses or goes away, or the container was removed or
its log cannot be read, 2 wrong usage.
`;

/** Flags of `logs` by their key in {@linkcode LogFlags}; all take a value. */
export const LOG_VALUE_FLAGS = { level: "level", container: "container", on: "on", tail: "tail" } as const;

/** The flags of `logs` as typed. */
export interface LogFlags {
  readonly level?: string;
  readonly container?: string;
  readonly on?: string;
  readonly tail?: string;
}

/** Options of `/logs/ws` that `dockstat logs` asks for. */
export type LogRequest =
  | { readonly level?: Level; readonly tail: string }
  | { readonly container: string; readonly host?: string; readonly tail: string };

/** Default number of lines to start with. */
const DEFAULT_TAIL = "100";

/**
 * Checks the flags.
 *
 * @throws {AppError} "usage" for invalid or conflicting flags.
 */
export function toLogRequest({ level, container, on, tail = DEFAULT_TAIL }: LogFlags): LogRequest {
  checkTail(tail);
  if (container === undefined) {
    if (on !== undefined) throw new AppError("usage", "--on goes with --container only");
    return { tail, ...level === undefined ? {} : { level: toLevel(level) } };
  }
  if (level !== undefined) {
    throw new AppError(
      "usage",
      "--level does not go with --container: container output has no levels",
    );
  }
  return { container, tail, ...on === undefined ? {} : { host: on } };
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

function toLevel(text: string): Level {
  const level = LOG_LEVELS.find((name) => name === text.toLowerCase());
  if (level !== undefined) return level;
  throw new AppError("usage", `--level: found "${text}": expected one of ${LOG_LEVELS.join(", ")}`);
}
