import { TextField, Typography } from "@mui/material";
import { useState } from "react";
import { ConfirmDialog } from "../../components/confirm_dialog.tsx";
import { CHANGES, LABELS, STOPPING } from "./labels.ts";
import type { Change } from "./requests.ts";

/** Largest number of tasks that the server accepts. */
const MOST_REPLICAS = 10_000;

/** Props of {@linkcode ChangeDialog}. */
export interface ChangeDialogProps {
  readonly change: Change;
  readonly onConfirm: (change: Change) => void;
  readonly onCancel: () => void;
}

/** Confirms a change; for a new number of tasks it asks for the number. */
export function ChangeDialog({ change, onConfirm, onCancel }: ChangeDialogProps) {
  const { title, text, action } = CHANGES[change.kind];
  const [digits, setDigits] = useState(String(change.replicas ?? 0));
  const isScale = change.kind === "scale";
  const isValid = /^\d{1,5}$/.test(digits) && Number(digits) <= MOST_REPLICAS;
  return (
    <ConfirmDialog
      title={title(change.name)}
      action={action}
      color={STOPPING.has(change.kind) ? "error" : "primary"}
      isWaiting={isScale && !isValid}
      onConfirm={() => onConfirm(isScale ? { ...change, replicas: Number(digits) } : change)}
      onCancel={onCancel}
    >
      <Typography variant="body2">{text}</Typography>
      {isScale && (
        <TextField
          size="small"
          margin="normal"
          label={LABELS.tasks}
          value={digits}
          error={!isValid}
          inputMode="numeric"
          onChange={({ target }) => setDigits(target.value)}
        />
      )}
    </ConfirmDialog>
  );
}
