import { Box } from "@mui/material";
import { useMemo } from "react";
import { formatPercent, formatRate } from "../../../lib/format.ts";
import { Chart } from "./chart.tsx";
import { SERIES, toChartData } from "../model/chart_data.ts";
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
const NETWORK = rate({ label: "in", column: SERIES.networkRx }, {
  label: "out (dashed)",
  column: SERIES.networkTx,
});
const DISK = rate({ label: "read", column: SERIES.blockRead }, {
  label: "write (dashed)",
  column: SERIES.blockWrite,
});

/** Charts of one container. */
export function ContainerCharts({ view, live }: { readonly view: ContainerView; readonly live: boolean }) {
  const data = useMemo(() => toChartData(view.points, MAX_POINTS), [view.points]);
  return (
    <Box
      sx={{ display: "grid", gap: 3, gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 260px), 1fr))" }}
    >
      <Chart title={CHART_TITLES.cpu} data={data} terms={CPU} live={live} />
      <Chart title={CHART_TITLES.memory} data={data} terms={MEMORY} live={live} />
      <Chart title={CHART_TITLES.network} data={data} terms={NETWORK} live={live} />
      <Chart title={CHART_TITLES.disk} data={data} terms={DISK} live={live} />
    </Box>
  );
}
