import { useEffect, useMemo, useState } from "react";
import { EntrySearch, type SearchResult } from "../../lib/lines/entry_search.ts";
import type { Entry } from "../../lib/lines/line.ts";
import {
  countLevels,
  filterEntries,
  type LevelCounts,
  type LineFilter,
  type SearchMode,
} from "../../lib/lines/line_filter.ts";
import type { Query } from "../../lib/lines/line_search.ts";
import type { LineView } from "../../lib/lines/line_store.ts";
import { useObservable } from "../../lib/use_observable.ts";

/** Use of the matches, and the number of lines to show around each. */
export interface MatchMode {
  readonly mode: SearchMode;
  readonly context: number;
}

/** Lines that a log shows, with its filters and search. */
export interface LogModel {
  readonly shown: readonly Entry[];
  readonly filter: LineFilter;
  readonly setFilter: (changes: Partial<LineFilter>) => void;
  readonly query: Query;
  readonly setQuery: (query: Query) => void;
  readonly matchMode: MatchMode;
  readonly setMatchMode: (mode: MatchMode) => void;
  readonly search: SearchResult;
  /** Indexes of the matches among the shown entries. */
  readonly matches: readonly number[];
  readonly counts: LevelCounts;
  /** True if some lines are hidden. */
  readonly isFiltered: boolean;
}

const NO_FILTER: LineFilter = { levels: new Set(), stream: "all", muted: new Set(), span: undefined };
const NO_QUERY: Query = { text: "", isRegex: false, matchCase: false };

/**
 * Filters and searches the lines of a view.
 *
 * @param muted Containers to hide.
 */
export function useLogModel({ entries }: LineView, muted: ReadonlySet<string>): LogModel {
  const [own, setOwn] = useState(NO_FILTER);
  const [query, setQuery] = useState(NO_QUERY);
  const [matchMode, setMatchMode] = useState<MatchMode>({ mode: "mark", context: 0 });
  const search = useEntrySearch(entries, query);
  const filter = useMemo(() => ({ ...own, muted }), [own, muted]);
  const shown = useMemo(
    () => filterEntries(entries, filter, search, matchMode.mode, matchMode.context),
    [entries, filter, search, matchMode],
  );
  const matches = useMemo(() => shown.flatMap(({ id }, index) => search.found.has(id) ? [index] : []), [
    shown,
    search,
  ]);
  const counts = useMemo(() => countLevels(entries, filter), [entries, filter]);
  return {
    shown,
    filter,
    setFilter: (changes) => setOwn((before) => ({ ...before, ...changes })),
    query,
    setQuery,
    matchMode,
    setMatchMode,
    search,
    matches,
    counts,
    isFiltered: shown.length < entries.length,
  };
}

function useEntrySearch(entries: readonly Entry[], query: Query): SearchResult {
  const [search] = useState(() => new EntrySearch());
  useEffect(() => () => search[Symbol.dispose](), [search]);
  useEffect(() => void search.setQuery(query), [search, query]);
  useEffect(() => search.update(entries), [search, entries]);
  return useObservable(search.result);
}
