import { Box, Button } from "@mui/material";
import { BAR_KEYS, TERMINAL_LABELS } from "./labels.ts";

/** Props of {@linkcode KeyBar}. */
export interface KeyBarProps {
  /** True while the next key is combined with Ctrl. */
  readonly isControl: boolean;
  readonly onControl: (isControl: boolean) => void;
  readonly onKey: (text: string) => void;
}

/** Keys that the keyboards of phones do not have. */
export function KeyBar({ isControl, onControl, onKey }: KeyBarProps) {
  const button = { minWidth: 44, minHeight: 44, px: 1 };
  // The terminal keeps the focus, so that the keyboard of the phone stays open.
  const keepFocus = { onPointerDown: (event: React.PointerEvent) => event.preventDefault() };
  return (
    <Box
      role="toolbar"
      aria-label={TERMINAL_LABELS.keys}
      sx={{ display: { xs: "flex", sm: "none" }, gap: 0.5, overflowX: "auto", flexShrink: 0, py: 0.5 }}
    >
      <Button
        size="small"
        variant={isControl ? "contained" : "outlined"}
        aria-pressed={isControl}
        onClick={() => onControl(!isControl)}
        sx={button}
        {...keepFocus}
      >
        Ctrl
      </Button>
      {BAR_KEYS.map(([label, name, text]) => (
        <Button
          key={name}
          size="small"
          variant="outlined"
          aria-label={name}
          onClick={() => onKey(text)}
          sx={button}
          {...keepFocus}
        >
          {label}
        </Button>
      ))}
    </Box>
  );
}
