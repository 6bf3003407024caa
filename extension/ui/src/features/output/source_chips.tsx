import { Box, ToggleButton } from "@mui/material";
import type { SourceLook } from "../../components/lines/log_source.ts";
import { LABELS } from "./labels.ts";

/** Props of {@linkcode SourceChips}. */
export interface SourceChipsProps {
  readonly sources: ReadonlyMap<string, SourceLook>;
  /** Containers to hide. */
  readonly muted: ReadonlySet<string>;
  readonly onMuted: (muted: ReadonlySet<string>) => void;
}

/** The containers of a merged log with their colors; each can be muted. */
export function SourceChips({ sources, muted, onMuted }: SourceChipsProps) {
  const toggle = (id: string) => {
    const next = new Set(muted);
    if (!next.delete(id)) next.add(id);
    onMuted(next);
  };
  return (
    <Box
      role="group"
      aria-label={LABELS.sources}
      sx={{ display: "flex", gap: 0.5, overflowX: "auto", flexShrink: 0, pb: 0.25 }}
    >
      {[...sources].map(([id, { name, color }]) => (
        <ToggleButton
          key={id}
          value={id}
          selected={!muted.has(id)}
          onChange={() => toggle(id)}
          title={muted.has(id) ? LABELS.unmute : LABELS.mute}
          sx={CHIP}
        >
          <Box
            component="span"
            aria-hidden
            sx={{
              width: 8,
              height: 8,
              borderRadius: "50%",
              bgcolor: color,
              opacity: muted.has(id) ? 0.3 : 1,
            }}
          />
          <span style={{ textDecoration: muted.has(id) ? "line-through" : "none" }}>{name}</span>
        </ToggleButton>
      ))}
    </Box>
  );
}

const CHIP = {
  gap: 0.75,
  height: 26,
  px: 1,
  fontSize: 12,
  fontWeight: 500,
  textTransform: "none",
  whiteSpace: "nowrap",
  color: "text.primary",
  flexShrink: 0,
} as const;
