import { DownloadIcon } from "./icons.tsx";
import { Button, Stack, Typography } from "@mui/material";
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { download } from "../lib/download.ts";
import { asText, type LineStore, type LineView } from "../lib/line_store.ts";
import { useObservable } from "../lib/use_observable.ts";
import { describeLines, followLabel, LABELS } from "./labels.ts";
import { LineRow } from "./line_row.tsx";
import { LineSearchField } from "./line_search_field.tsx";
import { LineSheet } from "./line_sheet.ts";
import { VISUALLY_HIDDEN } from "./visually_hidden.ts";
import { useFollow } from "./use_follow.ts";
import { useLineSearch } from "./use_line_search.ts";

/** Props of {@linkcode LineList}. */
export interface LineListProps {
  readonly store: LineStore;
  /** Accessible name of the list, such as "DockStat's log". */
  readonly name: string;
  /** File name of a download, such as "dockstat-log.txt". */
  readonly fileName: string;
  readonly showTimes?: boolean;
  /** Placeholder for an empty list. */
  readonly empty: ReactNode;
  /** Additional controls, between the search and the download. */
  readonly children?: ReactNode;
}

/** A list of live lines that follows its end and pauses while the user reads or searches. */
export function LineList({ store, name, fileName, showTimes = true, empty, children }: LineListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const live = useObservable(store.view);
  const [held, setHeld] = useState<LineView>();
  const view = held ?? live;
  const rows = useRows(scroller, view);
  const { following, pause, follow, onScroll } = useFollow(
    scroller,
    `${view.received} ${rows.getTotalSize()}`,
  );
  // A paused list keeps its snapshot; new lines appear when it follows again.
  if (following === (held !== undefined)) setHeld(following ? undefined : live);
  const search = useLineSearch(view, (index) => {
    pause();
    rows.scrollToIndex(index, { align: "center" });
  });
  return (
    <Stack spacing={1} sx={{ flex: "1 1 0", minHeight: 200 }}>
      <Stack direction="row" useFlexGap spacing={1.5} sx={{ alignItems: "center", flexWrap: "wrap" }}>
        <LineSearchField {...search.field} />
        <Stack direction="row" spacing={2} sx={{ ml: "auto", alignItems: "center" }}>
          {children}
          <DownloadButton view={live} fileName={fileName} />
        </Stack>
      </Stack>
      {/* Screen readers announce a log by default; this one has too many lines for that. */}
      <LineSheet ref={scroller} role="log" aria-live="off" aria-label={name} tabIndex={0} onScroll={onScroll}>
        {view.lines.length === 0 ? empty : (
          <Rows
            rows={rows}
            view={view}
            current={search.line}
            pattern={search.pattern}
            showTimes={showTimes}
          />
        )}
      </LineSheet>
      <span role="status" style={VISUALLY_HIDDEN}>{search.announcement}</span>
      <Stack direction="row" spacing={1.5} sx={{ alignItems: "center", minHeight: 32 }}>
        <LineCount view={view} />
        <FollowButton
          following={following}
          missed={live.received - view.received}
          onPause={pause}
          onFollow={follow}
        />
      </Stack>
    </Stack>
  );
}

function DownloadButton({ view, fileName }: { readonly view: LineView; readonly fileName: string }) {
  const save = () => download(fileName, asText(view));
  return (
    <Button size="small" startIcon={<DownloadIcon />} disabled={view.lines.length === 0} onClick={save}>
      {LABELS.download}
    </Button>
  );
}

function LineCount({ view: { lines, dropped } }: { readonly view: LineView }) {
  return (
    <Typography variant="body2" color="text.secondary" sx={{ flexGrow: 1 }}>
      {describeLines(lines.length, dropped)}
    </Typography>
  );
}

interface FollowButtonProps {
  readonly following: boolean;
  /** Number of lines received since the list was paused. */
  readonly missed: number;
  readonly onPause: () => void;
  readonly onFollow: () => void;
}

function FollowButton({ following, missed, onPause, onFollow }: FollowButtonProps) {
  if (following) return <Button size="small" variant="outlined" onClick={onPause}>{LABELS.pause}</Button>;
  return (
    <Button size="small" variant="contained" disableElevation onClick={onFollow}>
      {followLabel(missed)}
    </Button>
  );
}

type RowsOf = Virtualizer<HTMLDivElement, Element>;

function useRows(scroller: { readonly current: HTMLDivElement | null }, { lines }: LineView): RowsOf {
  // Measured heights are cached by line id; a new function signals that the lines have moved.
  const getItemKey = useCallback((index: number) => lines[index]!.id, [lines]);
  return useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 22,
    getItemKey,
    overscan: 10,
  });
}

interface RowsProps {
  readonly rows: RowsOf;
  readonly view: LineView;
  /** Id of the search's current line. */
  readonly current: number | undefined;
  readonly pattern: RegExp | undefined;
  readonly showTimes: boolean;
}

function Rows({ rows, view: { lines }, current, pattern, showTimes }: RowsProps) {
  return (
    <div role="list" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map(({ index, key, start }) => {
        const line = lines[index]!;
        return (
          <div
            key={key}
            ref={rows.measureElement}
            data-index={index}
            role="listitem"
            aria-posinset={index + 1}
            aria-setsize={lines.length}
            aria-current={line.id === current || undefined}
            style={{ transform: `translateY(${start}px)` }}
          >
            <LineRow line={line} showTime={showTimes} pattern={pattern} />
          </div>
        );
      })}
    </div>
  );
}
