import { Alert, AlertTitle, Stack as Flex, Typography } from "@mui/material";
import { useState } from "react";
import type { StackFiles } from "../../../../../../server/protocol/stacks.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { ConfirmDialog } from "../../../components/confirm_dialog.tsx";
import { useObservable } from "../../../lib/use_observable.ts";
import { CONFLICT_LABELS } from "../model/labels_editor.ts";
import { sameFiles, type StackEdit } from "./stack_edit.ts";
import type { StackFormState } from "./use_stack_form.ts";

/** Props of {@linkcode ChangedElsewhere}. */
export interface ChangedElsewhereProps {
  readonly edit: StackEdit;
  readonly form: StackFormState;
  /** Restarts the form with the stored files. */
  readonly onLoad: (stored: StackFiles) => void;
}

/** Notice that another client changed the stack, with a choice of the version to keep. */
export function ChangedElsewhere({ edit, form, onLoad }: ChangedElsewhereProps) {
  const conflict = useObservable(edit.conflict);
  const [asking, setAsking] = useState(false);
  if (conflict === undefined) return null;
  const { stored, paths, deploy } = conflict;
  if (paths.length === 0 && sameFiles(stored, form.values)) return null;
  const load = () => form.isChanged ? setAsking(true) : onLoad(stored);
  const overwrite = () => {
    edit.allowOverwrite();
    form.save(deploy);
  };
  return (
    <Alert severity="warning">
      <AlertTitle>{CONFLICT_LABELS.title}</AlertTitle>
      <Typography variant="body2" sx={{ mb: 1 }}>{CONFLICT_LABELS.hint(paths)}</Typography>
      <Flex direction="row" spacing={1} useFlexGap sx={{ flexWrap: "wrap" }}>
        <ActionButton label={CONFLICT_LABELS.load} color="inherit" onClick={load} />
        <ActionButton
          label={CONFLICT_LABELS.keep}
          color="inherit"
          help={CONFLICT_LABELS.keepHelp(deploy)}
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
    <ConfirmDialog
      title={CONFLICT_LABELS.dialogTitle}
      action={CONFLICT_LABELS.dialogAction}
      onConfirm={onLoad}
      onCancel={onCancel}
    >
      <Typography variant="body2">{CONFLICT_LABELS.dialogText}</Typography>
    </ConfirmDialog>
  );
}
