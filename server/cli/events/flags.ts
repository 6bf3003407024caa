/** Flags and arguments of `dockstat events`, and the message for each usage error. */
import { parseDuration } from "../../duration.ts";
import { AppError } from "../../errors.ts";
import { parseMoment } from "../../moment.ts";

/** Text of `dockstat events --help`. */
export const EVENTS_HELP = `Usage: dockstat events [NAME ...] [flags]
Requires a running DockStat server.

Prints what has happened to containers, operations and hosts: starts, exits, OOM kills, health changes, deployments
and outages. NAME is the name of a container, or the start of its id.

Flags
  --since TIME  from a time such as 2026-08-01T12:00:00Z, or a duration such as 12h; without it the newest 100
  --follow      print new events until Ctrl-C
  --on HOSTID   only this host
  --audit       print the audit journal instead: sign-ins, revealed secrets, removals and changes
  --json        print one JSON object per line

--host, --port, --config, --token and --data, and their variables, find the server, as with "dockstat serve".
Messages and the audit journal need the token.
Exit codes: 0 success, 1 the server cannot be reached or refuses, 2 wrong usage.
`;

/** Flags of `events` that take a value, by their key in {@linkcode EventFlags}. */
export const EVENT_VALUE_FLAGS = { since: "since", on: "on" } as const;
/** Boolean flags of `events`. */
export const EVENT_SWITCH_FLAGS = { follow: "follow", audit: "audit", json: "json" } as const;

/** The flags of `events` as typed. */
export interface EventFlags {
  readonly since?: string;
  readonly on?: string;
  readonly follow?: boolean;
  readonly audit?: boolean;
  readonly json?: boolean;
}

/** A checked `dockstat events` command. */
export interface EventRequest {
  readonly path: "/events" | "/audit";
  /** Options of the path. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Reads every page, not only the newest. */
  readonly all: boolean;
  readonly follow: boolean;
  readonly json: boolean;
}

/**
 * Checks flags and arguments.
 *
 * @throws {AppError} "usage" for an invalid time, or a filter that the audit journal does not have.
 */
export function toEventRequest(names: readonly string[], flags: EventFlags): EventRequest {
  const { since, on, follow = false, audit = false, json = false } = flags;
  if (since !== undefined && parseDuration(since) === undefined && parseMoment(since) === undefined) {
    const expected = "a duration such as 12h, or a time such as 2026-08-01T12:00:00Z";
    throw new AppError("usage", `--since: found "${since}": expected ${expected}`);
  }
  if (audit && on !== undefined) throw new AppError("usage", "--on does not go with --audit");
  if (audit && names.length > 0) {
    throw new AppError("usage", `Unexpected argument "${names[0]}" after "events --audit"`);
  }
  const given: readonly (readonly [string, string | undefined])[] = [
    ["since", since],
    ["host", on],
    ...names.map((name) => ["container", name] as const),
  ];
  return {
    path: audit ? "/audit" : "/events",
    query: given.flatMap(([name, value]) => value === undefined ? [] : [[name, value] as const]),
    all: since !== undefined,
    follow,
    json,
  };
}
