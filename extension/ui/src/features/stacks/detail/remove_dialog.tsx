import { Checkbox, FormControlLabel, Typography } from "@mui/material";
import { useState } from "react";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { REMOVE_LABELS } from "../model/labels_detail.ts";

/** Props of {@linkcode RemoveDialog}. */
export interface RemoveDialogProps {
  readonly name: string;
  readonly onRemove: (volumes: boolean) => void;
  readonly onCancel: () => void;
}

/** Confirms the removal of a stack. The volumes are kept unless their removal is selected too. */
export function RemoveDialog({ name, onRemove, onCancel }: RemoveDialogProps) {
  const [volumes, setVolumes] = useState(false);
  return (
    <ConfirmDialog
      title={REMOVE_LABELS.title(name)}
      action={REMOVE_LABELS.action}
      onConfirm={() => onRemove(volumes)}
      onCancel={onCancel}
    >
      <Typography variant="body2" gutterBottom>
        {REMOVE_LABELS.consequences}
      </Typography>
      <FormControlLabel
        control={
          <Checkbox
            size="small"
            checked={volumes}
            onChange={({ target }) => setVolumes(target.checked)}
          />
        }
        label={<Typography variant="body2">{REMOVE_LABELS.volumes}</Typography>}
      />
      <Typography color={volumes ? "error" : "text.secondary"} variant="body2">
        {volumes ? REMOVE_LABELS.volumesRemoved : REMOVE_LABELS.volumesKept}
      </Typography>
    </ConfirmDialog>
  );
}
