import { Checkbox, FormControlLabel, Typography } from "@mui/material";
import { useState } from "react";
import { ConfirmDialog } from "../../../../components/confirm_dialog.tsx";
import { keyOf } from "../../model/container_row.ts";
import { type BulkAction, type BulkTarget, needsForce } from "./bulk.ts";
import { SELECTION } from "./labels.ts";

/** Props of {@linkcode BulkDialog}. */
export interface BulkDialogProps {
  readonly action: BulkAction;
  readonly targets: readonly BulkTarget[];
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Confirms an operation: names what is lost, and each container with its host. */
export function BulkDialog({ action, targets, onConfirm, onCancel }: BulkDialogProps) {
  const [forced, setForced] = useState(false);
  const kind = action === "remove" ? "remove" : "kill";
  const running = kind === "remove" ? targets.filter(needsForce).length : 0;
  return (
    <ConfirmDialog
      title={SELECTION.title(SELECTION.confirm[kind], targets.length)}
      action={SELECTION.confirm[kind]}
      width="sm"
      isWaiting={running > 0 && !forced}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      <Typography variant="body2">{SELECTION.lost[kind]}</Typography>
      <Typography component="ul" variant="body2" sx={{ pl: 2.5, overflowWrap: "anywhere" }}>
        {targets.map((target) => (
          <li key={keyOf(target)}>
            {target.name} {SELECTION.onHost(target.hostId)}
          </li>
        ))}
      </Typography>
      {running > 0 && (
        <FormControlLabel
          control={<Checkbox size="small" checked={forced} onChange={(_, isOn) => setForced(isOn)} />}
          label={<Typography variant="body2">{SELECTION.force(running)}</Typography>}
        />
      )}
    </ConfirmDialog>
  );
}
