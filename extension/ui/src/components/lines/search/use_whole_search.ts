import { useMemo, useState } from "react";
import { NO_QUERY, requestOf, type SearchRequest } from "../../../lib/lines/log_archive.ts";
import { type Hit, type LogSearch, type LogSearchState, NO_SEARCH } from "./log_search.ts";
import type { LogPaging } from "../../../lib/lines/log_paging.ts";
import { Observable } from "../../../lib/observable.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import type { LogModel } from "../use_log_model.ts";

/** Search of the whole log, as a view shows it. */
export interface WholeSearch {
  readonly state: LogSearchState;
  /** True if the hits belong to the current query and filters of the view. */
  readonly isCurrent: boolean;
  /** Index of the hit that was opened last. */
  readonly at: number | undefined;
  /** Searches for what the view searches for. */
  readonly start: () => void;
  /** Counts all lines over time. */
  readonly count: () => void;
  readonly more: () => void;
  readonly cancel: () => void;
  readonly close: () => void;
  /** Opens a hit at its place in the log. */
  readonly open: (index: number) => void;
  /** Opens the next or previous hit. */
  readonly step: (direction: "next" | "previous") => void;
}

const NONE = new Observable<LogSearchState>(NO_SEARCH);

/** Returns the search of the whole log; `undefined` for a log that is loaded as a whole. */
export function useWholeSearch(
  search: LogSearch | undefined,
  paging: LogPaging | undefined,
  model: LogModel,
): WholeSearch | undefined {
  const state = useObservable((search ?? { state: NONE }).state);
  const [opened, setOpened] = useState<Hit>();
  const request = useMemo(() => requestOf(model), [model.query, model.matchMode, model.filter]);
  if (search === undefined || paging === undefined) return undefined;
  const { hits } = state;
  const found = opened === undefined ? -1 : hits.indexOf(opened);
  const open = (index: number) => {
    const hit = hits[index];
    if (hit === undefined) return;
    setOpened(hit);
    void paging.open(hit.cursor, hit.source);
  };
  return {
    state,
    isCurrent: state.request !== undefined && isSame(state.request, request),
    at: found < 0 ? undefined : found,
    start: () => search.start(request),
    count: () => search.start({ ...request, query: NO_QUERY, isExclude: false, context: 0 }),
    more: search.more,
    cancel: search.cancel,
    close: search.clear,
    open,
    step: (direction) => open(nextHit(hits, found, direction)),
  };
}

function isSame(one: SearchRequest, other: SearchRequest): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf(
  { query, isExclude, context, filter: { levels, stream, muted, span } }: SearchRequest,
): string {
  return JSON.stringify([query, isExclude, context, [...levels].sort(), stream, [...muted].sort(), span]);
}

/** Returns the index of the next or previous hit that is not context, and wraps around at both ends. */
function nextHit(hits: readonly Hit[], from: number, direction: "next" | "previous"): number {
  const isFound = ({ isContext }: Hit) => !isContext;
  if (direction === "next") {
    const next = hits.findIndex((hit, index) => index > from && isFound(hit));
    return next >= 0 ? next : hits.findIndex(isFound);
  }
  const before = from < 0 ? -1 : hits.findLastIndex((hit, index) => index < from && isFound(hit));
  return before >= 0 ? before : hits.findLastIndex(isFound);
}
