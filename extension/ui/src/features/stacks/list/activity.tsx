import { Box, LinearProgress, Link, Typography } from "@mui/material";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { formatSpan, formatTime } from "../../../lib/format.ts";
import { useNow } from "../../../lib/use_now.ts";
import { openRun, type Run } from "../model/runs.ts";
import { stackHref } from "../parts/stack_link.tsx";
import { ToneMark } from "../parts/tone_mark.tsx";
import { ACTION_WORDS, complaintOf, operationSpan } from "../model/labels.ts";

/** Props of {@linkcode Activity}. */
export interface ActivityProps {
  readonly stack: Stack;
  readonly run: Run | undefined;
  /** Its newest operation. */
  readonly newest: Operation | undefined;
}

/** What is done to a stack right now; else what was done to it last, and above all that it has failed. */
export function Activity({ stack, run, newest }: ActivityProps) {
  if (stack.operation !== null) return <Doing operation={stack.operation} run={openRun(run)} />;
  const complaint = complaintOf(newest);
  if (complaint !== undefined) {
    return (
      <Link href={stackHref(stack)} underline="hover" color="error">
        <ToneMark word={complaint} tone="bad" meaning={newest?.error ?? "Its page says more"} />
      </Link>
    );
  }
  if (newest === undefined || newest.ended_at === null) return null;
  const what = newest.state === "cancelled"
    ? `${ACTION_WORDS[newest.action].doing} was cancelled`
    : ACTION_WORDS[newest.action].done;
  return (
    <Typography variant="body2" color="text.secondary">
      {what}, {formatTime(Date.parse(newest.ended_at))}
    </Typography>
  );
}

function Doing({ operation, run }: { readonly operation: Operation; readonly run: Run | undefined }) {
  const now = useNow(true);
  const span = operationSpan(operation, now);
  const { doing } = ACTION_WORDS[operation.action];
  const newest = run?.resources.toSorted((one, other) => other.changedAt - one.changedAt)[0];
  const step = run?.note ?? (newest?.message ?? "");
  return (
    <Box sx={{ maxWidth: 360 }}>
      <ToneMark
        word={span === undefined ? `${doing}: queued` : `${doing}, ${formatSpan(span)}`}
        tone="busy"
      />
      <LinearProgress aria-label={`${doing} ${operation.project}`} sx={{ my: 0.5 }} />
      <Typography variant="body2" color="text.secondary" noWrap title={step}>{step}</Typography>
    </Box>
  );
}
