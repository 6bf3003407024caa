/** Filters and search of a log view in the address, which links and the back button restore. */
import {
  LEVEL_CHOICES,
  type LevelChoice,
  type LineFilter,
  type SearchMode,
  type TimeSpan,
} from "./line_filter.ts";
import type { Query } from "./line_search.ts";

/** Use of the matches, and the number of lines to show around each. */
export interface MatchMode {
  readonly mode: SearchMode;
  readonly context: number;
}

/** Filters and search of a view. */
export interface LogAddress {
  readonly filter: Omit<LineFilter, "muted">;
  readonly query: Query;
  readonly matchMode: MatchMode;
}

/** Uses of the matches, by their names in the address. */
const MODES: Readonly<Record<string, MatchMode>> = {
  only: { mode: "only", context: 0 },
  around: { mode: "only", context: 3 },
  exclude: { mode: "exclude", context: 0 },
};
const MARK: MatchMode = { mode: "mark", context: 0 };
/** Longest query that is read from an address, characters. */
const LONGEST_QUERY = 1000;

/** Parses the state in an address; anything unknown is left out. */
export function parseLogAddress(address: URLSearchParams): LogAddress {
  const stream = address.get("stream");
  const levels = (address.get("levels") ?? "").split(",");
  return {
    filter: {
      levels: new Set(LEVEL_CHOICES.filter((level) => levels.includes(level))),
      stream: stream === "stdout" || stream === "stderr" ? stream : "all",
      span: spanOf(address),
    },
    query: {
      text: (address.get("q") ?? "").slice(0, LONGEST_QUERY),
      isRegex: address.has("regex"),
      matchCase: address.has("case"),
    },
    matchMode: MODES[address.get("mode") ?? ""] ?? MARK,
  };
}

/** Returns the changes of an address; `null` removes a value. */
export function formatLogAddress(changes: {
  readonly filter?: Partial<LogAddress["filter"]>;
  readonly query?: Query;
  readonly matchMode?: MatchMode;
}): Readonly<Record<string, string | null>> {
  const { filter = {}, query, matchMode } = changes;
  return {
    ...filter.levels && { levels: listOf(filter.levels) },
    ...filter.stream && { stream: filter.stream === "all" ? null : filter.stream },
    ..."span" in filter && { from: timeOf(filter.span?.from), to: timeOf(filter.span?.to) },
    ...query && {
      q: query.text || null,
      regex: query.isRegex ? "1" : null,
      case: query.matchCase ? "1" : null,
    },
    ...matchMode && { mode: nameOf(matchMode) },
  };
}

function spanOf(address: URLSearchParams): TimeSpan | undefined {
  const [from, to] = [Date.parse(address.get("from") ?? ""), Date.parse(address.get("to") ?? "")];
  if (Number.isNaN(from) && Number.isNaN(to)) return undefined;
  return { from: Number.isNaN(from) ? -Infinity : from, to: Number.isNaN(to) ? Infinity : to };
}

function timeOf(at: number | undefined): string | null {
  return at === undefined || !Number.isFinite(at) ? null : new Date(at).toISOString();
}

function listOf(levels: ReadonlySet<LevelChoice>): string | null {
  return levels.size === 0 ? null : LEVEL_CHOICES.filter((level) => levels.has(level)).join(",");
}

function nameOf({ mode, context }: MatchMode): string | null {
  const found = Object.entries(MODES).find(([, one]) => one.mode === mode && one.context === context);
  return found?.[0] ?? null;
}
