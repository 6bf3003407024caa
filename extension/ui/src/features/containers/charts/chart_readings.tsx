import { Box, Typography } from "@mui/material";
import type { ChartModel } from "./charts_of.ts";
import type { Reading } from "./data/curve.ts";
import { CHART_LABELS } from "./data/labels_charts.ts";

const TABULAR = { fontVariantNumeric: "tabular-nums" } as const;

/** Props of {@linkcode Readings}. */
export interface ReadingsProps {
  readonly chart: ChartModel;
  /** A value per curve; `undefined` where nothing was measured. */
  readonly readings: readonly (Reading | undefined)[];
}

/** Values of the curves, which are also their legend. */
export function Readings({ chart: { curves, format }, readings }: ReadingsProps) {
  return (
    <Box
      sx={{ px: 1.5, minHeight: 22, display: "flex", flexWrap: "wrap", columnGap: 2, alignItems: "center" }}
    >
      {curves.map(({ label, color, dashed = false }, index) => (
        <Typography
          key={`${index} ${label}`}
          component="span"
          variant="body2"
          noWrap
          sx={{ display: "inline-flex", alignItems: "center", gap: 0.75, maxWidth: "100%", ...TABULAR }}
        >
          <Box
            component="span"
            aria-hidden="true"
            sx={{ width: 15, flexShrink: 0, borderTop: `2px ${dashed ? "dashed" : "solid"} ${color}` }}
          />
          {curves.length > 1 && (
            <Box
              component="span"
              sx={{ color: "text.secondary", overflow: "hidden", textOverflow: "ellipsis" }}
            >
              {label}
            </Box>
          )}
          <Value reading={readings[index]} format={format} />
        </Typography>
      ))}
    </Box>
  );
}

interface ValueProps {
  readonly reading: Reading | undefined;
  readonly format: (value: number) => string;
}

function Value({ reading, format }: ValueProps) {
  if (reading === undefined) {
    return <Box component="span" sx={{ color: "text.secondary" }}>{CHART_LABELS.noData}</Box>;
  }
  const { mean, low, high } = reading;
  const hasBand = low !== undefined && high !== undefined && low !== high;
  return (
    <>
      <Box component="span" sx={{ fontWeight: 600 }}>{format(mean)}</Box>
      {hasBand && (
        <Box component="span" sx={{ color: "text.secondary" }}>
          {CHART_LABELS.range(format(low), format(high))}
        </Box>
      )}
    </>
  );
}
