import { Alert, AlertTitle, Stack as Flex, Typography } from "@mui/material";
import { useState } from "react";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { useObservable } from "../../../lib/use_observable.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { sameTexts, type StackEdit } from "./stack_edit.ts";
import type { StackTexts } from "../model/stack_requests.ts";
import type { StackFormState } from "./use_stack_form.ts";

/** Props of {@linkcode ChangedElsewhere}. */
export interface ChangedElsewhereProps {
  readonly edit: StackEdit;
  readonly form: StackFormState;
  /** Begins anew with what is stored. */
  readonly onLoad: (stored: StackTexts) => void;
}

/** Says that somebody else has changed the stack, and lets choose which of both counts. */
export function ChangedElsewhere({ edit, form, onLoad }: ChangedElsewhereProps) {
  const conflict = useObservable(edit.conflict);
  const [asking, setAsking] = useState(false);
  if (conflict === undefined || sameTexts(conflict.stored, form.values)) return null;
  const { stored, deploy } = conflict;
  const load = () => form.isChanged ? setAsking(true) : onLoad(stored);
  const overwrite = () => {
    edit.allowOverwrite();
    form.save(deploy);
  };
  return (
    <Alert severity="warning">
      <AlertTitle>This stack was changed elsewhere since you opened it</AlertTitle>
      <Typography variant="body2" sx={{ mb: 1 }}>
        What you see here was not saved. Choose which of both is to count.
      </Typography>
      <Flex direction="row" spacing={1} useFlexGap sx={{ flexWrap: "wrap" }}>
        <ActionButton label="Load what is stored" color="inherit" onClick={load} />
        <ActionButton
          label="Overwrite it"
          color="inherit"
          help={deploy ? "Saves and deploys what you see here" : "Saves what you see here"}
          obstacle={form.obstacle}
          onClick={overwrite}
        />
      </Flex>
      {asking && <LoadDialog onLoad={() => onLoad(stored)} onCancel={() => setAsking(false)} />}
    </Alert>
  );
}

function LoadDialog({ onLoad, onCancel }: { readonly onLoad: () => void; readonly onCancel: () => void }) {
  return (
    <ConfirmDialog title="Load what is stored?" action="Load" onConfirm={onLoad} onCancel={onCancel}>
      <Typography variant="body2">What you have changed here is not saved, and would be lost.</Typography>
    </ConfirmDialog>
  );
}
