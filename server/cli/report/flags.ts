/** Flags of `dockstat report`, and the message for each usage error. */
import { parseDuration } from "../../duration.ts";
import { AppError } from "../../errors.ts";
import { parseMoment } from "../../moment.ts";

/** Text of `dockstat report --help`. */
export const REPORT_HELP = `Usage: dockstat report [flags]
Requires a running DockStat server.

Prints what restarted, failed, grew, or ran out of memory or disk space.

Flags
  --since TIME  from a time such as 2026-08-01T12:00:00Z, or a duration such as 12h (the default); 30d at most
  --on HOSTID   only this host
  --json        print the report as JSON

--host, --port, --config, --token and --data, and their variables, find the server, as with "dockstat serve".
Messages, and what grew, need the token.
Exit codes: 0 success, 1 the server cannot be reached or refuses, 2 wrong usage.
`;

/** Flags of `report` that take a value, by their key in {@linkcode ReportFlags}. */
export const REPORT_VALUE_FLAGS = { since: "since", on: "on" } as const;
/** Boolean flags of `report`. */
export const REPORT_SWITCH_FLAGS = { json: "json" } as const;

/** The flags of `report` as typed. */
export interface ReportFlags {
  readonly since?: string;
  readonly on?: string;
  readonly json?: boolean;
}

/** A checked `dockstat report` command. */
export interface ReportRequest {
  /** Path with its options. */
  readonly path: string;
  readonly json: boolean;
}

/**
 * Checks the flags.
 *
 * @throws {AppError} "usage" for an invalid time.
 */
export function toReportRequest({ since = "12h", on, json = false }: ReportFlags): ReportRequest {
  if (parseDuration(since) === undefined && parseMoment(since) === undefined) {
    const expected = "a duration such as 12h, or a time such as 2026-08-01T12:00:00Z";
    throw new AppError("usage", `--since: found "${since}": expected ${expected}`);
  }
  const options = new URLSearchParams({ since, ...on === undefined ? {} : { host: on } });
  return { path: `/report?${options}`, json };
}
