import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import type { ContainerRow } from "./container_row.ts";
import { sum, type Totals } from "./totals.ts";

/** What the CPU column counts as 100 %. */
export const CPU_SCALES = ["core", "host"] as const;
/** One of {@linkcode CPU_SCALES}. */
export type CpuScale = (typeof CPU_SCALES)[number];

/** Which containers by their state. */
export const STATE_FILTERS = ["all", "running", "stopped", "unhealthy"] as const;
/** One of {@linkcode STATE_FILTERS}. */
export type StateFilter = (typeof STATE_FILTERS)[number];

/** What a column sorts by: numbers by size, texts by the alphabet; what is not known comes last. */
export type SortValue = number | string | null;

/** How the table is arranged. */
export interface Arrangement {
  /** Words, each of which is part of a name, an image, a project, a service, a state, or begins an id. */
  readonly search: string;
  readonly state: StateFilter;
  /** The id of a host; `null` for all. */
  readonly host: string | null;
  readonly grouped: boolean;
  readonly sortBy: (row: ContainerRow) => SortValue;
  readonly descending: boolean;
  /** The headings whose containers are folded away. */
  readonly folded: ReadonlySet<string>;
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
  | { readonly kind: "row"; readonly key: string; readonly row: ContainerRow };

/** The lines of the table, from top to bottom. */
export function arrange(rows: readonly ContainerRow[], arrangement: Arrangement): readonly Item[] {
  const shown = rows.filter((row) => fits(row, arrangement)).sort(order(arrangement));
  return arrangement.grouped ? grouped(shown, arrangement.folded) : shown.map(toItem);
}

function toItem(row: ContainerRow): Item {
  return { kind: "row", key: row.key, row };
}

function fits({ newest }: ContainerRow, { search, state, host }: Arrangement): boolean {
  if (host !== null && newest.hostId !== host) return false;
  if (state === "running" && newest.state !== "running") return false;
  if (state === "stopped" && isUp(newest)) return false;
  if (state === "unhealthy" && !isInTrouble(newest)) return false;
  return search.toLowerCase().split(/\s+/).every((word) => matches(newest, word));
}

function isUp({ state }: DetailedStatsMessage): boolean {
  return state === "running" || state === "paused";
}

/** Unhealthy, started again and again, dead, or ended with a failure; the status is the only one to tell the code. */
function isInTrouble(message: DetailedStatsMessage): boolean {
  const { health, state, status } = message;
  if (isUp(message)) return health === "unhealthy";
  return state === "restarting" || state === "dead" || /^Exited \((?!0\))/.test(status);
}

/** Each word of a search may stand somewhere else. */
function matches(
  { id, name, image, project, service, state, status }: DetailedStatsMessage,
  word: string,
): boolean {
  if (word === "" || id.startsWith(word)) return true;
  return [name, image, project, service, state, status].some((text) => text?.toLowerCase().includes(word));
}

/** Equal ones stand by name, so that lines do not jump about. */
function order({ sortBy, descending }: Arrangement): (one: ContainerRow, other: ContainerRow) => number {
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

/** Numbers in names count as numbers; the collator is made once, since it is what sorting costs. */
const { compare } = new Intl.Collator("en", { numeric: true });

/** Projects by name, and what belongs to none at the end. */
function grouped(rows: readonly ContainerRow[], folded: ReadonlySet<string>): readonly Item[] {
  const groups = Map.groupBy(rows, ({ newest: { hostId, project } }) => `${project ?? ""}\n${hostId}`);
  const named = [...groups].sort(([one], [other]) =>
    Number(one.startsWith("\n")) - Number(other.startsWith("\n")) || compare(one, other)
  );
  return named.flatMap(([key, members]) => {
    const { hostId, project } = members[0]!.newest;
    const totals = sum(members.map(({ newest }) => newest));
    const isFolded = folded.has(key);
    const heading: Item = { kind: "group", key, project, hostId, totals, folded: isFolded };
    return [heading, ...isFolded ? [] : members.map(toItem)];
  });
}

/** What 100 % of the CPU is, in cores; `null` where the number of cores is not known. */
export function coresOf(
  { hostId, onlineCpus }: { readonly hostId: string; readonly onlineCpus?: number | null },
  scale: CpuScale,
  hosts: ReadonlyMap<string, HostReport> | undefined,
): number | null {
  return scale === "core" ? 1 : hosts?.get(hostId)?.cpus ?? onlineCpus ?? null;
}
