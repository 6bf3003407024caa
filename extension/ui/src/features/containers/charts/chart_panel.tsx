import { Box, Button, Typography } from "@mui/material";
import { useState } from "react";
import { useObservable } from "../../../lib/use_observable.ts";
import type { ChartModel } from "./charts_of.ts";
import { type Curve, peakOf, type Reading, readingAt } from "./data/curve.ts";
import { CHART_LABELS } from "./data/labels_charts.ts";
import type { Zoom } from "./data/ranges.ts";
import { axisTime } from "./data/axis_time.ts";
import { Readings } from "./chart_readings.tsx";
import { TimeChart, type TimeChartProps } from "./time_chart.tsx";

/** Props of {@linkcode ChartPanel}. */
export interface ChartPanelProps
  extends Pick<TimeChartProps, "chart" | "span" | "marks" | "cursor" | "onZoom"> {
  /** True when the newest values are current. */
  readonly live: boolean;
}

/** Share of the limit from which a chart shows it without being asked; a small curve would be flat. */
const SHOWN_SHARE = 0.2;

/** A chart with its title, the values at the cursor, and its peak. */
export function ChartPanel({ chart, span, marks, cursor, onZoom, live }: ChartPanelProps) {
  const { title, limit, curves } = chart;
  const at = useObservable(cursor);
  const [chosen, setChosen] = useState<boolean>();
  const peak = highest(curves, span.from / 1000, span.to / 1000);
  const showLimit = limit !== undefined && (chosen ?? (peak?.mean ?? 0) >= limit.value * SHOWN_SHARE);
  const readings = curves.map((curve) => readingOf(curve, at, live));
  const time = at === undefined ? peakText(chart, peak, span) : axisTime(at, span);
  return (
    <Box
      component="section"
      aria-label={title}
      sx={{
        border: 1,
        borderColor: "divider",
        borderRadius: "9px",
        bgcolor: "background.paper",
        minWidth: 0,
      }}
    >
      <PanelHeading
        chart={chart}
        time={time}
        showLimit={showLimit}
        onLimit={() => setChosen(!showLimit)}
      />
      <Readings chart={chart} readings={readings} />
      <Box sx={{ px: 0.5, pb: 0.5 }}>
        <TimeChart
          chart={chart}
          span={span}
          marks={marks}
          showLimit={showLimit}
          cursor={cursor}
          valueText={spoken(chart, readings, at)}
          onZoom={onZoom}
        />
      </Box>
    </Box>
  );
}

interface PanelHeadingProps {
  readonly chart: ChartModel;
  /** Moment of the values, or the peak. */
  readonly time: string;
  readonly showLimit: boolean;
  readonly onLimit: () => void;
}

function PanelHeading({ chart: { title, unit, limit }, time, showLimit, onLimit }: PanelHeadingProps) {
  const quiet = { variant: "body2", color: "text.secondary", noWrap: true } as const;
  return (
    <Box sx={{ px: 1.5, pt: 1, display: "flex", alignItems: "baseline", gap: 1, minWidth: 0, height: 30 }}>
      <Typography variant="h3" component="h2" sx={{ fontSize: 13 }}>{title}</Typography>
      {unit !== "" && <Typography {...quiet} sx={{ display: { xs: "none", sm: "block" } }}>{unit}
      </Typography>}
      {limit !== undefined && (
        <Button
          size="small"
          aria-pressed={showLimit}
          title={showLimit ? CHART_LABELS.hideLimit : CHART_LABELS.showLimit}
          onClick={onLimit}
          sx={{
            ...{ p: 0, px: 0.5, minWidth: 0, minHeight: 20, flexShrink: 0 },
            ...{ fontWeight: 400, color: "text.secondary", whiteSpace: "nowrap", lineHeight: "20px" },
          }}
        >
          {CHART_LABELS.limit(limit.text)}
        </Button>
      )}
      <Typography {...quiet} sx={{ ml: "auto", fontVariantNumeric: "tabular-nums" }}>{time}</Typography>
    </Box>
  );
}

function peakText({ format }: ChartModel, peak: Reading | undefined, span: Zoom): string {
  return peak === undefined || peak.mean === 0
    ? ""
    : CHART_LABELS.max(format(peak.mean), axisTime(peak.time, span));
}

/** Returns the values at the cursor; without one the newest, which are current only while the container runs. */
function readingOf(curve: Curve, at: number | undefined, live: boolean): Reading | undefined {
  if (at !== undefined) return readingAt(curve, at);
  const last = curve.times.at(-1);
  return live && last !== undefined ? readingAt(curve, last) : undefined;
}

function highest(curves: readonly Curve[], from: number, to: number): Reading | undefined {
  return curves.map((curve) => peakOf(curve, from, to))
    .reduce(
      (top, peak) => top === undefined || peak !== undefined && peak.mean > top.mean ? peak : top,
      undefined,
    );
}

/** Returns the values as a sentence for screen readers. */
function spoken(
  { curves, format }: ChartModel,
  readings: readonly (Reading | undefined)[],
  at: number | undefined,
): string {
  const values = curves.map(({ label }, index) => {
    const reading = readings[index];
    return `${label} ${reading === undefined ? CHART_LABELS.noData : format(reading.mean)}`;
  });
  const time = at === undefined ? "" : `${new Date(at * 1000).toLocaleTimeString("en-GB")}: `;
  return `${time}${values.join(", ")}`;
}
