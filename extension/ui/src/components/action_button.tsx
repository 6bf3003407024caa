import { Button, type ButtonProps, IconButton, Tooltip } from "@mui/material";
import type { ReactNode } from "react";

/** Props of {@linkcode ActionButton}. */
export interface ActionButtonProps {
  /** What it says; with an icon alone what a screen reader says. */
  readonly label: string;
  readonly onClick: () => void;
  /** What it does, for who points at it. */
  readonly help?: string | undefined;
  /** Why it cannot be used now, as a sentence; `undefined` when it can. */
  readonly obstacle?: string | undefined;
  readonly icon?: ReactNode;
  readonly variant?: ButtonProps["variant"];
  readonly color?: ButtonProps["color"];
}

/** A button that says why it cannot be used: it keeps its place in the order of the keyboard, and does nothing. */
export function ActionButton(
  { label, onClick, help, obstacle, icon, variant = "outlined", color }: ActionButtonProps,
) {
  return (
    <Tooltip title={obstacle ?? help ?? ""} describeChild placement="top">
      <Button
        size="small"
        variant={variant}
        color={color ?? "primary"}
        startIcon={icon}
        disableElevation
        {...offered(onClick, obstacle)}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

/** The same as an icon. */
export function ActionIcon({ label, onClick, help, obstacle, icon }: ActionButtonProps) {
  return (
    <Tooltip title={obstacle ?? help ?? ""} describeChild placement="top">
      <IconButton size="small" aria-label={label} {...offered(onClick, obstacle)}>{icon}</IconButton>
    </Tooltip>
  );
}

const REFUSED = {
  color: "text.disabled",
  borderColor: "action.disabledBackground",
  cursor: "not-allowed",
  "&:hover": { bgcolor: "transparent", borderColor: "action.disabledBackground" },
  "&.MuiButton-contained, &.MuiButton-contained:hover": {
    color: "text.disabled",
    bgcolor: "action.disabledBackground",
  },
} as const;

function offered(onClick: () => void, obstacle: string | undefined) {
  return obstacle === undefined ? { onClick } : { "aria-disabled": true, sx: REFUSED };
}
