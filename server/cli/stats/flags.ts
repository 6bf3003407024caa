/** Arguments and flags of `dockstat stats`, and the message for each usage error. */
import { AppError } from "../../errors.ts";
import type { HostReport } from "../../protocol/hosts.ts";
import { toHostFilter } from "../hosts/flags.ts";
import { suggest } from "../suggest.ts";

/** Columns that the table can be sorted by. */
export const SORTS = ["cpu", "mem", "name", "net"] as const;
/** One of {@linkcode SORTS}. */
export type Sort = (typeof SORTS)[number];

/** Text of `dockstat stats --help`. */
export const STATS_HELP = `Usage: dockstat stats [NAME ...] [flags]

Shows a live table of all containers, or of those with these names (or beginnings of ids). It uses the running
server, or reads the engines itself if none runs. In a pipe it prints the table once.

Flags
  --sort COLUMN         cpu, mem, net (largest first) or name; running containers by host and name by default
  --host HOSTID         only this host; --on does the same
  --label NAME[=VALUE]  only hosts with this label
  --no-stream           print the table once

Keys
  c m n t   sort by CPU, memory, name, network traffic
  /         filter by name, image, host or project; Enter keeps the filter, Esc removes it
  q         quit, like Ctrl-C

--port, --config, --token and --data, and their variables, find the server, as with "dockstat serve"; its address
is in DOCKSTAT_HOST or in the configuration file.
Exit codes: 0 success, 1 failed, 2 wrong usage.
`;

/** Flags of `stats` with a value, by their key in {@linkcode StatsFlags}. */
export const STATS_VALUE_FLAGS = { sort: "sort", on: "on", label: "label" } as const;
/** Boolean flags of `stats`. */
export const STATS_SWITCH_FLAGS = { "no-stream": "noStream" } as const;

/** The flags of `stats` as typed. */
export interface StatsFlags {
  readonly sort?: string;
  readonly on?: string;
  readonly label?: string;
  readonly noStream?: boolean;
}

/** A parsed `dockstat stats` command. */
export interface StatsRequest {
  /** Names or beginnings of ids; empty for all containers. */
  readonly names: readonly string[];
  readonly hostId: string | undefined;
  /** Returns the hosts with the label of `--label`. */
  readonly withLabel?: (hosts: readonly HostReport[]) => readonly HostReport[];
  /** Ids of these hosts, once they are known; `undefined` for all. */
  readonly hostIds?: ReadonlySet<string>;
  readonly sort: Sort | undefined;
  readonly once: boolean;
}

/**
 * Checks arguments and flags.
 *
 * @param host Value of `--host`, which selects a host here.
 * @throws {AppError} "usage".
 */
export function toStatsRequest(
  names: readonly string[],
  { sort, on, label, noStream = false }: StatsFlags,
  host: string | undefined,
): StatsRequest {
  const column = SORTS.find((one) => one === sort);
  if (sort !== undefined && column === undefined) {
    throw new AppError(
      "usage",
      `--sort: found "${sort}": ${suggest(sort, SORTS)}expected one of ${SORTS.join(", ")}`,
    );
  }
  if (host !== undefined && on !== undefined && host !== on) {
    throw new AppError("usage", `--host ${host} and --on ${on} select different hosts: expected one of them`);
  }
  const request = { names, hostId: host ?? on, sort: column, once: noStream };
  return label === undefined ? request : { ...request, withLabel: toHostFilter({ label }) };
}
