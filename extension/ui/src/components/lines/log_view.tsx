import { Box, Button } from "@mui/material";
import { type MouseEvent, type ReactNode, useMemo } from "react";
import type { Entry } from "../../lib/lines/line.ts";
import { histogramOf } from "../../lib/lines/line_histogram.ts";
import type { LineStore } from "../../lib/lines/line_store.ts";
import type { LogPaging } from "../../lib/lines/log_paging.ts";
import type { LogSearch } from "./search/log_search.ts";
import { useNow } from "../../lib/use_now.ts";
import { VISUALLY_HIDDEN } from "../visually_hidden.ts";
import { BARS, Histogram } from "./controls/histogram.tsx";
import { describeCount, LABELS, newLinesLabel } from "./controls/labels.ts";
import { LogList } from "./log_list.tsx";
import { LogSheet } from "./log_sheet.ts";
import type { SourceLook } from "./log_source.ts";
import { LogToolbar } from "./log_toolbar.tsx";
import { LogTop, PagingNotice } from "./log_top.tsx";
import { SearchPanel } from "./search/search_panel.tsx";
import { SelectionBar } from "./controls/selection_bar.tsx";
import { type LogState, useLogState } from "./use_log_state.ts";

/** Props of {@linkcode LogView}. */
export interface LogViewProps {
  readonly store: LineStore;
  /** Accessible name of the log, such as "DockStat's log". */
  readonly name: string;
  /** Loads older lines; missing for a log of which only the newest lines can be read. */
  readonly paging?: LogPaging;
  /** Searches the whole log; missing for a log that is loaded as a whole. */
  readonly wholeLog?: LogSearch;
  /** Containers of a merged log. */
  readonly sources?: ReadonlyMap<string, SourceLook>;
  /** Containers to hide. */
  readonly muted?: ReadonlySet<string>;
  /** Returns the address of an entry. */
  readonly linkTo?: (entry: Entry) => string;
  /** Placeholder for an empty log. */
  readonly empty: ReactNode;
  /** Returns additional controls, such as a download of the shown lines. */
  readonly controls: (state: LogState) => ReactNode;
}

const NO_SOURCES: ReadonlyMap<string, SourceLook> = new Map();
const NONE_MUTED: ReadonlySet<string> = new Set();

/** A log with search, filters and selection, which follows its end until the user scrolls up. */
export function LogView(props: LogViewProps) {
  const { store, paging, wholeLog, sources = NO_SOURCES, muted = NONE_MUTED, linkTo, controls } = props;
  const state = useLogState({ store, paging, wholeLog, sources, muted });
  const { view, settings, model, scroll, selection, wholeSearch } = state;
  return (
    <Box sx={FRAME}>
      <Box sx={{ flexShrink: 0, order: { xs: 2, sm: 0 } }}>
        <LogToolbar
          {...{ model, settings, onSettings: state.onSettings, search: state.search, onSpan: state.onSpan }}
          following={scroll.following}
          onPause={scroll.pause}
          hasStreams={view.entries.some(({ head }) => head.stream !== undefined)}
          count={describeCount(countLines(model.shown), view.lines, view.dropped)}
          {...paging && { onJump: (at: number) => void paging.jump(at) }}
        >
          {controls(state)}
        </LogToolbar>
      </Box>
      <Box sx={{ flexShrink: 0, order: { xs: 1, sm: 0 } }}>
        <LogHistogram {...state} />
        {wholeSearch && (
          <SearchPanel
            search={wholeSearch}
            hasQuery={model.query.text !== "" && model.search.error === undefined}
            matcher={state.form.matcher}
            times={settings.times}
            sources={sources}
          />
        )}
        {paging && <PagingNotice paging={paging} />}
      </Box>
      <Box sx={LINES}>
        {!scroll.following && (
          <Button size="small" variant="contained" disableElevation onClick={scroll.follow} sx={FOLLOW}>
            {newLinesLabel(scroll.missed)} ↓
          </Button>
        )}
        <LogLines {...props} state={state} />
        {selection.entries.length > 0 && (
          <SelectionBar
            count={countLines(selection.entries)}
            textOf={(withTimes) => state.textOf(selection.entries, withTimes ? "utc" : "none")}
            link={linkTo?.(selection.entries[0]!)}
            onClear={selection.clear}
          />
        )}
      </Box>
    </Box>
  );
}

const FRAME = {
  position: "relative",
  display: "flex",
  flexDirection: "column",
  flex: "1 1 0",
  minHeight: 160,
  border: 1,
  borderColor: "divider",
  borderRadius: 1,
  overflow: "hidden",
} as const;
/** On a phone the lines come first, and the controls are near the thumb. */
const LINES = {
  position: "relative",
  display: "flex",
  flexDirection: "column",
  flex: "1 1 0",
  minHeight: 0,
} as const;
const FOLLOW = { position: "absolute", bottom: 10, right: 24, zIndex: 1, borderRadius: 4 } as const;

function LogLines({ name, paging, empty, state }: LogViewProps & { readonly state: LogState }) {
  const { view, settings, model: { shown, matches }, scroll, selection, search } = state;
  const now = useNow(settings.times === "relative");
  return (
    <>
      {/* Screen readers announce a log by default; this one has too many lines for that. */}
      <LogSheet
        ref={state.scroller}
        role="log"
        aria-live="off"
        aria-label={name}
        tabIndex={0}
        data-wrap={settings.wrap}
        onScroll={scroll.onScroll}
        onKeyDown={(event) => {
          selection.onKeyDown(event);
          scroll.onKeyDown(event);
        }}
        onCopy={selection.onCopy}
        onClick={(event) => {
          selection.onClick(event);
          toggleRow(event);
        }}
      >
        {view.entries.length === 0 && empty}
        {view.entries.length > 0 && shown.length === 0 && <p className="note">{LABELS.noMatchingLines}</p>}
        {shown.length > 0 && (
          <LogList
            rows={scroll.rows}
            shown={shown}
            states={state.rowStates}
            form={state.form}
            now={now}
            current={state.current}
            selected={selection.ids}
            top={paging && <LogTop paging={paging} />}
          />
        )}
      </LogSheet>
      <span role="status" style={VISUALLY_HIDDEN}>
        {search.at === undefined ? "" : shown[matches[search.at]!]?.head.text.slice(0, 500)}
      </span>
    </>
  );
}

/**
 * Lines over time: those of the whole log after a search of it, otherwise the loaded ones. The range is chosen there,
 * so it does not depend on the range.
 */
function LogHistogram({ view: { entries }, model, settings, wholeSearch, onSpan }: LogState) {
  const isShown = settings.histogram;
  const loaded = useMemo(() => isShown ? histogramOf(entries, BARS) : undefined, [entries, isShown]);
  const whole = wholeSearch?.state.histogram;
  const data = isShown ? whole ?? loaded : undefined;
  if (data === undefined) return null;
  const form = settings.times === "utc" ? "utc" : "local";
  const canCount = wholeSearch !== undefined && whole === undefined && wholeSearch.state.phase !== "running";
  return (
    <Histogram
      data={data}
      span={model.filter.span}
      form={form}
      onSpan={onSpan}
      {...canCount && { onCount: wholeSearch.count }}
    />
  );
}

function countLines(entries: readonly Entry[]): number {
  return entries.reduce((sum, { rest }) => sum + 1 + rest.length, 0);
}

/** Folds or unfolds the row whose text was clicked, unless the user selects text. */
function toggleRow({ target }: MouseEvent): void {
  if (!(target instanceof Element) || target.closest("button, time, .fields") !== null) return;
  if (getSelection()?.isCollapsed === false) return;
  target.closest("[role=listitem]")?.querySelector<HTMLElement>("button.toggle")?.click();
}
