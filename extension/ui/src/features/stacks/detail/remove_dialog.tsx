import { Checkbox, FormControlLabel, Typography } from "@mui/material";
import { useState } from "react";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";

/** Props of {@linkcode RemoveDialog}. */
export interface RemoveDialogProps {
  readonly name: string;
  readonly onRemove: (volumes: boolean) => void;
  readonly onCancel: () => void;
}

/** Asks before a stack is removed; its volumes stay unless that is asked for as well. */
export function RemoveDialog({ name, onRemove, onCancel }: RemoveDialogProps) {
  const [volumes, setVolumes] = useState(false);
  return (
    <ConfirmDialog
      title={`Remove “${name}”?`}
      action="Remove"
      onConfirm={() => onRemove(volumes)}
      onCancel={onCancel}
    >
      <Typography variant="body2" gutterBottom>
        Its containers and networks are removed, and DockStat deletes the Compose and environment files that
        it wrote. All other files in the stack’s folder stay, such as the data of relative bind mounts.
      </Typography>
      <FormControlLabel
        control={
          <Checkbox
            size="small"
            checked={volumes}
            onChange={({ target }) => setVolumes(target.checked)}
          />
        }
        label={<Typography variant="body2">Remove its volumes too</Typography>}
      />
      <Typography color={volumes ? "error" : "text.secondary"} variant="body2">
        {volumes
          ? "All data in its volumes is lost; nothing brings it back."
          : "Its volumes and the data in them stay."}
      </Typography>
    </ConfirmDialog>
  );
}
