import { Box, Typography, useTheme } from "@mui/material";
import { useRef, useState } from "react";
import { VISUALLY_HIDDEN } from "../../../components/visually_hidden.ts";
import { download } from "../../../lib/browser/download.ts";
import { chartCursor } from "./data/chart_cursor.ts";
import { ChartPanel } from "./chart_panel.tsx";
import { CompareMenu } from "./compare_menu.tsx";
import { toCsv } from "./data/csv.ts";
import { CHART_LABELS } from "./data/labels_charts.ts";
import { MarkList } from "./mark_list.tsx";
import { saveCharts } from "./save_charts.ts";
import { StatsToolbar } from "./stats_toolbar.tsx";
import { useChartRange } from "./use_chart_range.ts";
import { type StatsViewProps, useCharts } from "./use_charts.ts";
import { useCompared } from "./use_compared.ts";

/** Two rows of charts fit a window; lower windows scroll. */
const GRID = {
  display: "grid",
  gap: 1.25,
  gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "repeat(2, minmax(0, 1fr))" },
  "--chart-height": { xs: "160px", md: "clamp(150px, calc((100vh - 330px) / 2 - 62px), 400px)" },
} as const;

/** Charts of one container, or of up to four. */
export function StatsView(props: StatsViewProps) {
  const { feed, message } = props;
  const { palette } = useTheme();
  const range = useChartRange();
  const comparison = useCompared(feed);
  const { containers, charts, marks, span, notes, live } = useCharts(
    props,
    range.range,
    comparison.compared,
    palette.mode,
  );
  const [cursor] = useState(chartCursor);
  const grid = useRef<HTMLDivElement>(null);
  const fileName = `${message.name}-${range.range.name}`;
  const savePicture = () => {
    const names = containers.map(({ name }) => name).join(", ");
    const title = `${names}: ${CHART_LABELS.zoomed(span.from, span.to)}`;
    const colors = { background: palette.background.paper, text: palette.text.primary };
    void saveCharts(grid.current!, title, `${fileName}.png`, colors);
  };
  return (
    <Box sx={{ display: "grid", gap: 1.25, gridTemplateColumns: "minmax(0, 1fr)" }}>
      <StatsToolbar
        {...range}
        onCsv={() => download(`${fileName}.csv`, toCsv(containers, span))}
        onPng={savePicture}
      >
        <CompareMenu feed={feed} message={message} chosen={comparison.chosen} toggle={comparison.toggle} />
      </StatsToolbar>
      {notes.map((note) => (
        <Typography key={note} variant="body2" color="text.secondary" role="status">{note}</Typography>
      ))}
      <Box ref={grid} role="group" aria-label={CHART_LABELS.charts} aria-describedby={KEYS_ID} sx={GRID}>
        {charts.map((chart) => (
          <ChartPanel
            key={chart.key}
            chart={chart}
            span={span}
            marks={marks}
            cursor={cursor}
            onZoom={range.setZoom}
            live={live}
          />
        ))}
      </Box>
      <span id={KEYS_ID} style={VISUALLY_HIDDEN}>{CHART_LABELS.keys}</span>
      <MarkList marks={marks} span={span} />
    </Box>
  );
}

const KEYS_ID = "chart-keys";
