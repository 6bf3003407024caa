import { Alert, AlertTitle, Stack as Flex, Typography } from "@mui/material";
import { useState } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import { LeaveGuard } from "../../../components/leave_guard.tsx";
import { languageOf } from "../model/file_texts.ts";
import { FILE_LABELS } from "../model/labels_contents.ts";
import { CONFLICT_LABELS } from "../model/labels_editor.ts";
import { TextFieldset } from "../editor/text_fieldset.tsx";
import { DraftNotice } from "../parts/draft_notice.tsx";
import { type FileFormState, type FileFormTask, useFileForm } from "./use_file_form.ts";

const HEIGHT = "max(280px, calc(100vh - 420px))";

/** Editor of a text file; a version that another client stored meanwhile is replaced only after a question. */
export function FileForm(task: FileFormTask) {
  const { path } = task;
  const form = useFileForm(task);
  // The editor owns its text: another one is shown by a new editor.
  const [revision, setRevision] = useState(0);
  const discard = () => {
    form.setText(task.opened ?? "");
    setRevision((before) => before + 1);
  };
  return (
    <Flex spacing={2}>
      <LeaveGuard isChanged={form.isUnsafe} />
      <Flex direction="row" sx={{ justifyContent: "flex-end" }}>
        <ActionButton
          label={FILE_LABELS.save}
          variant="contained"
          obstacle={form.obstacle}
          onClick={() => form.save(false)}
        />
      </Flex>
      {form.refusal !== undefined && (
        <Alert severity="error" sx={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {form.refusal}
        </Alert>
      )}
      {task.draft !== undefined && form.isChanged && (
        <DraftNotice onDiscard={discard} isLocked={form.isLocked} />
      )}
      {form.hasConflict && <Conflict form={form} onReload={task.onReload} />}
      <TextFieldset
        key={revision}
        label={path}
        hint={FILE_LABELS.hint}
        placeholder=""
        language={languageOf(path)}
        text={form.text}
        readOnly={form.isLocked}
        issues={[]}
        height={HEIGHT}
        onChange={form.setText}
      />
    </Flex>
  );
}

interface ConflictProps {
  readonly form: FileFormState;
  readonly onReload: () => void;
}

function Conflict({ form, onReload }: ConflictProps) {
  return (
    <Alert severity="warning">
      <AlertTitle>{CONFLICT_LABELS.title}</AlertTitle>
      <Typography variant="body2" sx={{ mb: 1 }}>{CONFLICT_LABELS.hint}</Typography>
      <Flex direction="row" spacing={1} useFlexGap sx={{ flexWrap: "wrap" }}>
        <ActionButton label={CONFLICT_LABELS.load} color="inherit" onClick={onReload} />
        <ActionButton
          label={CONFLICT_LABELS.keep}
          color="inherit"
          help={CONFLICT_LABELS.keepHelp(false)}
          obstacle={form.obstacle}
          onClick={() => form.save(true)}
        />
      </Flex>
    </Alert>
  );
}
