import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { ContainerRow } from "./container_row.ts";
import { sum, type Totals } from "./totals.ts";
import { troubleOf } from "../attention/trouble.ts";

/** Meanings of 100 % in the CPU column. */
export const CPU_SCALES = ["core", "host"] as const;
/** One of {@linkcode CPU_SCALES}. */
export type CpuScale = (typeof CPU_SCALES)[number];

/** Filters by state. */
export const STATE_FILTERS = ["all", "unhealthy", "running", "stopped"] as const;
/** One of {@linkcode STATE_FILTERS}. */
export type StateFilter = (typeof STATE_FILTERS)[number];

/** Sort key of a row. Numbers sort by size, texts alphabetically, and `null` sorts last. */
export type SortValue = number | string | null;

/** Filter, order and grouping of the table. */
export interface Arrangement {
  /** Space-separated terms, each of which must match a name, image, project, service, state, status or id prefix. */
  readonly search: string;
  readonly state: StateFilter;
  /** Id of a host; `null` for all. */
  readonly host: string | null;
  readonly grouped: boolean;
  readonly sortBy: (row: ContainerRow) => SortValue;
  readonly descending: boolean;
  /** Keys of the collapsed groups. */
  readonly folded: ReadonlySet<string>;
  /** Current time, epoch ms. */
  readonly now: number;
}

/** One line of the table. */
export type Item =
  | {
    readonly kind: "group";
    readonly key: string;
    readonly project: string | null;
    readonly hostId: string;
    readonly totals: Totals;
    readonly folded: boolean;
  }
  | {
    readonly kind: "row";
    readonly key: string;
    readonly row: ContainerRow;
    /** True for the only container of its group, which has no heading. */
    readonly single: boolean;
  };

/** Returns the lines of the table, from top to bottom. */
export function arrange(rows: readonly ContainerRow[], arrangement: Arrangement): readonly Item[] {
  const shown = sortRows(rows.filter((row) => isShown(row, arrangement)), arrangement);
  return arrangement.grouped ? grouped(shown, arrangement.folded) : shown.map((row) => toItem(row));
}

/** Returns rows in order; equal rows are sorted by name. */
export function sortRows(
  rows: readonly ContainerRow[],
  arrangement: Pick<Arrangement, "sortBy" | "descending">,
): readonly ContainerRow[] {
  return rows.toSorted(order(arrangement));
}

function toItem(row: ContainerRow, single = false): Item {
  return { kind: "row", key: row.key, row, single };
}

function isShown(row: ContainerRow, { search, state, host, now }: Arrangement): boolean {
  const { newest } = row;
  if (host !== null && newest.hostId !== host) return false;
  if (!hasState(row, state, now)) return false;
  return search.toLowerCase().split(/\s+/).every((term) => matches(newest, term));
}

/** Returns true for a container that a filter by state shows. */
export function hasState(row: ContainerRow, state: StateFilter, now: number): boolean {
  switch (state) {
    case "all":
      return true;
    case "running":
      return isUp(row.newest);
    case "stopped":
      return !isUp(row.newest);
    case "unhealthy":
      return troubleOf(row, now) !== undefined;
  }
}

/** Includes paused and restarting containers, as `docker ps` does, so that every container has one filter. */
function isUp({ state }: DetailedStatsMessage): boolean {
  return state === "running" || state === "paused" || state === "restarting";
}

/** Each term may match a different property. */
function matches(
  { id, name, image, project, service, state, status }: DetailedStatsMessage,
  term: string,
): boolean {
  if (term === "" || id.startsWith(term)) return true;
  return [name, image, project, service, state, status].some((text) => text?.toLowerCase().includes(term));
}

/** Sorts equal rows by name, so that lines do not jump. */
function order(
  { sortBy, descending }: Pick<Arrangement, "sortBy" | "descending">,
): (one: ContainerRow, other: ContainerRow) => number {
  const sign = descending ? -1 : 1;
  return (one, other) => {
    const [a, b] = [sortBy(one), sortBy(other)];
    if (a === null || b === null) return a === b ? byName(one, other) : a === null ? 1 : -1;
    const first = typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b));
    return first === 0 ? byName(one, other) : sign * first;
  };
}

function byName(one: ContainerRow, other: ContainerRow): number {
  return compare(one.newest.name, other.newest.name) || compare(one.key, other.key);
}

/** Compares numbers in names by value. The collator is shared, since creating one is expensive. */
const { compare } = new Intl.Collator("en", { numeric: true });

/** Groups by project name; containers without a project come last. A single container needs no heading. */
function grouped(rows: readonly ContainerRow[], folded: ReadonlySet<string>): readonly Item[] {
  const groups = Map.groupBy(rows, ({ newest: { hostId, project } }) => `${project ?? ""}\n${hostId}`);
  const named = [...groups].sort(([one], [other]) =>
    Number(one.startsWith("\n")) - Number(other.startsWith("\n")) || compare(one, other)
  );
  return named.flatMap(([key, members]) => {
    const [first] = members;
    if (first !== undefined && members.length === 1) return [toItem(first, true)];
    const { hostId, project } = first!.newest;
    const totals = sum(members);
    const isFolded = folded.has(key);
    const heading: Item = { kind: "group", key, project, hostId, totals, folded: isFolded };
    return [heading, ...isFolded ? [] : members.map((row) => toItem(row))];
  });
}

/** Returns the number of cores that count as 100 %; `null` when unknown. */
export function coresOf(
  { hostId, onlineCpus }: { readonly hostId: string; readonly onlineCpus?: number | null },
  scale: CpuScale,
  hosts: ReadonlyMap<string, HostReport> | undefined,
): number | null {
  return scale === "core" ? 1 : hosts?.get(hostId)?.cpus ?? onlineCpus ?? null;
}
