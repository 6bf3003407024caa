/** Options of the charts over time. */
import type { Palette } from "@mui/material";
import type uPlot from "uplot";

/** One line of a chart. */
export interface ChartLine {
  readonly label: string;
  /** Index of its column in the data. */
  readonly column: number;
}

/** Lines of a chart, and the format of its values. */
export interface ChartTerms {
  readonly lines: readonly ChartLine[];
  /** Formats a value for display. */
  readonly format: (value: number) => string;
  /** Smallest value of the upper edge. */
  readonly least: number;
  /** Allowed steps of the scale; default round decimal ones. */
  readonly steps?: readonly number[];
}

/** Height of a chart, px. */
export const CHART_PX = 170;
/** Scale steps for bytes, in powers of two. */
export const BYTE_STEPS: readonly number[] = Array.from({ length: 50 }, (_, power) => 2 ** power);
/** Shortest time span of a chart, s; a two-second line would otherwise fill the chart. */
const MIN_SPAN = 60;
/** Factor that keeps a peak below the upper edge. */
const HEADROOM = 1.1;
/** Minimum width of a time on its axis, px. */
const TICK_PX = 84;

/** Returns uPlot's options for a chart. */
export function plotOptions(terms: ChartTerms, palette: Palette, width: number): uPlot.Options {
  const { lines, format, least, steps } = terms;
  const axis = {
    stroke: palette.text.secondary,
    grid: { stroke: palette.divider, width: 1 },
    ticks: { stroke: palette.divider, width: 1 },
  };
  const values = (_: uPlot, ticks: number[]) => ticks.map(format);
  return {
    width,
    height: CHART_PX,
    legend: { show: false },
    cursor: { y: false },
    // Half of the last time extends beyond the axis.
    padding: [null, 28, null, null],
    scales: {
      x: { range: timeRange },
      y: { range: (_, _min, max) => [0, Math.max((max ?? 0) * HEADROOM, least)] },
    },
    axes: [
      { ...axis, space: TICK_PX, values: (_, ticks) => ticks.map(clock) },
      { ...axis, size: 84, space: 24, values, ...steps === undefined ? {} : { incrs: [...steps] } },
    ],
    series: [{}, ...lines.map((line, index) => series(line, index, palette))],
  };
}

/** Distinguishes two lines by dashes as well as by color. */
function series({ label }: ChartLine, index: number, { primary, warning }: Palette): uPlot.Series {
  const style = index === 0 ? { stroke: primary.main } : { stroke: warning.main, dash: [6, 3] };
  return { label, width: 1.5, points: { show: false }, ...style };
}

function timeRange(_: uPlot, min: number | null, max: number | null): [number, number] {
  const last = max ?? Date.now() / 1000;
  return [Math.min(min ?? last, last - MIN_SPAN), last];
}

/** Formats a time, epoch s, as hours, minutes and seconds. */
function clock(second: number): string {
  return new Date(second * 1000).toLocaleTimeString("en-GB");
}
