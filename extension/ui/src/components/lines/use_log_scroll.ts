import { useMediaQuery, useTheme } from "@mui/material";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef } from "react";
import type { Entry } from "../../lib/lines/line.ts";
import type { LineStore, LineView } from "../../lib/lines/line_store.ts";
import type { LogPaging } from "../../lib/lines/log_paging.ts";
import type { LogRowsOf } from "./log_list.tsx";
import { LINE_PX, PHONE_LINE_PX } from "./log_sheet.ts";
import { useFollow } from "./use_follow.ts";
import { useTarget } from "./use_target.ts";

/** Options for {@linkcode useLogScroll}. */
export interface LogScrollOptions {
  readonly scroller: RefObject<HTMLDivElement>;
  readonly store: LineStore;
  readonly view: LineView;
  readonly shown: readonly Entry[];
  readonly isFiltered: boolean;
  /** Ids of rows that must stay in the page. */
  readonly held: readonly number[];
  readonly paging: LogPaging | undefined;
  /** Called with the entry that a jump leads to. */
  readonly onTarget: (id: number) => void;
}

/** Rows and position of a log. */
export interface LogScroll {
  readonly rows: LogRowsOf;
  readonly following: boolean;
  /** Number of lines received since the log no longer follows its end. */
  readonly missed: number;
  readonly pause: () => void;
  readonly follow: () => void;
  /** Pauses, and scrolls to the entry at an index. */
  readonly show: (index: number) => void;
  /** Returns the index of the first visible entry. */
  readonly firstVisible: () => number;
  readonly onScroll: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Distance from an end at which further lines are loaded, px. */
const LOAD_PX = 400;
/** Height of the part above the first row, px. */
const TOP_PX = 24;
/** A time before the first line of any log. */
const BEGINNING = Date.UTC(1970, 0, 2);

/** Follows the end of a log, keeps the position of a reader, and loads lines at both ends. */
export function useLogScroll(options: LogScrollOptions): LogScroll {
  const { scroller, store, view, shown, paging, held } = options;
  const rows = useRows(scroller, shown, held, paging === undefined ? 0 : TOP_PX);
  const size = `${view.received} ${rows.getTotalSize()}`;
  const { following, pause, follow, onScroll } = useFollow(scroller, size, view.atEnd);
  const leftAt = useRef(0);
  if (following) leftAt.current = view.received;
  useEffect(() => store.hold(!following), [store, following]);
  useEffect(() => {
    if (held.length > 0) pause();
  }, [held, pause]);
  const release = useTarget({ ...options, rows, pause });
  useFirstPage(options);
  const load = () => {
    const element = scroller.current;
    if (paging === undefined || element === null || following) return;
    if (paging.state.value.error === undefined && element.scrollTop < LOAD_PX) void paging.older();
    if (element.scrollHeight - element.scrollTop - element.clientHeight < LOAD_PX) void paging.newer();
  };
  return {
    rows,
    following,
    missed: view.received - leftAt.current,
    pause,
    follow: () => {
      release();
      follow();
      // Replaces an earlier movement that the rows may not have finished.
      rows.scrollToEnd();
      void paging?.toEnd();
    },
    show: (index) => {
      release();
      pause();
      rows.scrollToIndex(index, { align: "center" });
    },
    firstVisible: () => rows.getVirtualItemForOffset(scroller.current?.scrollTop ?? 0)?.index ?? 0,
    onScroll: () => {
      onScroll();
      load();
    },
    onKeyDown: ({ key, target, currentTarget }) => {
      if (key !== "Home" || target !== currentTarget || paging === undefined || paging.state.value.atStart) {
        return;
      }
      void paging.jump(BEGINNING);
    },
  };
}

function useRows(
  scroller: RefObject<HTMLDivElement>,
  shown: readonly Entry[],
  held: readonly number[],
  paddingStart: number,
): LogRowsOf {
  const linePx = useMediaQuery(useTheme().breakpoints.down("sm")) ? PHONE_LINE_PX : LINE_PX;
  // Measured heights are cached by entry; a new function signals that the entries have moved.
  const getItemKey = useCallback((index: number) => shown[index]!.id, [shown]);
  return useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => linePx,
    getItemKey,
    overscan: 10,
    paddingStart,
    // Keeps the position of a reader when lines are added or removed above.
    anchorTo: "end",
    rangeExtractor: (range) => {
      const indexes = held.map((id) => shown.findIndex((entry) => entry.id === id)).filter((index) =>
        index >= 0
      );
      return [...new Set([...defaultRangeExtractor(range), ...indexes])].sort((one, other) => one - other);
    },
  });
}

/** Loads older lines once if those loaded do not fill the view. */
function useFirstPage({ scroller, paging, view, isFiltered }: LogScrollOptions): void {
  const isLoaded = useRef(false);
  useEffect(() => {
    const { current } = scroller;
    const isEmpty = view.entries.every(({ head }) => head.note);
    if (isLoaded.current || current === null || paging === undefined || isFiltered || isEmpty) return;
    if (current.scrollHeight > current.clientHeight) return;
    isLoaded.current = true;
    void paging.older();
  }, [scroller, paging, view, isFiltered]);
}
