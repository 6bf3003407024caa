import { Box, Typography } from "@mui/material";
import { axisTime } from "./data/axis_time.ts";
import { CHART_LABELS } from "./data/labels_charts.ts";
import type { Mark } from "./data/marks.ts";
import type { Zoom } from "./data/ranges.ts";

/** Props of {@linkcode MarkList}. */
export interface MarkListProps {
  readonly marks: readonly Mark[];
  readonly span: Zoom;
}

/** Number of events in the list. */
const MAX_SHOWN = 50;
const COLORS = { bad: "error.main", deploy: "primary.main", plain: "text.primary" } as const;

/** Events in the shown span as text, the newest first. */
export function MarkList({ marks, span }: MarkListProps) {
  return (
    <Box component="section" aria-label={CHART_LABELS.events}>
      <Typography variant="h3" component="h2" sx={{ fontSize: 13, mb: 0.5 }}>
        {CHART_LABELS.events}
      </Typography>
      {marks.length === 0 && (
        <Typography variant="body2" color="text.secondary">{CHART_LABELS.noEvents}</Typography>
      )}
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: "none" }}>
        {marks.toReversed().slice(0, MAX_SHOWN).map(({ id, time, text, tone }) => (
          <Typography key={id} component="li" variant="body2" sx={{ fontVariantNumeric: "tabular-nums" }}>
            <Box component="span" sx={{ color: "text.secondary", mr: 1.5 }}>{axisTime(time, span)}</Box>
            <Box component="span" sx={{ color: COLORS[tone] }}>{text}</Box>
          </Typography>
        ))}
      </Box>
    </Box>
  );
}
