import { alpha, Box, Stack as Flex, type Theme, Typography } from "@mui/material";
import { useId } from "react";
import { COMPARE_LABELS } from "../../model/labels_contents.ts";
import { type DifferenceLine, textDifference } from "../../model/version_difference.ts";

/** Props of {@linkcode TextDifference}. */
export interface TextDifferenceProps {
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

const SIGNS: Readonly<Record<DifferenceLine["kind"], string>> = {
  same: " ",
  added: "+",
  removed: "−",
  gap: "⋯",
};

/** Changed lines between two texts, marked by a sign and a color. */
export function TextDifference({ title, before, after }: TextDifferenceProps) {
  const id = useId();
  const lines = textDifference(before, after);
  return (
    <Flex spacing={1} component="section" aria-labelledby={id}>
      <Typography variant="h3" id={id}>{title}</Typography>
      {lines === undefined || lines.length === 0
        ? (
          <Typography variant="body2" color="text.secondary">
            {lines === undefined ? COMPARE_LABELS.tooDifferent : COMPARE_LABELS.equal}
          </Typography>
        )
        : <Lines label={COMPARE_LABELS.difference(title)} lines={lines} />}
    </Flex>
  );
}

interface LinesProps {
  readonly label: string;
  readonly lines: readonly DifferenceLine[];
}

function Lines({ label, lines }: LinesProps) {
  return (
    <Box
      role="group"
      aria-label={label}
      tabIndex={0}
      sx={{
        border: 1,
        borderColor: "divider",
        borderRadius: 1,
        maxHeight: "60vh",
        overflow: "auto",
        fontFamily: "monospace",
        fontSize: 13,
      }}
    >
      <Box sx={{ width: "max-content", minWidth: "100%" }}>
        {lines.map((line, index) => <Line key={index} {...line} />)}
      </Box>
    </Box>
  );
}

const TINTS = {
  added: ({ palette }: Theme) => alpha(palette.success.main, 0.16),
  removed: ({ palette }: Theme) => alpha(palette.error.main, 0.16),
  same: "transparent",
  gap: "action.hover",
} as const;

function Line({ kind, text }: DifferenceLine) {
  return (
    <Box sx={{ whiteSpace: "pre", px: 1, bgcolor: TINTS[kind] }}>
      {SIGNS[kind]} {text}
    </Box>
  );
}
