import { alpha, Box, Button, useTheme } from "@mui/material";
import { type PointerEvent, useState } from "react";
import type { TimeSpan } from "../../../lib/lines/line_filter.ts";
import { type Histogram as HistogramData, spanOfBuckets } from "../../../lib/lines/line_histogram.ts";
import { describeBar, describeHistogram, describeSpan, LABELS } from "./labels.ts";

/** Props of {@linkcode Histogram}. */
export interface HistogramProps {
  readonly data: HistogramData;
  /** Chosen time range, which is highlighted. */
  readonly span: TimeSpan | undefined;
  readonly form: "local" | "utc";
  readonly onSpan: (span: TimeSpan) => void;
  /** Also counts lines that are not loaded; missing if already counted or impossible. */
  readonly onCount?: () => void;
}

/** Number of bars of the loaded lines. */
export const BARS = 120;
const HEIGHT = 30;

interface Drag {
  readonly from: number;
  readonly to: number;
}

/** Lines and errors over time. Dragging selects a time range; so does the range menu, for the keyboard. */
export function Histogram({ data, span, form, onSpan, onCount }: HistogramProps) {
  const [drag, setDrag] = useState<Drag>();
  const [hovered, setHovered] = useState<number>();
  const bar = hovered === undefined ? undefined : data.buckets[hovered];
  const bars = data.buckets.length;
  const end = () => {
    if (drag !== undefined) onSpan(spanOfBuckets(data, drag.from, drag.to));
    setDrag(undefined);
  };
  return (
    <Box
      title={bar && describeBar(spanOfBuckets(data, hovered!, hovered!), bar.lines, bar.errors, form)}
      sx={{
        ...{
          flexShrink: 0,
          borderBottom: 1,
          borderColor: "divider",
          height: HEIGHT + 1,
          cursor: "crosshair",
        },
        position: "relative",
      }}
    >
      <svg
        role="img"
        aria-label={describe(data, form)}
        viewBox={`0 0 ${bars} ${HEIGHT}`}
        preserveAspectRatio="none"
        width="100%"
        height={HEIGHT}
        style={{ display: "block", touchAction: "none" }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture?.(event.pointerId);
          setDrag({ from: barAt(event, bars), to: barAt(event, bars) });
        }}
        onPointerMove={(event) => {
          setHovered(barAt(event, bars));
          if (drag !== undefined) setDrag({ ...drag, to: barAt(event, bars) });
        }}
        onPointerUp={end}
        onPointerCancel={() => setDrag(undefined)}
      >
        <Selection data={data} span={drag === undefined ? span : spanOfBuckets(data, drag.from, drag.to)} />
        <Bars data={data} />
      </svg>
      {onCount !== undefined && <Button size="small" onClick={onCount} sx={COUNT}>{LABELS.countWhole}
      </Button>}
    </Box>
  );
}

const COUNT = {
  ...{ position: "absolute", top: 2, right: 4, minHeight: 20, py: 0, px: 0.75, fontSize: 11 },
  bgcolor: "background.default",
  display: { xs: "none", sm: "block" },
  opacity: 0,
  "div:hover > &, &:focus-visible": { opacity: 1 },
} as const;

function barAt({ clientX, currentTarget }: PointerEvent<SVGSVGElement>, bars: number): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  return Math.min(Math.max(Math.floor((clientX - left) / width * bars), 0), bars - 1);
}

function describe({ buckets, span: { from, to } }: HistogramData, form: "local" | "utc"): string {
  const sum = (key: "lines" | "errors") => buckets.reduce((total, bucket) => total + bucket[key], 0);
  return describeHistogram(sum("lines"), sum("errors"), describeSpan(from, to, form, Date.now()));
}

function Selection({ data: { span: all, buckets }, span }: Pick<HistogramProps, "data" | "span">) {
  const { palette } = useTheme();
  if (span === undefined) return null;
  const place = (at: number) =>
    Math.min(Math.max((at - all.from) / (all.to - all.from), 0), 1) * buckets.length;
  const [from, to] = [place(span.from), place(span.to)];
  return (
    <rect
      x={from}
      y={0}
      width={Math.max(to - from, 0.2)}
      height={HEIGHT}
      fill={alpha(palette.primary.main, 0.25)}
    />
  );
}

/** One path for each color: hundreds of elements would be slow to update. */
function Bars({ data }: Pick<HistogramProps, "data">) {
  const { palette } = useTheme();
  // A root makes single errors visible beside thousands of lines.
  const height = (count: number) =>
    count === 0 ? 0 : Math.max(Math.sqrt(count / data.most) * (HEIGHT - 4), 1.5);
  const bars = data.buckets.map(({ lines, errors, warnings }) => {
    const all = height(lines);
    const bad = Math.min(height(errors), all);
    return { all, bad, careful: Math.min(height(warnings), all - bad) };
  });
  return (
    <>
      <path d={pathOf(bars.map(({ all }) => [0, all]))} fill={alpha(palette.text.secondary, 0.35)} />
      <path d={pathOf(bars.map(({ bad, careful }) => [bad, careful]))} fill={palette.warning.main} />
      <path d={pathOf(bars.map(({ bad }) => [0, bad]))} fill={palette.error.main} />
      <path
        d={pathOf(data.buckets.map(({ found = 0 }) => [HEIGHT - 3, found > 0 ? 3 : 0]))}
        fill={palette.primary.main}
      />
    </>
  );
}

/** Returns bars by their distance from the bottom and their height. */
function pathOf(bars: readonly (readonly [bottom: number, height: number])[]): string {
  return bars.map(([bottom, height], index) =>
    height <= 0
      ? ""
      : `M${index + 0.1} ${(HEIGHT - bottom).toFixed(2)}v-${height.toFixed(2)}h0.8v${height.toFixed(2)}z`
  ).join("");
}
