import { Alert, Box, Button } from "@mui/material";
import { NOTICES } from "../model/labels.ts";
import type { Task } from "./use_task.ts";

/** Props of {@linkcode TaskNotice}. */
export interface TaskNoticeProps {
  readonly task: Task;
  /** Accepts files that were changed outside DockStat; `undefined` where that is impossible. */
  readonly onAccept?: (() => void) | undefined;
}

/** Message of a failed request, shown until it is dismissed or another request is sent. */
export function TaskNotice({ task: { refusal, hasChangedFiles, dismiss }, onAccept }: TaskNoticeProps) {
  if (refusal === undefined) return null;
  return (
    <Alert
      severity="error"
      onClose={dismiss}
      sx={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere", "& .MuiAlert-message": { flexGrow: 1 } }}
    >
      {refusal}
      {hasChangedFiles && onAccept !== undefined && (
        <Box sx={{ mt: 1 }}>
          <Button size="small" variant="outlined" color="inherit" onClick={onAccept}>
            {NOTICES.acceptFiles}
          </Button>
        </Box>
      )}
    </Alert>
  );
}
