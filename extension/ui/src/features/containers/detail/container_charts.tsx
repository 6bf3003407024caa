import { Box } from "@mui/material";
import { useMemo } from "react";
import { formatBytes, formatPercent, formatRate } from "../../../lib/format.ts";
import { Chart } from "./chart.tsx";
import { SERIES, toChartData, withMemoryBytes } from "../model/chart_data.ts";
import type { ContainerView } from "../model/container_feed.ts";
import { CHART_TITLES, LABELS } from "../model/labels.ts";
import { BYTE_STEPS, type ChartLine, type ChartTerms } from "./plot_options.ts";

/** Maximum number of points per chart; more would not be visible. */
const MAX_POINTS = 600;

const percent = (...lines: ChartLine[]): ChartTerms => ({ lines, format: formatPercent, least: 1 });
const rate = (...lines: ChartLine[]): ChartTerms => ({
  lines,
  format: formatRate,
  least: 1024,
  steps: BYTE_STEPS,
});

const CPU = percent({ label: LABELS.cpu, column: SERIES.cpu });
const MEMORY = percent({ label: LABELS.memory, column: SERIES.memory });
const MEMORY_BYTES: ChartTerms = {
  lines: MEMORY.lines,
  format: formatBytes,
  least: 1024 ** 2,
  steps: BYTE_STEPS,
};
const NETWORK = rate({ label: "in", column: SERIES.networkRx }, {
  label: "out (dashed)",
  column: SERIES.networkTx,
});
const DISK = rate({ label: "read", column: SERIES.blockRead }, {
  label: "write (dashed)",
  column: SERIES.blockWrite,
});

/** Props of {@linkcode ContainerCharts}. */
export interface ContainerChartsProps {
  readonly view: ContainerView;
  /** True when the last values are current. */
  readonly live: boolean;
  /** Bytes that are 100 % of the memory, for a container without a limit; `null` shows the percentage. */
  readonly memoryScale: number | null;
}

/** Charts of one container. */
export function ContainerCharts({ view, live, memoryScale }: ContainerChartsProps) {
  const data = useMemo(() => {
    const percent = toChartData(view.points, MAX_POINTS);
    return memoryScale === null ? percent : withMemoryBytes(percent, memoryScale);
  }, [view.points, memoryScale]);
  const [title, terms] = memoryScale === null
    ? [CHART_TITLES.memory, MEMORY]
    : [CHART_TITLES.memoryBytes, MEMORY_BYTES];
  return (
    <Box
      sx={{ display: "grid", gap: 3, gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 260px), 1fr))" }}
    >
      <Chart title={CHART_TITLES.cpu} data={data} terms={CPU} live={live} />
      <Chart title={title} data={data} terms={terms} live={live} />
      <Chart title={CHART_TITLES.network} data={data} terms={NETWORK} live={live} />
      <Chart title={CHART_TITLES.disk} data={data} terms={DISK} live={live} />
    </Box>
  );
}
