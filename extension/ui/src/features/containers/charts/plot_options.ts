/** Options of the charts over time. */
import type { Palette } from "@mui/material";
import type uPlot from "uplot";
import { type Paint, paintAbove, paintBelow } from "./plot_paint.ts";

/** Appearance of one line. */
export interface PlotLine {
  readonly color: string;
  readonly dashed: boolean;
  readonly filled: boolean;
  /** True for a line with a minimum and a maximum. */
  readonly banded: boolean;
}

/** Everything that needs another chart when it changes. */
export interface PlotTerms {
  readonly lines: readonly PlotLine[];
  /** Formats a value for the axis. */
  readonly format: (value: number) => string;
  /** Smallest value of the upper edge. */
  readonly least: number;
  /** Allowed steps of the scale; default round decimal ones. */
  readonly steps?: readonly number[];
}

/** Connections of a chart with the page. */
export interface PlotEvents {
  /** Called with the moment under the pointer, epoch s; `undefined` when the pointer has left. */
  readonly onCursor: (at: number | undefined) => void;
  /** Called with a selected span, epoch s. */
  readonly onSelect: (from: number, to: number) => void;
  readonly onReset: () => void;
  /** Returns what is painted around the lines. */
  readonly paint: () => Paint;
}

/** Scale steps for bytes, in powers of two. */
export const BYTE_STEPS: readonly number[] = Array.from({ length: 50 }, (_, power) => 2 ** power);
/** Factor that keeps a peak below the upper edge. */
const HEADROOM = 1.12;
/** Minimum width of a time on its axis, and width of the value axis, px. */
const [TICK_PX, AXIS_PX] = [86, 68];
/** Opacity of a band and of an area, in hexadecimal. */
const [BAND, AREA] = ["38", "1f"];
const FONT = '11px Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const DAY_S = 86_400;
/** Steps of the time axis, s. */
const TIME_STEPS = [
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800],
  ...[1, 2, 3, 6, 12, 24, 48, 96, 168, 336].map((hours) => hours * 3600),
];

/** Returns uPlot's options for a chart. */
export function plotOptions(
  terms: PlotTerms,
  palette: Palette,
  events: PlotEvents,
  size: { readonly width: number; readonly height: number },
): uPlot.Options {
  return {
    ...size,
    legend: { show: false },
    padding: [8, 14, 0, 0],
    cursor: {
      y: false,
      points: { size: 7 },
      drag: { x: true, y: false, setScale: false, dist: 6 },
      bind: { dblclick: () => () => (events.onReset(), null) },
    },
    scales: {
      x: { range: (_, min, max) => [min ?? 0, max ?? 1] },
      y: { range: (_, _min, max) => [0, topOf(max, terms.least, events.paint().limit)] },
    },
    axes: axesOf(terms, palette),
    ...seriesOf(terms.lines),
    hooks: hooksOf(events),
  };
}

function axesOf({ format, steps }: PlotTerms, { text, divider }: Palette): uPlot.Axis[] {
  const axis = { stroke: text.secondary, font: FONT, ticks: { show: false }, gap: 6 } as const;
  return [
    { ...axis, grid: { show: false }, space: TICK_PX, size: 26, incrs: TIME_STEPS, values: timesOf },
    {
      ...axis,
      grid: { stroke: divider, width: 1 },
      size: AXIS_PX,
      space: 36,
      values: (_, ticks) => ticks.map(format),
      ...steps === undefined ? {} : { incrs: [...steps] },
    },
  ];
}

/** Returns the series of each line: the mean and, for a band, its maximum and minimum. */
function seriesOf(lines: readonly PlotLine[]): Pick<uPlot.Options, "series" | "bands"> {
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const { color, dashed, filled, banded } of lines) {
    series.push({
      stroke: color,
      width: 1.5,
      spanGaps: false,
      points: { show: true, size: 4, width: 0, fill: color, filter: isolated },
      ...dashed ? { dash: [5, 3] } : {},
      ...filled && !banded ? { fill: `${color}${AREA}` } : {},
    });
    if (!banded) continue;
    const edge: uPlot.Series = { stroke: `${color}00`, width: 0, points: { show: false }, spanGaps: false };
    series.push(edge, { ...edge });
    bands.push({ series: [series.length - 2, series.length - 1], fill: `${color}${BAND}` });
  }
  return { series, bands };
}

function hooksOf({ onCursor, onSelect, paint }: PlotEvents): uPlot.Hooks.Arrays {
  return {
    drawClear: [(plot) => paintBelow(plot, paint())],
    draw: [(plot) => paintAbove(plot, paint())],
    setCursor: [(plot) => {
      const { left } = plot.cursor;
      onCursor(left === undefined || left === null || left < 0 ? undefined : plot.posToVal(left, "x"));
    }],
    setSelect: [(plot) => {
      const { left, width } = plot.select;
      if (width <= 0) return;
      onSelect(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
      plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    }],
  };
}

/** Returns the points between two gaps, which no line would show. */
function isolated(plot: uPlot, index: number): number[] | null {
  const values = plot.data[index] as readonly (number | null | undefined)[];
  const found: number[] = [];
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (value === null || value === undefined) continue;
    if (isEmpty(values, at, -1) && isEmpty(values, at, 1)) found.push(at);
  }
  return found;
}

/** Returns true for an end of the line beside a point; `undefined` is a time of another line. */
function isEmpty(values: readonly (number | null | undefined)[], at: number, step: -1 | 1): boolean {
  let next = at + step;
  while (next >= 0 && next < values.length && values[next] === undefined) next += step;
  return next < 0 || next >= values.length || values[next] === null;
}

function topOf(max: number | null, least: number, limit: number | undefined): number {
  return Math.max((max ?? 0) * HEADROOM, (limit ?? 0) * 1.06, least);
}

/** Formats the times of an axis: with seconds, without, or with the date, as the distance of the ticks demands. */
function timesOf(_: uPlot, ticks: number[], _axis: number, _space: number, step: number): string[] {
  let day = "";
  return ticks.map((second) => {
    const moment = new Date(second * 1000);
    const date = moment.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
    if (step >= DAY_S) return date;
    const isNewDay = day !== "" && date !== day;
    day = date;
    return isNewDay ? date : moment.toLocaleTimeString("en-GB").slice(0, step >= 60 ? 5 : 8);
  });
}
