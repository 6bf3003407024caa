import { Alert, AlertTitle, Box, Button } from "@mui/material";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { useAbout } from "../../../lib/client.ts";
import { formatTime } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import { complaintOf } from "../model/labels.ts";

/** Props of {@linkcode FailureNotice}. */
export interface FailureNoticeProps {
  readonly stack: Stack;
  /** Its newest operation. */
  readonly newest: Operation | undefined;
}

/** Why the newest operation has failed, in Compose's words; nothing when it has not, or while another goes on. */
export function FailureNotice({ stack, newest }: FailureNoticeProps) {
  const complaint = complaintOf(newest);
  const mayRead = useAbout()?.access === "full";
  if (newest === undefined || complaint === undefined || stack.operation !== null) return null;
  const edit = stack.stack_id === null || !mayRead
    ? undefined
    : <Button size="small" color="inherit" href={hrefTo("stacks", stack.stack_id, "edit")}>Edit</Button>;
  return (
    <Alert severity="error" action={edit}>
      <AlertTitle>
        {complaint}
        {newest.ended_at !== null && `, ${formatTime(Date.parse(newest.ended_at))}`}
        {newest.exit_code !== null && `, exit code ${newest.exit_code}`}
      </AlertTitle>
      <Words text={newest.error ?? "Nobody has said why."} />
    </Alert>
  );
}

/** The words of a program, as it has written them. */
export function Words({ text }: { readonly text: string }) {
  return (
    <Box
      component="code"
      sx={{
        display: "block",
        whiteSpace: "pre-wrap",
        overflowWrap: "anywhere",
        fontFamily: "monospace",
        maxHeight: 240,
        overflow: "auto",
      }}
      tabIndex={0}
      role="group"
      aria-label="What Compose says"
    >
      {text}
    </Box>
  );
}
