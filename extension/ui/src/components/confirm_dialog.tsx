import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from "@mui/material";
import { type ReactNode, useId } from "react";
import { LABELS } from "./labels.ts";

/** Props of {@linkcode ConfirmDialog}. */
export interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Label of the confirming button, such as "Remove". */
  readonly action: string;
  /** Label of the other button; default "Cancel". */
  readonly cancel?: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks for confirmation of an action that cannot be undone. */
export function ConfirmDialog(
  { title, children, action, cancel = LABELS.cancel, onConfirm, onCancel }: ConfirmDialogProps,
) {
  const titleId = useId();
  return (
    <Dialog open onClose={onCancel} aria-labelledby={titleId} fullWidth maxWidth="xs">
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>{children}</DialogContent>
      <DialogActions>
        <Button onClick={onCancel} autoFocus>{cancel}</Button>
        <Button onClick={onConfirm} color="error" variant="contained" disableElevation>{action}</Button>
      </DialogActions>
    </Dialog>
  );
}
