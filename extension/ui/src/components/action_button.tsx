import { Button, type ButtonProps, IconButton, Tooltip } from "@mui/material";
import type { ReactNode } from "react";

/** Props of {@linkcode ActionButton}. */
export interface ActionButtonProps {
  /** Visible text, or the accessible name of a bare icon. */
  readonly label: string;
  readonly onClick: () => void;
  /** Tooltip that explains the action. */
  readonly help?: string | undefined;
  /** Reason why the button is disabled, as a sentence; `undefined` when it is enabled. */
  readonly obstacle?: string | undefined;
  readonly icon?: ReactNode;
  readonly variant?: ButtonProps["variant"];
  readonly color?: ButtonProps["color"];
}

/** A button that explains why it is disabled, and stays focusable so that keyboard users can read that. */
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
        {...behavior(onClick, obstacle)}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

/** Props of {@linkcode ActionIcon}. */
export interface ActionIconProps extends ActionButtonProps {
  /** For a button of a menu: true while the menu is open. */
  readonly isOpen?: boolean;
}

/** An icon button with the behavior of {@linkcode ActionButton}. */
export function ActionIcon({ label, onClick, help, obstacle, icon, isOpen }: ActionIconProps) {
  const menu = isOpen === undefined ? {} : { "aria-haspopup": "menu", "aria-expanded": isOpen } as const;
  return (
    <Tooltip title={obstacle ?? help ?? ""} describeChild placement="top">
      <IconButton size="small" aria-label={label} {...menu} {...behavior(onClick, obstacle)}>
        {icon}
      </IconButton>
    </Tooltip>
  );
}

const DISABLED = {
  color: "text.disabled",
  borderColor: "action.disabledBackground",
  cursor: "not-allowed",
  "&:hover": { bgcolor: "transparent", borderColor: "action.disabledBackground" },
  "&.MuiButton-contained, &.MuiButton-contained:hover": {
    color: "text.disabled",
    bgcolor: "action.disabledBackground",
  },
} as const;

function behavior(onClick: () => void, obstacle: string | undefined) {
  return obstacle === undefined ? { onClick } : { "aria-disabled": true, sx: DISABLED };
}
