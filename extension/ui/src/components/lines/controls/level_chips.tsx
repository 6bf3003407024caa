import { Box, ToggleButton } from "@mui/material";
import { LEVEL_CHOICES, type LevelChoice, type LevelCounts } from "../../../lib/lines/line_filter.ts";
import { LABELS, LEVEL_LABELS } from "./labels.ts";

/** Props of {@linkcode LevelChips}. */
export interface LevelChipsProps {
  readonly counts: LevelCounts;
  /** Levels to show; all lines when empty. */
  readonly chosen: ReadonlySet<LevelChoice>;
  readonly onChange: (chosen: ReadonlySet<LevelChoice>) => void;
}

const TONES = {
  error: "error.main",
  warning: "warning.main",
  info: "info.main",
  debug: "text.secondary",
} as const;

/** Filter by level, with the number of entries of each. */
export function LevelChips({ counts, chosen, onChange }: LevelChipsProps) {
  const toggle = (level: LevelChoice) => {
    const next = new Set(chosen);
    if (!next.delete(level)) next.add(level);
    onChange(next);
  };
  return (
    <Box role="group" aria-label={LABELS.errorsAndWarnings} sx={{ display: "flex", gap: 0.5, flexShrink: 0 }}>
      {LEVEL_CHOICES.map((level) => (
        <ToggleButton
          key={level}
          value={level}
          selected={chosen.has(level)}
          disabled={counts[level] === 0 && !chosen.has(level)}
          onChange={() => toggle(level)}
          sx={CHIP}
        >
          <Box
            component="span"
            aria-hidden
            sx={{ width: 3, height: 12, borderRadius: 1, bgcolor: TONES[level] }}
          />
          {LEVEL_LABELS[level]}
          {counts[level] > 0 && (
            <Box component="span" sx={{ fontVariantNumeric: "tabular-nums", color: "text.secondary" }}>
              {counts[level].toLocaleString("en")}
            </Box>
          )}
        </ToggleButton>
      ))}
    </Box>
  );
}

const CHIP = {
  gap: 0.5,
  height: 28,
  px: 0.875,
  fontSize: 12,
  fontWeight: 500,
  textTransform: "none",
  whiteSpace: "nowrap",
  color: "text.primary",
  borderRadius: 1,
} as const;
