import { Alert } from "@mui/material";
import { ActionButton } from "../../../components/action_button.tsx";
import { DRAFT_LABELS } from "../model/labels_editor.ts";

/** Props of {@linkcode DraftNotice}. */
export interface DraftNoticeProps {
  /** Returns to the stored texts. */
  readonly onDiscard: () => void;
  readonly isLocked: boolean;
}

/** Notice that a text shows what was typed earlier and not saved. */
export function DraftNotice({ onDiscard, isLocked }: DraftNoticeProps) {
  return (
    <Alert
      severity="info"
      action={!isLocked && (
        <ActionButton label={DRAFT_LABELS.discard} color="inherit" variant="text" onClick={onDiscard} />
      )}
    >
      {DRAFT_LABELS.restored}
    </Alert>
  );
}
