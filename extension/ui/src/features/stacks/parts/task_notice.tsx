import { Alert, Box, Button } from "@mui/material";
import type { Task } from "./use_task.ts";

/** Props of {@linkcode TaskNotice}. */
export interface TaskNoticeProps {
  readonly task: Task;
  /** Accepts files that were changed outside DockStat; undefined where that cannot be done. */
  readonly onAccept?: (() => void) | undefined;
}

/** The server's refusal, until it is dismissed or another request is made. */
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
            Accept the changed files
          </Button>
        </Box>
      )}
    </Alert>
  );
}
