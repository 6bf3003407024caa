import { Alert, AlertTitle, Box, Button, Link, Stack as Flex, Typography } from "@mui/material";
import { useState } from "react";
import type { Failure, Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { useAbout } from "../../../lib/client.ts";
import { formatTime } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import { failureTitle } from "../model/labels.ts";
import { FAILURE_LABELS, failureHeading } from "../model/labels_detail.ts";
import type { StackTaskProps } from "../parts/use_task.ts";
import { RollbackAction } from "../versions/rollback_action.tsx";
import { useLoaded } from "../parts/use_loaded.ts";

/** Props of {@linkcode FailureNotice}. */
export interface FailureNoticeProps extends StackTaskProps {
  /** Its newest operation. */
  readonly newest: Operation | undefined;
}

/** Why the newest operation failed, and what helps; nothing unless it failed, or while another is running. */
export function FailureNotice({ feed, task, stack, newest }: FailureNoticeProps) {
  const title = failureTitle(newest);
  const mayRead = useAbout()?.access === "full";
  if (newest === undefined || title === undefined || stack.operation !== null) return null;
  const time = newest.ended_at === null ? undefined : formatTime(Date.parse(newest.ended_at));
  const isExplained = mayRead && newest.state === "failed" && newest.error !== null;
  return (
    <Alert
      severity="error"
      sx={{ alignItems: "flex-start", "& .MuiAlert-message": { flexGrow: 1, minWidth: 0 } }}
    >
      <AlertTitle>{failureHeading(title, time, newest.exit_code)}</AlertTitle>
      {isExplained
        ? <Explanation feed={feed} stack={stack} operation={newest} />
        : <ComposeOutput text={newest.error ?? FAILURE_LABELS.noReason} />}
      {stack.stack_id !== null && (
        <Box sx={{ mt: 1, "&:empty": { display: "none" } }}>
          <RollbackAction feed={feed} task={task} stackId={stack.stack_id} failed={newest} />
        </Box>
      )}
    </Alert>
  );
}

interface ExplanationProps extends Pick<FailureNoticeProps, "feed" | "stack"> {
  readonly operation: Operation;
}

function Explanation({ feed, stack, operation: { operation_id, error } }: ExplanationProps) {
  const { value, failure } = useLoaded(
    feed,
    String(operation_id),
    (signal) => feed.requests.failure(operation_id, signal),
  );
  const isKnown = value !== undefined && value.kind !== "unknown";
  return (
    <>
      {isKnown && <Cause stack={stack} failure={value} />}
      {isKnown
        ? <RawOutput text={error ?? ""} />
        : (value !== undefined || failure !== undefined) && <ComposeOutput text={error ?? ""} />}
      {!isKnown && stack.stack_id !== null && (
        <Link href={hrefTo("stacks", stack.stack_id, "edit")} color="inherit">{FAILURE_LABELS.edit}</Link>
      )}
    </>
  );
}

interface CauseProps {
  readonly stack: Stack;
  readonly failure: Failure;
}

function Cause({ stack, failure: { cause, remedy, service, line, container, log } }: CauseProps) {
  return (
    <>
      <Typography sx={{ fontWeight: 500, overflowWrap: "anywhere" }}>{cause}</Typography>
      <Typography variant="body2" sx={{ overflowWrap: "anywhere" }}>{remedy}</Typography>
      <Flex direction="row" spacing={2} useFlexGap sx={{ flexWrap: "wrap", my: 0.5 }}>
        {stack.stack_id !== null && (
          <Link
            href={hrefTo("stacks", stack.stack_id, "edit", ...line === null ? [] : [line])}
            color="inherit"
          >
            {line === null ? FAILURE_LABELS.edit : FAILURE_LABELS.line(line, service)}
          </Link>
        )}
        {container !== null && (
          <Link href={hrefTo("containers", container.hostId, container.id)} color="inherit">
            {FAILURE_LABELS.container(container.name)}
          </Link>
        )}
      </Flex>
      {log !== null && (
        <>
          <Typography variant="body2">{FAILURE_LABELS.health}</Typography>
          <ComposeOutput text={log} label={FAILURE_LABELS.health} />
        </>
      )}
    </>
  );
}

/** Output of Compose, on request. */
function RawOutput({ text }: { readonly text: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" color="inherit" aria-expanded={open} onClick={() => setOpen(!open)} sx={{ px: 0 }}>
        {open ? FAILURE_LABELS.hideOutput : FAILURE_LABELS.showOutput}
      </Button>
      {open && <ComposeOutput text={text} />}
    </>
  );
}

/** Props of {@linkcode ComposeOutput}. */
export interface ComposeOutputProps {
  readonly text: string;
  /** Accessible name; default "Compose output". */
  readonly label?: string;
}

/** Output of a program, exactly as it was printed. */
export function ComposeOutput({ text, label = FAILURE_LABELS.output }: ComposeOutputProps) {
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
      aria-label={label}
    >
      {text}
    </Box>
  );
}
