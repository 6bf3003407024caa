import { alpha, Box, Chip, type Theme } from "@mui/material";
import type { ReactNode } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import { CHART_LABELS, RANGE_LABELS } from "./data/labels_charts.ts";
import { RANGE_NAMES } from "./data/ranges.ts";
import type { ChartRangeState } from "./use_chart_range.ts";

/** Props of {@linkcode StatsToolbar}. */
export interface StatsToolbarProps extends ChartRangeState {
  readonly onCsv: () => void;
  readonly onPng: () => void;
  /** Choice of the compared containers. */
  readonly children: ReactNode;
}

/** Time ranges, the zoom, comparison and exports. */
export function StatsToolbar({ range, setRange, setZoom, onCsv, onPng, children }: StatsToolbarProps) {
  const { name, zoom } = range;
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}>
      <Box
        role="group"
        aria-label={CHART_LABELS.ranges}
        sx={{ display: "flex", flexWrap: "wrap", gap: { xs: 0.25, sm: 0.75 } }}
      >
        {RANGE_NAMES.map((one) => {
          const isOn = one === name && zoom === undefined;
          const [label, help] = RANGE_LABELS[one];
          return (
            <Chip
              key={one}
              label={label}
              title={help}
              aria-pressed={isOn}
              onClick={() => setRange(one)}
              variant="outlined"
              color={isOn ? "primary" : "default"}
              sx={{
                height: { xs: 34, sm: 28 },
                "& .MuiChip-label": { px: { xs: 0.9, sm: 1.25 } },
                ...isOn ? ON : {},
              }}
            />
          );
        })}
      </Box>
      {zoom !== undefined && (
        <Chip
          label={`${CHART_LABELS.reset}: ${CHART_LABELS.zoomed(zoom.from, zoom.to)}`}
          title={CHART_LABELS.reset}
          color="primary"
          variant="outlined"
          onClick={() => setZoom(undefined)}
          onDelete={() => setZoom(undefined)}
          sx={{ height: { xs: 34, sm: 28 }, ...ON }}
        />
      )}
      <Box sx={{ display: "flex", gap: 1, ml: { xs: 0, sm: "auto" } }}>
        {children}
        <ActionButton label={CHART_LABELS.csv} help={CHART_LABELS.csvHelp} onClick={onCsv} />
        <ActionButton label={CHART_LABELS.png} help={CHART_LABELS.pngHelp} onClick={onPng} />
      </Box>
    </Box>
  );
}

/** A tint on which the primary color keeps a contrast of 4.5:1. */
const ON = {
  fontWeight: 600,
  bgcolor: ({ palette }: Theme) => alpha(palette.primary.main, 0.06),
} as const;
