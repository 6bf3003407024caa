import { Box, LinearProgress, Link, Typography } from "@mui/material";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { formatSpan, formatTime } from "../../../lib/format.ts";
import { useNow } from "../../../lib/use_now.ts";
import { openRun, type Run } from "../model/runs.ts";
import { stackHref } from "../parts/stack_link.tsx";
import { ToneMark } from "../parts/tone_mark.tsx";
import { ACTION_LABELS, failureTitle } from "../model/labels.ts";
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
  if (stack.operation !== null) return <Running operation={stack.operation} run={openRun(run)} />;
  const failure = failureTitle(newest);
  if (failure !== undefined) {
    return (
      <Link href={stackHref(stack)} underline="hover" color="error">
        <ToneMark word={failure} tone="bad" meaning={newest?.error ?? LIST_LABELS.seeStackPage} />
      </Link>
    );
  }
  if (newest === undefined || newest.ended_at === null) return null;
  const time = formatTime(Date.parse(newest.ended_at));
  return (
    <Typography variant="body2" color="text.secondary">
      {lastActivityLabel(newest.action, newest.state === "cancelled", time)}
    </Typography>
  );
}

function Running({ operation, run }: { readonly operation: Operation; readonly run: Run | undefined }) {
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
      <LinearProgress aria-label={`${doing} ${operation.project}`} sx={{ my: 0.5 }} />
      <Typography variant="body2" color="text.secondary" noWrap title={step}>{step}</Typography>
    </Box>
  );
}
