import { Box, Tooltip } from "@mui/material";
import { StateMark, type Tone as Shape } from "../../../components/design/state_mark.tsx";
import { WorkingIcon } from "../../../components/icons.tsx";
import type { Mark, Tone } from "../model/labels.ts";

/** Shape and color of the text of each tone; work in progress has an icon instead of a shape. */
const LOOKS: Readonly<Record<Tone, { readonly shape?: Shape; readonly color: string }>> = {
  good: { shape: "good", color: "text.primary" },
  bad: { shape: "bad", color: "error.main" },
  doubtful: { shape: "careful", color: "warning.main" },
  busy: { color: "info.main" },
  quiet: { shape: "off", color: "text.secondary" },
};

/** Label with the shape and color of its tone, and its meaning as a tooltip. */
export function ToneMark({ word, tone, meaning }: Mark) {
  const { shape, color } = LOOKS[tone];
  const mark = (
    <Box component="span" sx={{ display: "inline-flex", alignItems: "center", gap: 1, color }}>
      {shape === undefined
        ? <WorkingIcon fontSize="inherit" aria-hidden />
        : <StateMark tone={shape} aria-hidden="true" />}
      {word}
    </Box>
  );
  return meaning === undefined ? mark : <Tooltip title={meaning} describeChild>{mark}</Tooltip>;
}
