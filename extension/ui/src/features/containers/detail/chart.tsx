import { Box, Typography, useTheme } from "@mui/material";
import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { ChartData } from "../model/chart_data.ts";
import { LABELS } from "../model/labels.ts";
import { CHART_PX, type ChartTerms, plotOptions } from "./plot_options.ts";

/** Props of {@linkcode Chart}. */
export interface ChartProps {
  readonly title: string;
  readonly data: ChartData;
  /** Must be a stable object, because a new one recreates the chart. */
  readonly terms: ChartTerms;
  /** True when the last value is current. */
  readonly live: boolean;
}

/** A chart over time. Its newest values are also shown as text below the title. */
export function Chart({ title, data, terms, live }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>();
  const { palette } = useTheme();
  useEffect(() => {
    const created = new uPlot(
      plotOptions(terms, palette, frame.current!.clientWidth),
      undefined,
      frame.current!,
    );
    plot.current = created;
    const observer = new ResizeObserver(([entry]) =>
      created.setSize({ width: entry!.contentRect.width, height: CHART_PX })
    );
    observer.observe(frame.current!);
    return () => {
      observer.disconnect();
      created.destroy();
    };
  }, [palette, terms]);
  useEffect(() => {
    const drawn = terms.lines.map(({ column }) => data[column] ?? []);
    plot.current?.setData([data[0], ...drawn] as uPlot.AlignedData);
  }, [data, palette, terms]);
  const newest = terms.lines.map(({ label, column }) =>
    `${label} ${live ? format(data[column]?.at(-1), terms) : `${LABELS.notAvailable} (not running)`}`
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

function format(value: number | null | undefined, terms: ChartTerms): string {
  return value === null || value === undefined ? LABELS.notAvailable : terms.format(value);
}
