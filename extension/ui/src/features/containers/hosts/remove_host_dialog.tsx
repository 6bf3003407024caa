import { Alert, DialogContentText } from "@mui/material";
import { useState } from "react";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { useClient } from "../../../lib/client.ts";
import { LABELS } from "./labels.ts";

/** Props of {@linkcode RemoveHostDialog}. */
export interface RemoveHostDialogProps {
  readonly hostId: string;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

/** Asks before a host is removed. */
export function RemoveHostDialog({ hostId, onClose, onRemoved }: RemoveHostDialogProps) {
  const { transport } = useClient();
  const [isWaiting, setWaiting] = useState(false);
  const [error, setError] = useState<string>();
  const remove = async () => {
    setWaiting(true);
    try {
      await transport.ask(`/hosts/${encodeURIComponent(hostId)}`, { method: "DELETE" });
      onRemoved();
      onClose();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
      setWaiting(false);
    }
  };
  return (
    <ConfirmDialog
      title={LABELS.removeTitle(hostId)}
      action={LABELS.remove}
      isWaiting={isWaiting}
      onConfirm={remove}
      onCancel={onClose}
    >
      <DialogContentText>{LABELS.removeText}</DialogContentText>
      {error !== undefined && <Alert severity="error" sx={{ mt: 1 }}>{error}</Alert>}
    </ConfirmDialog>
  );
}
