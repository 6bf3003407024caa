import { Alert, AlertTitle, Box, Button } from "@mui/material";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { useAbout } from "../../../lib/client.ts";
import { formatTime } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import { failureTitle } from "../model/labels.ts";
import { FAILURE_LABELS, failureHeading } from "../model/labels_detail.ts";

/** Props of {@linkcode FailureNotice}. */
export interface FailureNoticeProps {
  readonly stack: Stack;
  /** Its newest operation. */
  readonly newest: Operation | undefined;
}

/** Error of the newest operation, as Compose printed it; nothing unless it failed, or while another is running. */
export function FailureNotice({ stack, newest }: FailureNoticeProps) {
  const title = failureTitle(newest);
  const mayRead = useAbout()?.access === "full";
  if (newest === undefined || title === undefined || stack.operation !== null) return null;
  const edit = stack.stack_id === null || !mayRead
    ? undefined
    : (
      <Button size="small" color="inherit" href={hrefTo("stacks", stack.stack_id, "edit")}>
        {FAILURE_LABELS.edit}
      </Button>
    );
  const time = newest.ended_at === null ? undefined : formatTime(Date.parse(newest.ended_at));
  return (
    <Alert severity="error" action={edit}>
      <AlertTitle>{failureHeading(title, time, newest.exit_code)}</AlertTitle>
      <ComposeOutput text={newest.error ?? FAILURE_LABELS.noReason} />
    </Alert>
  );
}

/** Output of Compose, exactly as it was printed. */
export function ComposeOutput({ text }: { readonly text: string }) {
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
      aria-label={FAILURE_LABELS.output}
    >
      {text}
    </Box>
  );
}
