import { Box, Button, LinearProgress, Paper, Stack as Flex, Typography } from "@mui/material";
import { useState } from "react";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import { formatSpan } from "../../../lib/format.ts";
import { useNow } from "../../../lib/use_now.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import type { StackTaskProps } from "../parts/use_task.ts";
import { BuildSteps } from "./build_steps.tsx";
import { openRun, type Run, type RunEnd, runSpan, runUntil } from "../model/runs.ts";
import { operationSpan } from "../model/stack_list.ts";
import { ToneMark } from "../parts/tone_mark.tsx";
import { useStackObstacle } from "../parts/obstacles.ts";
import { ACTION_LABELS, END_MARKS, type Mark, withTarget } from "../model/labels.ts";
import { RunResources } from "./run_resources.tsx";
import { WarningList } from "./warning_list.tsx";
import { RUN_LABELS } from "../model/labels_detail.ts";

/** Props of {@linkcode RunProgress}. */
export interface RunProgressProps extends StackTaskProps {
  readonly run: Run | undefined;
  /** Its newest operation. */
  readonly newest: Operation | undefined;
}

/**
 * The progress of a stack's operation, one row per resource. It stays after the end, until the next operation. A success
 * that was not watched is folded. So is a failure, which the page explains elsewhere, unless a build has output.
 */
export function RunProgress({ feed, task, stack, run: latest, newest }: RunProgressProps) {
  const { operation, name } = stack;
  // A new operation without events must not show the previous run.
  const run = operation === null ? latest : openRun(latest);
  const now = useNow(operation !== null);
  const details = useDetails(run, operation !== null);
  if (operation === null && run === undefined) return null;
  const { action, target } = run ?? operation!;
  const doing = withTarget(ACTION_LABELS[action].doing, target);
  const until = run === undefined ? now : runUntil(run, newest, now);
  return (
    <Paper variant="outlined" component="section" aria-label={RUN_LABELS.title} sx={{ px: 2, py: 1.5 }}>
      <Flex direction="row" spacing={2} sx={{ alignItems: "center" }}>
        <Box role="status" sx={{ flexGrow: 1 }}>
          <Headline run={run} doing={doing} />
        </Box>
        {run !== undefined && (
          <Typography variant="body2" color="text.secondary">
            {formatSpan(spanOf(run, operation ?? newest, until))}
          </Typography>
        )}
        <CancelAction feed={feed} task={task} stack={stack} />
        {details.toggle !== undefined && (
          <Button size="small" aria-expanded={details.isOpen} onClick={details.toggle}>
            {details.isOpen ? RUN_LABELS.hideDetails : RUN_LABELS.showDetails}
          </Button>
        )}
      </Flex>
      {operation !== null && <LinearProgress aria-label={`${doing} ${name}`} sx={{ mt: 1 }} />}
      <Note run={run} isQueued={operation?.state === "queued"} />
      <WarningList warnings={run?.warnings ?? []} />
      {run !== undefined && details.isOpen && (
        <>
          <RunResources resources={run.resources} until={until} />
          <BuildSteps
            feed={feed}
            operationId={(operation ?? newest)?.operation_id}
            resources={run.resources}
            services={stack.services.map((service) => service.name)}
            isRunning={operation !== null}
            until={until}
          />
        </>
      )}
    </Paper>
  );
}

/** Button that cancels the operation of a stack; a project has none. */
function CancelAction({ feed, task, stack: { operation, stack_id } }: StackTaskProps) {
  const obstacle = useStackObstacle();
  if (operation === null || stack_id === null) return null;
  return (
    <ActionButton
      label={RUN_LABELS.cancel}
      help={RUN_LABELS.cancelHelp}
      obstacle={obstacle}
      onClick={() => task.run(() => feed.requests.cancel(stack_id))}
    />
  );
}

/** Details of a run: always open while it is running; afterwards they can be folded. */
interface Details {
  readonly isOpen: boolean;
  readonly toggle: (() => void) | undefined;
}

function useDetails(run: Run | undefined, isRunning: boolean): Details {
  const [wasWatched, setWasWatched] = useState(isRunning);
  const [choice, setChoice] = useState<{ readonly startedAt: number; readonly isOpen: boolean }>();
  if (isRunning && !wasWatched) setWasWatched(true);
  if (isRunning || run?.end === undefined || run.resources.length === 0) {
    return { isOpen: true, toggle: undefined };
  }
  const { startedAt, resources, end: { outcome } } = run;
  const isBuild = resources.some(({ kind }) => kind === "step");
  const chosen = choice?.startedAt === startedAt ? choice.isOpen : undefined;
  const isOpen = chosen ?? (outcome === "succeeded" ? wasWatched : isBuild || !isFailure(outcome));
  return { isOpen, toggle: () => setChoice({ startedAt, isOpen: !isOpen }) };
}

/** Duration of a run by the server's clock where its operation is known: the first event may come later. */
function spanOf(run: Run, operation: Operation | undefined, until: number): number {
  const isSame = operation?.action === run.action &&
    (operation.ended_at === null) === (run.end === undefined);
  return (isSame ? operationSpan(operation, until) : undefined) ?? runSpan(run, until);
}

function Headline({ run, doing }: { readonly run: Run | undefined; readonly doing: string }) {
  const end = run?.end;
  if (end !== undefined && isFailure(end.outcome)) {
    return <Typography variant="h2">{RUN_LABELS.title}</Typography>;
  }
  const mark: Mark = run === undefined || end === undefined
    ? { word: doing, tone: "busy" }
    : end.outcome === "succeeded"
    ? { word: withTarget(ACTION_LABELS[run.action].done, run.target), tone: "good" }
    : { word: `${doing}: ${END_MARKS[end.outcome].word.toLowerCase()}`, tone: END_MARKS[end.outcome].tone };
  return (
    <Typography variant="h2">
      <ToneMark {...mark} />
    </Typography>
  );
}

function isFailure(outcome: RunEnd["outcome"]): boolean {
  return outcome === "failed";
}

function Note({ run, isQueued }: { readonly run: Run | undefined; readonly isQueued: boolean }) {
  const text = run === undefined ? isQueued ? RUN_LABELS.queued : RUN_LABELS.noMessage : run.note;
  return text === undefined
    ? null
    : <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>{text}</Typography>;
}
