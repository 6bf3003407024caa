import { alpha, styled } from "@mui/material";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { Matcher } from "../../../lib/lines/line_search.ts";
import type { Hit } from "./log_search.ts";
import { withMatches } from "../../../lib/lines/styled_text.ts";
import { formatLineTime } from "../../../lib/lines/line_time.ts";
import { LABELS } from "../controls/labels.ts";
import type { SourceLook } from "../log_source.ts";

/** Props of {@linkcode HitList}. */
export interface HitListProps {
  readonly matcher: Matcher | undefined;
  readonly times: "local" | "utc" | "relative" | "none";
  readonly sources: ReadonlyMap<string, SourceLook>;
  readonly hits: readonly Hit[];
  /** Index of the hit that was opened last. */
  readonly at: number | undefined;
  readonly onOpen: (index: number) => void;
}

const ROW_PX = 20;
/** Number of rows that are visible at most. */
const MOST_ROWS = 8;

/** Lines that a search found. Each is a button that opens its place in the log. */
export function HitList({ hits, at, matcher, times, sources, onOpen }: HitListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 5,
  });
  useEffect(() => {
    if (at !== undefined) rows.scrollToIndex(at, { align: "auto" });
  }, [at, rows]);
  const form = times === "utc" ? "utc" : "local";
  return (
    <Sheet ref={scroller} tabIndex={0} aria-label={LABELS.hits} role="group">
      <div role="list" style={{ height: rows.getTotalSize(), position: "relative" }}>
        {rows.getVirtualItems().map(({ index, key, start }) => (
          <div key={key} role="listitem" aria-posinset={index + 1} aria-setsize={hits.length}>
            <HitRow
              hit={hits[index]!}
              isCurrent={index === at}
              matcher={matcher}
              form={form}
              source={sources.get(hits[index]!.source ?? "")}
              start={start}
              onOpen={() =>
                onOpen(index)}
            />
          </div>
        ))}
      </div>
    </Sheet>
  );
}

interface HitRowProps {
  readonly hit: Hit;
  readonly isCurrent: boolean;
  readonly matcher: Matcher | undefined;
  readonly form: "local" | "utc";
  readonly source: SourceLook | undefined;
  /** Distance from the first row, px. */
  readonly start: number;
  readonly onOpen: () => void;
}

function HitRow({ hit, isCurrent, matcher, form, source, start, onOpen }: HitRowProps) {
  const { text, timestamp, isContext } = hit;
  const at = Date.parse(timestamp);
  const pieces = withMatches([{ text, found: false }], isContext ? [] : matcher?.ranges(text) ?? []);
  return (
    <button
      type="button"
      aria-current={isCurrent || undefined}
      data-context={isContext || undefined}
      onClick={onOpen}
      style={{ transform: `translateY(${start}px)` }}
    >
      <time dateTime={timestamp}>{Number.isNaN(at) ? "" : formatLineTime(at, form, Date.now())}</time>
      {source !== undefined && (
        <span className="source" style={{ color: source.color }} title={source.name}>{source.shortName}</span>
      )}
      <span className="text">
        {pieces.map(({ text, found }, index) => found ? <mark key={index}>{text}</mark> : text)}
      </span>
    </button>
  );
}

const Sheet = styled("div")(({ theme: { palette } }) => ({
  maxHeight: ROW_PX * MOST_ROWS,
  overflow: "auto",
  backgroundColor: alpha(palette.primary.main, 0.04),
  font: '12px/20px "JetBrains Mono", "Roboto Mono", ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  "&:focus-visible": { outline: `2px solid ${palette.primary.main}`, outlineOffset: -2 },
  "& button": {
    position: "absolute",
    insetInline: 0,
    top: 0,
    height: ROW_PX,
    display: "flex",
    gap: "1ch",
    padding: "0 12px",
    border: "none",
    background: "none",
    color: palette.text.primary,
    font: "inherit",
    textAlign: "start",
    cursor: "pointer",
    whiteSpace: "pre",
    overflow: "hidden",
    "&:hover": { backgroundColor: palette.action.hover },
    "&:focus-visible": { outline: `2px solid ${palette.primary.main}`, outlineOffset: -2 },
    "&[aria-current]": { backgroundColor: palette.action.selected },
    "&[data-context]": { color: palette.text.secondary },
  },
  "& time": { color: palette.text.secondary, flexShrink: 0 },
  "& .source": { flexShrink: 0, width: "16ch", overflow: "hidden", textOverflow: "ellipsis" },
  "& .text": { overflow: "hidden", textOverflow: "ellipsis" },
  "& mark": { color: "#17191e", backgroundColor: "#ffe08a", borderRadius: 2 },
}));
