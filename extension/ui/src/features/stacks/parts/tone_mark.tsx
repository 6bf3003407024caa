import { FailedIcon, GoodIcon, NoneIcon, WarningIcon, WorkingIcon } from "../../../components/icons.tsx";
import { Box, Tooltip } from "@mui/material";
import type { Mark, Tone } from "../model/labels.ts";

const ICONS = {
  good: GoodIcon,
  bad: FailedIcon,
  doubtful: WarningIcon,
  busy: WorkingIcon,
  quiet: NoneIcon,
} as const;
const COLORS: Readonly<Record<Tone, string>> = {
  good: "success.main",
  bad: "error.main",
  doubtful: "warning.main",
  busy: "info.main",
  quiet: "text.secondary",
};

/** Label with the color and icon of its tone, and its meaning as a tooltip. */
export function ToneMark({ word, tone, meaning }: Mark) {
  const Icon = ICONS[tone];
  const mark = (
    <Box
      component="span"
      sx={{ display: "inline-flex", alignItems: "center", gap: 0.5, color: COLORS[tone] }}
    >
      <Icon fontSize="inherit" aria-hidden />
      {word}
    </Box>
  );
  return meaning === undefined ? mark : <Tooltip title={meaning} describeChild>{mark}</Tooltip>;
}
