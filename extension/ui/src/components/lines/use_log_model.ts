import { useEffect, useMemo, useState } from "react";
import { EntrySearch, type SearchResult } from "../../lib/lines/entry_search.ts";
import type { Entry } from "../../lib/lines/line.ts";
import {
  countLevels,
  filterEntries,
  type LevelCounts,
  type LineFilter,
} from "../../lib/lines/line_filter.ts";
import type { Query } from "../../lib/lines/line_search.ts";
import type { LineView } from "../../lib/lines/line_store.ts";
import { formatLogAddress, type MatchMode, parseLogAddress } from "../../lib/lines/log_address.ts";
import { useQuery } from "../../lib/route.ts";
import { useObservable } from "../../lib/use_observable.ts";

/** Lines that a log shows, with its filters and search. */
export interface LogModel {
  readonly shown: readonly Entry[];
  readonly filter: LineFilter;
  readonly setFilter: (changes: Partial<Omit<LineFilter, "muted">>) => void;
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

/**
 * Filters and searches the lines of a view, as the address says.
 *
 * @param muted Containers to hide.
 */
export function useLogModel({ entries }: LineView, muted: ReadonlySet<string>): LogModel {
  const [address, change] = useQuery();
  const { filter: own, query, matchMode } = useMemo(() => parseLogAddress(address), [address]);
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
    setFilter: (filter) => change(formatLogAddress({ filter })),
    query,
    setQuery: (query) => change(formatLogAddress({ query })),
    matchMode,
    setMatchMode: (matchMode) => change(formatLogAddress({ matchMode })),
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
