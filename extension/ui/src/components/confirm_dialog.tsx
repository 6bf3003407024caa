import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from "@mui/material";
import { type ReactNode, useId } from "react";

/** Props of {@linkcode ConfirmDialog}. */
export interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button that goes ahead says, such as "Remove". */
  readonly action: string;
  /** What the button that does nothing says; "Cancel" unless it is given. */
  readonly refuse?: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog(
  { title, children, action, refuse = "Cancel", onConfirm, onCancel }: ConfirmDialogProps,
) {
  const titleId = useId();
  return (
    <Dialog open onClose={onCancel} aria-labelledby={titleId} fullWidth maxWidth="xs">
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>{children}</DialogContent>
      <DialogActions>
        <Button onClick={onCancel} autoFocus>{refuse}</Button>
        <Button onClick={onConfirm} color="error" variant="contained" disableElevation>{action}</Button>
      </DialogActions>
    </Dialog>
  );
}
