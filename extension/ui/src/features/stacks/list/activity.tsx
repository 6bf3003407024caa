import { Box, LinearProgress, Link, Typography } from "@mui/material";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { formatSpan, formatTime } from "../../../lib/format.ts";
import { useNow } from "../../../lib/use_now.ts";
import { openRun, type Run } from "../model/runs.ts";
import { stackHref } from "../parts/stack_link.tsx";
import { ToneMark } from "../parts/tone_mark.tsx";
import { ACTION_LABELS, OPERATION_MARKS } from "../model/labels.ts";
import { activityLabel, lastActivityLabel, LIST_LABELS } from "../model/labels_list.ts";
import { operationSpan } from "../model/stack_list.ts";

/** Props of {@linkcode Activity}. */
export interface ActivityProps {
  readonly stack: Stack;
  readonly run: Run | undefined;
  /** Its newest operation. */
  readonly newest: Operation | undefined;
}

/** Running operation of a stack, or its last one. */
export function Activity({ stack, run, newest }: ActivityProps) {
  const { operation, last_operation: last } = stack;
  if (operation !== null) return <Running stack={stack} operation={operation} run={openRun(run)} />;
  if (last === null) return null;
  const text = lastActivityLabel(last.action, last.state, formatTime(Date.parse(last.ended_at)));
  if (last.state === "succeeded") {
    return <Typography variant="body2" color="text.secondary">{text}</Typography>;
  }
  const reason = newest?.operation_id === last.operation_id ? newest.error : null;
  return (
    <Link href={stackHref(stack)} underline="hover" variant="body2" color="inherit">
      <ToneMark
        word={text}
        tone={OPERATION_MARKS[last.state].tone}
        meaning={reason ?? LIST_LABELS.seeStackPage}
      />
    </Link>
  );
}

interface RunningProps {
  readonly stack: Stack;
  readonly operation: Operation;
  readonly run: Run | undefined;
}

function Running({ stack, operation, run }: RunningProps) {
  const now = useNow(true);
  const span = operationSpan(operation, now);
  const { doing } = ACTION_LABELS[operation.action];
  const newest = run?.resources.toSorted((one, other) => other.changedAt - one.changedAt)[0];
  const step = run?.note ?? (newest?.message ?? "");
  return (
    <Box sx={{ maxWidth: 360 }}>
      <ToneMark
        word={activityLabel(operation.action, span === undefined ? undefined : formatSpan(span))}
        tone="busy"
      />
      <LinearProgress aria-label={`${doing} ${stack.name}`} sx={{ my: 0.5 }} />
      <Typography variant="body2" color="text.secondary" noWrap title={step}>{step}</Typography>
    </Box>
  );
}
