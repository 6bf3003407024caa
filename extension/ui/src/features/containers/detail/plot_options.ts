/** How a chart over time is drawn. */
import type { Palette } from "@mui/material";
import type uPlot from "uplot";

/** One line of a chart. */
export interface ChartLine {
  readonly label: string;
  /** Which column of the data it draws. */
  readonly column: number;
}

/** What a chart shows, and in which terms. */
export interface ChartTerms {
  readonly lines: readonly ChartLine[];
  /** A value as people read it. */
  readonly format: (value: number) => string;
  /** The upper edge is at least here. */
  readonly least: number;
  /** The steps that the scale may have; round decimal ones unless they are said. */
  readonly steps?: readonly number[];
}

/** The height of every chart, px. */
export const CHART_PX = 170;
/** Steps for bytes, which people read in powers of two. */
export const BYTE_STEPS: readonly number[] = Array.from({ length: 50 }, (_, power) => 2 ** power);
/** The least that a chart shows, s: a line of two seconds would pretend to be a whole chart. */
const SHORTEST_SPAN = 60;
/** A line at its highest is still below the edge. */
const HEADROOM = 1.1;
/** The least room of a time on its axis, px. */
const TICK_PX = 84;

/** What uPlot is told. */
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
    // The last time stands half behind its end.
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

/** Two lines differ by more than their colour. */
function series({ label }: ChartLine, index: number, { primary, warning }: Palette): uPlot.Series {
  const look = index === 0 ? { stroke: primary.main } : { stroke: warning.main, dash: [6, 3] };
  return { label, width: 1.5, points: { show: false }, ...look };
}

function timeRange(_: uPlot, min: number | null, max: number | null): [number, number] {
  const last = max ?? Date.now() / 1000;
  return [Math.min(min ?? last, last - SHORTEST_SPAN), last];
}

/** A moment, epoch s, as a clock shows it. */
function clock(second: number): string {
  return new Date(second * 1000).toLocaleTimeString("en-GB");
}
