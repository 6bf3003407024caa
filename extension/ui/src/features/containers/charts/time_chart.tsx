import { Box, type Palette, useTheme } from "@mui/material";
import { type KeyboardEvent, useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { COLORS, colorValue } from "../../../components/design/tokens.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import type { ChartCursor } from "./data/chart_cursor.ts";
import type { ChartModel } from "./charts_of.ts";
import { type Curve, neighbor } from "./data/curve.ts";
import { CHART_LABELS } from "./data/labels_charts.ts";
import type { Mark } from "./data/marks.ts";
import { scaled, type Zoom } from "./data/ranges.ts";
import { type PlotLine, plotOptions, type PlotTerms } from "./plot_options.ts";
import type { Paint } from "./plot_paint.ts";

/** Props of {@linkcode TimeChart}. */
export interface TimeChartProps {
  readonly chart: ChartModel;
  readonly span: Zoom;
  readonly marks: readonly Mark[];
  readonly showLimit: boolean;
  readonly cursor: ChartCursor;
  /** Values at the cursor, as a sentence. */
  readonly valueText: string;
  readonly onZoom: (zoom: Zoom | undefined) => void;
}

/** Factor of one step of the keyboard's zoom, and steps of a jump through time. */
const [ZOOM_STEP, JUMP] = [2, 10];

/**
 * A chart over time. Its cursor is that of all charts of the page. It is a slider for the keyboard: arrows move through
 * time.
 */
export function TimeChart(props: TimeChartProps) {
  const { chart, span, cursor, valueText } = props;
  const frame = useRef<HTMLDivElement>(null);
  const hovered = useRef(false);
  const at = useObservable(cursor);
  usePlot(frame, hovered, props);
  const [from, to] = [span.from / 1000, span.to / 1000];
  return (
    <Box
      ref={frame}
      role="slider"
      tabIndex={0}
      aria-label={CHART_LABELS.chart(chart.title)}
      aria-valuemin={from}
      aria-valuemax={to}
      aria-valuenow={Math.min(Math.max(at ?? to, from), to)}
      aria-valuetext={valueText}
      onMouseEnter={() => hovered.current = true}
      onMouseLeave={() => {
        hovered.current = false;
        cursor.set(undefined);
      }}
      onKeyDown={(event) => moveByKey(event, props)}
      sx={{
        height: "var(--chart-height)",
        minWidth: 0,
        overflow: "hidden",
        touchAction: "pan-y",
        "& .u-select": { background: "rgba(90, 140, 255, 0.18)" },
        "& .u-cursor-x": { borderRight: "1px solid", borderColor: "text.secondary" },
      }}
    />
  );
}

/** Moves the cursor, or the zoom, by keyboard. */
function moveByKey(event: KeyboardEvent, { chart, span, cursor, onZoom }: TimeChartProps): void {
  const [curve] = chart.curves;
  if (curve === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const action = KEYS[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action({ curve, span, cursor, onZoom, steps: event.shiftKey ? JUMP : 1 });
}

interface KeyTarget extends Pick<TimeChartProps, "span" | "cursor" | "onZoom"> {
  readonly curve: Curve;
  readonly steps: number;
}

const KEYS: Readonly<Record<string, ((target: KeyTarget) => void) | undefined>> = {
  ArrowLeft: (target) => step(target, -1),
  ArrowRight: (target) => step(target, 1),
  Home: ({ curve, span, cursor }) => cursor.set(neighbor(curve, span.from / 1000 - 1e-3, 1)),
  End: ({ curve, span, cursor }) => cursor.set(neighbor(curve, span.to / 1000 + 1e-3, -1)),
  "+": (target) => zoom(target, 1 / ZOOM_STEP),
  "-": (target) => zoom(target, ZOOM_STEP),
  Escape: ({ cursor, onZoom }) => {
    if (cursor.value === undefined) onZoom(undefined);
    else cursor.set(undefined);
  },
};

function step({ curve, span, cursor, steps }: KeyTarget, direction: -1 | 1): void {
  let at = cursor.value ?? span.to / 1000 + 1e-3;
  for (let count = 0; count < steps; count++) at = neighbor(curve, at, direction) ?? at;
  cursor.set(Math.min(Math.max(at, span.from / 1000), span.to / 1000));
}

function zoom({ span, cursor, onZoom }: KeyTarget, factor: number): void {
  const around = cursor.value === undefined ? span.to : cursor.value * 1000;
  onZoom(scaled(span, around, factor));
}

/** Creates the chart, and updates its data, its time axis and its cursor. */
function usePlot(
  frame: { readonly current: HTMLDivElement | null },
  hovered: { readonly current: boolean },
  props: TimeChartProps,
): void {
  const { palette } = useTheme();
  const plot = useRef<uPlot>();
  const latest = useRef(props);
  latest.current = props;
  const { chart, span, marks, showLimit, cursor } = props;
  const shape = JSON.stringify(chart.curves.map(lineOf));
  useEffect(() => {
    const { width, height } = frame.current!.getBoundingClientRect();
    const created = new uPlot(
      plotOptions(termsOf(latest.current.chart), palette, eventsOf(latest, hovered, palette), {
        width,
        height,
      }),
      undefined,
      frame.current!,
    );
    plot.current = created;
    update(created, latest.current);
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      if (width > 0 && height > 0) created.setSize({ width, height });
    });
    observer.observe(frame.current!);
    return () => {
      observer.disconnect();
      created.destroy();
    };
  }, [palette, shape, chart.key]);
  useEffect(() => {
    if (plot.current !== undefined) update(plot.current, latest.current);
    if (plot.current !== undefined && !hovered.current) point(plot.current, cursor.value);
  }, [chart, span.from, span.to, marks, showLimit]);
  useEffect(() =>
    cursor.subscribe(() => {
      if (plot.current !== undefined && !hovered.current) point(plot.current, cursor.value);
    }), [cursor]);
}

function update(plot: uPlot, { chart, span }: TimeChartProps): void {
  plot.batch(() => {
    plot.setData(alignedData(chart.curves), false);
    plot.setScale("x", { min: span.from / 1000, max: span.to / 1000 });
  });
}

/** Moves the cursor of a chart to a moment, epoch s. */
function point(plot: uPlot, at: number | undefined): void {
  const left = at === undefined ? -10 : plot.valToPos(at, "x");
  plot.setCursor({ left, top: left < 0 ? -10 : 0 }, false);
}

function eventsOf(
  latest: { readonly current: TimeChartProps },
  hovered: { readonly current: boolean },
  palette: Palette,
) {
  return {
    onCursor: (at: number | undefined) => {
      if (hovered.current) latest.current.cursor.set(at);
    },
    onSelect: (from: number, to: number) => latest.current.onZoom({ from: from * 1000, to: to * 1000 }),
    onReset: () => latest.current.onZoom(undefined),
    paint: (): Paint => {
      const { chart: { gaps, limit }, marks, showLimit } = latest.current;
      return {
        gaps,
        marks,
        limit: showLimit ? limit?.value : undefined,
        limitText: limit === undefined ? "" : CHART_LABELS.limit(limit.text),
        colors: {
          hatch: colorValue(COLORS.lineSoft),
          limit: palette.error.main,
          panel: palette.background.paper,
          tones: { bad: palette.error.main, deploy: palette.primary.main, plain: palette.text.secondary },
        },
      };
    },
  };
}

function termsOf({ curves, format, least, steps }: ChartModel): PlotTerms {
  return { lines: curves.map(lineOf), format, least, ...steps === undefined ? {} : { steps } };
}

function lineOf({ color, dashed = false, filled = false, high }: Curve): PlotLine {
  return { color, dashed, filled, banded: high !== undefined };
}

/** Returns the columns of the chart; curves with different times are joined, which keeps their gaps. */
function alignedData(curves: readonly Curve[]): uPlot.AlignedData {
  const columns = ({ mean, high, low }: Curve) => high === undefined ? [mean] : [mean, high, low ?? mean];
  const [first] = curves;
  if (first === undefined) return [[]];
  if (curves.every(({ times }) => times === first.times)) {
    return [first.times, ...curves.flatMap(columns)] as uPlot.AlignedData;
  }
  return uPlot.join(curves.map((curve) => [curve.times, ...columns(curve)] as uPlot.AlignedData));
}
