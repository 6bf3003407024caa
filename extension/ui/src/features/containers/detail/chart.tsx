import { Box, Typography, useTheme } from "@mui/material";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { ChartData } from "../model/chart_data.ts";
import { CHART_PX, type ChartTerms, plotOptions } from "./plot_options.ts";

/** Props of {@linkcode Chart}. */
export interface ChartProps {
  readonly title: string;
  readonly data: ChartData;
  /** The same object at each rendering: another one draws the chart anew. */
  readonly terms: ChartTerms;
  /** Whether the last value is one of now. */
  readonly live: boolean;
}

/** A chart over time. The newest values stand beside its title, for those who do not see it. */
export function Chart({ title, data, terms, live }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>();
  const { palette } = useTheme();
  useEffect(() => {
    const made = new uPlot(
      plotOptions(terms, palette, frame.current!.clientWidth),
      undefined,
      frame.current!,
    );
    plot.current = made;
    const watcher = new ResizeObserver(([entry]) =>
      made.setSize({ width: entry!.contentRect.width, height: CHART_PX })
    );
    watcher.observe(frame.current!);
    return () => {
      watcher.disconnect();
      made.destroy();
    };
  }, [palette, terms]);
  useEffect(() => {
    const drawn = terms.lines.map(({ column }) => data[column] ?? []);
    plot.current?.setData([data[0], ...drawn] as uPlot.AlignedData);
  }, [data, palette, terms]);
  const newest = terms.lines.map(({ label, column }) =>
    `${label} ${live ? said(data[column]?.at(-1), terms) : "n/a: it does not run"}`
  ).join(", ");
  return (
    <Box component="section" sx={{ minWidth: 0 }}>
      <Typography variant="h3" component="h2">{title}</Typography>
      <Typography variant="body2" color="text.secondary">{newest}</Typography>
      <Box
        ref={frame}
        role="img"
        aria-label={`${title} over time; newest: ${newest}`}
        sx={{ height: CHART_PX }}
      />
    </Box>
  );
}

function said(value: number | null | undefined, { format }: ChartTerms): string {
  return value === null || value === undefined ? "n/a" : format(value);
}
