import {
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  MenuItem,
  TextField,
} from "@mui/material";
import { useId, useState } from "react";
import type { ContainerDetails, LimitChange } from "../../../../../../server/protocol/containers.ts";
import { LABELS } from "../../../components/labels.ts";
import { MENU_IN_MAIN } from "../../../components/main_element.ts";
import { policyText } from "./detail_facts.ts";
import { LIMIT_LABELS } from "./labels_details.ts";
import { fieldsFor, invalidFields, type LimitFields, POLICIES, toChange } from "./limit_fields.ts";

/** Props of {@linkcode LimitsDialog}. */
export interface LimitsDialogProps {
  readonly details: ContainerDetails;
  /** Receives only what was changed. */
  readonly onSave: (change: LimitChange) => void;
  readonly onCancel: () => void;
}

/** Changes CPU, memory and restart policy of a container. */
export function LimitsDialog({ details, onSave, onCancel }: LimitsDialogProps) {
  const titleId = useId();
  const [before] = useState(() => fieldsFor(details.limits, policyText(details.restartPolicy)));
  const [fields, setFields] = useState<LimitFields>(before);
  const invalid = invalidFields(fields);
  const field = (name: "cpus" | "memory", label: string, error: string) => (
    <TextField
      label={label}
      value={fields[name]}
      onChange={({ target }) => setFields({ ...fields, [name]: target.value })}
      error={invalid.has(name)}
      helperText={invalid.has(name) ? error : LIMIT_LABELS.empty}
      size="small"
      slotProps={{ htmlInput: { inputMode: "decimal" } }}
    />
  );
  const policies = POLICIES.includes(before.policy) ? POLICIES : [...POLICIES, before.policy];
  return (
    <Dialog open onClose={onCancel} aria-labelledby={titleId} fullWidth maxWidth="xs">
      <DialogTitle id={titleId}>{LIMIT_LABELS.title(details.name)}</DialogTitle>
      <DialogContent sx={{ display: "grid", gap: 2 }}>
        <span />
        {field("cpus", LIMIT_LABELS.cpus, LIMIT_LABELS.cpusInvalid)}
        {field("memory", LIMIT_LABELS.memory, LIMIT_LABELS.memoryInvalid)}
        <TextField
          select
          size="small"
          label={LIMIT_LABELS.policy}
          value={fields.policy}
          onChange={({ target }) => setFields({ ...fields, policy: target.value })}
          slotProps={MENU_IN_MAIN}
        >
          {policies.map((policy) => <MenuItem key={policy} value={policy}>{policy}</MenuItem>)}
        </TextField>
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel}>{LABELS.cancel}</Button>
        <Button
          variant="contained"
          disableElevation
          disabled={invalid.size > 0}
          onClick={() => onSave(toChange(before, fields))}
        >
          {LIMIT_LABELS.save}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
