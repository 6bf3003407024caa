import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from "@mui/material";
import { type ReactNode, useId } from "react";
import { TOUCH_TARGETS } from "./design/touch.ts";
import { LABELS } from "./labels.ts";

/** Props of {@linkcode ConfirmDialog}. */
export interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Label of the confirming button, such as "Remove". */
  readonly action: string;
  /** Label of the other button; default "Cancel". */
  readonly cancel?: string;
  /** True while the confirming button cannot be used. */
  readonly isWaiting?: boolean;
  /** Width; default `xs`. */
  readonly width?: "xs" | "sm";
  /** Color of the confirming button; default `error`. */
  readonly color?: "error" | "primary";
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks for confirmation of an action that cannot be undone. */
export function ConfirmDialog(
  {
    title,
    children,
    action,
    cancel = LABELS.cancel,
    isWaiting = false,
    width = "xs",
    color = "error",
    ...on
  }: ConfirmDialogProps,
) {
  const titleId = useId();
  return (
    <Dialog
      open
      onClose={on.onCancel}
      aria-labelledby={titleId}
      fullWidth
      maxWidth={width}
      sx={TOUCH_TARGETS}
    >
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>{children}</DialogContent>
      <DialogActions>
        <Button onClick={on.onCancel} autoFocus>{cancel}</Button>
        <Button
          onClick={on.onConfirm}
          color={color}
          variant="contained"
          disableElevation
          disabled={isWaiting}
        >
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
