import { alpha, Box, useTheme } from "@mui/material";
import { type PointerEvent, useState } from "react";
import type { TimeSpan } from "../../../lib/lines/line_filter.ts";
import { type Histogram as HistogramData, spanOfBuckets } from "../../../lib/lines/line_histogram.ts";
import { describeBar, describeHistogram, describeSpan } from "./labels.ts";

/** Props of {@linkcode Histogram}. */
export interface HistogramProps {
  readonly data: HistogramData;
  /** Chosen time range, which is highlighted. */
  readonly span: TimeSpan | undefined;
  readonly form: "local" | "utc";
  readonly onSpan: (span: TimeSpan) => void;
}

/** Number of bars. */
export const BARS = 120;
const HEIGHT = 30;

interface Drag {
  readonly from: number;
  readonly to: number;
}

/** Lines and errors over time. Dragging selects a time range; so does the range menu, for the keyboard. */
export function Histogram({ data, span, form, onSpan }: HistogramProps) {
  const [drag, setDrag] = useState<Drag>();
  const { from, to } = data.span;
  const barAt = ({ clientX, currentTarget }: PointerEvent<SVGSVGElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(Math.max(Math.floor((clientX - left) / width * BARS), 0), BARS - 1);
  };
  const end = () => {
    if (drag !== undefined) onSpan(spanOfBuckets(data, drag.from, drag.to));
    setDrag(undefined);
  };
  const shown = drag === undefined ? span : spanOfBuckets(data, drag.from, drag.to);
  const sum = (key: "lines" | "errors") => data.buckets.reduce((total, bucket) => total + bucket[key], 0);
  return (
    <Box
      sx={{ flexShrink: 0, borderBottom: 1, borderColor: "divider", height: HEIGHT + 1, cursor: "crosshair" }}
    >
      <svg
        role="img"
        aria-label={describeHistogram(
          sum("lines"),
          sum("errors"),
          describeSpan(from, to, form, Date.now()),
        )}
        viewBox={`0 0 ${BARS} ${HEIGHT}`}
        preserveAspectRatio="none"
        width="100%"
        height={HEIGHT}
        style={{ display: "block", touchAction: "none" }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture?.(event.pointerId);
          setDrag({ from: barAt(event), to: barAt(event) });
        }}
        onPointerMove={(event) => drag !== undefined && setDrag({ ...drag, to: barAt(event) })}
        onPointerUp={end}
        onPointerCancel={() => setDrag(undefined)}
      >
        <Selection data={data} span={shown} />
        <Bars data={data} form={form} />
      </svg>
    </Box>
  );
}

function Selection({ data: { span: all }, span }: Pick<HistogramProps, "data" | "span">) {
  const { palette } = useTheme();
  if (span === undefined) return null;
  const place = (at: number) => Math.min(Math.max((at - all.from) / (all.to - all.from), 0), 1) * BARS;
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

function Bars({ data, form }: Pick<HistogramProps, "data" | "form">) {
  const { palette } = useTheme();
  // A root makes single errors visible beside thousands of lines.
  const height = (count: number) =>
    count === 0 ? 0 : Math.max(Math.sqrt(count / data.most) * (HEIGHT - 4), 1.5);
  return data.buckets.map(({ lines, errors, warnings }, index) => {
    if (lines === 0) return null;
    const all = height(lines);
    const bad = Math.min(height(errors), all);
    const careful = Math.min(height(warnings), all - bad);
    return (
      <g key={index}>
        <title>{describeBar(spanOfBuckets(data, index, index), lines, errors, form)}</title>
        <Bar index={index} bottom={0} height={all} fill={alpha(palette.text.secondary, 0.35)} />
        <Bar index={index} bottom={bad} height={careful} fill={palette.warning.main} />
        <Bar index={index} bottom={0} height={bad} fill={palette.error.main} />
      </g>
    );
  });
}

interface BarProps {
  readonly index: number;
  readonly bottom: number;
  readonly height: number;
  readonly fill: string;
}

function Bar({ index, bottom, height, fill }: BarProps) {
  if (height <= 0) return null;
  return <rect x={index + 0.1} y={HEIGHT - bottom - height} width={0.8} height={height} fill={fill} />;
}
