import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  useMediaQuery,
} from "@mui/material";
import type { Theme } from "@mui/material";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { LABELS } from "../model/labels.ts";

/** Props of {@linkcode FormDialog}. */
export interface FormDialogProps {
  readonly title: string;
  /** Saves, and returns the reason of a failure. */
  readonly onSave: () => Promise<string | undefined>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog with fields, which stays open with the reason when they cannot be saved. */
export function FormDialog({ title, onSave, onClose, children }: FormDialogProps) {
  const titleId = useId();
  const isPhone = useMediaQuery<Theme>(({ breakpoints }) => breakpoints.down("sm"));
  const [failure, setFailure] = useState<string>();
  const [isSaving, setSaving] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    const reason = await onSave();
    setSaving(false);
    setFailure(reason);
    if (reason === undefined) onClose();
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="xs" fullScreen={isPhone}>
      <form
        onSubmit={(event) =>
          void submit(event)}
        style={{ display: "flex", flexDirection: "column", minHeight: 0, flexGrow: 1 }}
      >
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          <Stack spacing={2} sx={{ pt: 1 }}>
            {failure !== undefined && <Alert severity="error" role="alert">{failure}</Alert>}
            {children}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{LABELS.cancel}</Button>
          <Button type="submit" variant="contained" disableElevation disabled={isSaving}>
            {LABELS.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
