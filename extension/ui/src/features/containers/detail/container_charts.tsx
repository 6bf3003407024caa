import { Box } from "@mui/material";
import { useMemo } from "react";
import { formatPercent, formatRate } from "../../../lib/format.ts";
import { Chart } from "./chart.tsx";
import { SERIES, toChartData } from "../model/chart_data.ts";
import type { ContainerView } from "../model/container_feed.ts";
import { BYTE_STEPS, type ChartLine, type ChartTerms } from "./plot_options.ts";

/** More points than pixels would be drawn for nobody. */
const MOST_POINTS = 600;

const percent = (...lines: ChartLine[]): ChartTerms => ({ lines, format: formatPercent, least: 1 });
const rate = (...lines: ChartLine[]): ChartTerms => ({
  lines,
  format: formatRate,
  least: 1024,
  steps: BYTE_STEPS,
});

const CPU = percent({ label: "CPU", column: SERIES.cpu });
const MEMORY = percent({ label: "Memory", column: SERIES.memory });
const NETWORK = rate({ label: "in", column: SERIES.networkRx }, {
  label: "out (dashed)",
  column: SERIES.networkTx,
});
const DISK = rate({ label: "read", column: SERIES.blockRead }, {
  label: "write (dashed)",
  column: SERIES.blockWrite,
});

/** The charts of one container. */
export function ContainerCharts({ view, live }: { readonly view: ContainerView; readonly live: boolean }) {
  const data = useMemo(() => toChartData(view.points, MOST_POINTS), [view.points]);
  return (
    <Box
      sx={{ display: "grid", gap: 3, gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 260px), 1fr))" }}
    >
      <Chart title="CPU, percent of one core" data={data} terms={CPU} live={live} />
      <Chart title="Memory, percent of its limit" data={data} terms={MEMORY} live={live} />
      <Chart title="Network" data={data} terms={NETWORK} live={live} />
      <Chart title="Disk" data={data} terms={DISK} live={live} />
    </Box>
  );
}
