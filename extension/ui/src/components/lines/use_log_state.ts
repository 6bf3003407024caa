import { useTheme } from "@mui/material";
import { type RefObject, useCallback, useMemo, useRef, useState } from "react";
import type { Entry } from "../../lib/lines/line.ts";
import { exportEntries, type ExportForm } from "../../lib/lines/line_export.ts";
import type { TimeSpan } from "../../lib/lines/line_filter.ts";
import { nextMatch } from "../../lib/lines/line_search.ts";
import type { LineStore, LineView } from "../../lib/lines/line_store.ts";
import type { LogPaging } from "../../lib/lines/log_paging.ts";
import type { LogSearch } from "./search/log_search.ts";
import { useObservable } from "../../lib/use_observable.ts";
import type { RowForm, RowState } from "./log_row.tsx";
import type { SourceLook } from "./log_source.ts";
import type { SearchBoxProps } from "./controls/search_box.tsx";
import { type LineSelection, useLineSelection } from "./use_line_selection.ts";
import { useWholeSearch, type WholeSearch } from "./search/use_whole_search.ts";
import { type LogModel, useLogModel } from "./use_log_model.ts";
import { type LogScroll, useLogScroll } from "./use_log_scroll.ts";
import { type LogSettings, useLogSettings } from "./use_log_settings.ts";

/** Log that a view shows. */
export interface LogStateOptions {
  readonly store: LineStore;
  /** Loads older lines; missing for a log of which only the newest lines can be read. */
  readonly paging: LogPaging | undefined;
  /** Searches the whole log; missing for a log that is loaded as a whole. */
  readonly wholeLog: LogSearch | undefined;
  /** Containers of a merged log. */
  readonly sources: ReadonlyMap<string, SourceLook>;
  /** Containers to hide. */
  readonly muted: ReadonlySet<string>;
}

/** State of a log view during one render. */
export interface LogState {
  readonly view: LineView;
  readonly settings: LogSettings;
  readonly onSettings: (changes: Partial<LogSettings>) => void;
  readonly model: LogModel;
  readonly scroller: RefObject<HTMLDivElement>;
  readonly scroll: LogScroll;
  readonly selection: LineSelection;
  readonly form: RowForm;
  /** Unfolded parts of entries, by id. */
  readonly rowStates: ReadonlyMap<number, RowState>;
  /** Id of the search's current entry. */
  readonly current: number | undefined;
  readonly search: SearchBoxProps;
  readonly wholeSearch: WholeSearch | undefined;
  readonly onSpan: (span: TimeSpan | undefined) => void;
  /** Returns entries as text, with the names of containers in a merged log. */
  readonly textOf: (entries: readonly Entry[], times: ExportForm["times"]) => string;
}

/** Returns the state of a log view. */
export function useLogState({ store, paging, wholeLog, sources, muted }: LogStateOptions): LogState {
  const view = useObservable(store.view);
  const [settings, onSettings] = useLogSettings();
  const model = useLogModel(view, muted);
  const { shown, isFiltered } = model;
  const [current, setCurrent] = useState<number>();
  const [rowStates, onState] = useRowStates();
  const scroller = useRef<HTMLDivElement>(null);
  const textOf = useTextOf(sources);
  const firstVisible = useRef<() => number>(() => 0);
  const selection = useLineSelection(
    scroller,
    shown,
    (entries) => textOf(entries, "none"),
    () => firstVisible.current(),
  );
  const { held } = selection;
  const parts = { scroller, store, view, shown, isFiltered, held, paging };
  const scroll = useLogScroll({ ...parts, onTarget: setCurrent });
  firstVisible.current = scroll.firstVisible;
  const form = useRowForm(settings, onSettings, model, sources, useUnfolding(onState, scroll.pause));
  const wholeSearch = useWholeSearch(wholeLog, paging, model);
  const search = withWholeSearch(searchOf(model, current, setCurrent, scroll.show), wholeSearch);
  const onSpan = (span: TimeSpan | undefined) => {
    model.setFilter({ span });
    if (span !== undefined && startsBefore(span, view)) void paging?.jump(span.from);
  };
  return {
    view,
    settings,
    onSettings,
    model,
    scroller,
    scroll,
    selection,
    form,
    rowStates,
    current,
    search,
    wholeSearch,
    onSpan,
    textOf,
  };
}

function useTextOf(sources: ReadonlyMap<string, SourceLook>): LogState["textOf"] {
  return useCallback((entries, times) => {
    const nameOf = (id: string) => sources.get(id)?.name ?? id;
    return exportEntries(entries, sources.size === 0 ? { times } : { times, nameOf });
  }, [sources]);
}

/** Returns true if the loaded lines begin after the start of a range. */
function startsBefore({ from }: TimeSpan, { entries }: LineView): boolean {
  const oldest = entries.find(({ at }) => !Number.isNaN(at));
  return Number.isFinite(from) && oldest !== undefined && from < oldest.at;
}

function useRowStates(): readonly [ReadonlyMap<number, RowState>, RowForm["onState"]] {
  const [states, setStates] = useState<ReadonlyMap<number, RowState>>(new Map());
  const onState = useCallback((id: number, state: RowState) => {
    setStates((before) => new Map([...before, [id, state]]));
  }, []);
  return [states, onState];
}

/** Pauses a log when a user unfolds a row, since new lines must not move it. */
function useUnfolding(onState: RowForm["onState"], pause: () => void): RowForm["onState"] {
  return useCallback((id, state) => {
    if (state.isOpen !== false) pause();
    onState(id, state);
  }, [onState, pause]);
}

function useRowForm(
  { times, raw, columns }: LogSettings,
  onSettings: (changes: Partial<LogSettings>) => void,
  { search: { matcher }, matchMode: { mode: matchMode } }: LogModel,
  sources: ReadonlyMap<string, SourceLook>,
  onState: RowForm["onState"],
): RowForm {
  const { mode } = useTheme().palette;
  return useMemo(() => ({
    ...{ times, raw, mode, columns, sources, onState },
    matcher: matchMode === "exclude" ? undefined : matcher,
    onColumn: (name) => {
      const others = columns.filter((one) => one !== name);
      onSettings({ columns: others.length < columns.length ? others : [...columns, name] });
    },
  }), [times, raw, mode, columns, sources, onState, matchMode, matcher, onSettings]);
}

/** Lets the search box step through what was found in the whole log. */
function withWholeSearch(search: SearchBoxProps, whole: WholeSearch | undefined): SearchBoxProps {
  if (whole === undefined || !whole.isCurrent || whole.state.hits.length === 0) return search;
  const { state: { hits, found, phase }, at } = whole;
  const position = at === undefined
    ? undefined
    : hits.slice(0, at).filter(({ isContext }) => !isContext).length;
  return { ...search, found, at: position, isDone: phase !== "running", onStep: whole.step };
}

/** Returns the props of the search box. */
function searchOf(
  { query, setQuery, search: { isDone, error }, matches, shown }: LogModel,
  current: number | undefined,
  setCurrent: (id: number | undefined) => void,
  show: (index: number) => void,
): SearchBoxProps {
  const position = matches.findIndex((index) => shown[index]!.id === current);
  return {
    ...{ query, isDone, error, found: matches.length, at: position < 0 ? undefined : position },
    onQuery: (next) => {
      setQuery(next);
      setCurrent(undefined);
    },
    onStep: (direction) => {
      const index = shown.findIndex(({ id }) => id === current);
      const to = nextMatch(matches, index < 0 ? undefined : index, direction);
      if (to === undefined) return;
      setCurrent(shown[matches[to]!]!.id);
      show(matches[to]!);
    },
  };
}
