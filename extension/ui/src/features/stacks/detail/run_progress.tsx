import {
  Box,
  LinearProgress,
  Paper,
  Stack as Flex,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from "@mui/material";
import { memo } from "react";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import { formatSpan } from "../../../lib/format.ts";
import { useNow } from "../../../lib/use_now.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import type { StackTaskProps } from "../parts/use_task.ts";
import { BuildSteps } from "./build_steps.tsx";
import {
  openRun,
  resourceSpan,
  type Run,
  type RunResource,
  runSpan,
  runUntil,
  transferOf,
} from "../model/runs.ts";
import { operationSpan } from "../model/stack_list.ts";
import { TABLE_STYLE } from "../parts/table_style.ts";
import { ToneMark } from "../parts/tone_mark.tsx";
import { useStackObstacle } from "../parts/obstacles.ts";
import { ACTION_LABELS, END_MARKS, type Mark, STEP_TONES, withTarget } from "../model/labels.ts";
import { WarningList } from "./warning_list.tsx";
import { RUN_LABELS, transferLabel } from "../model/labels_detail.ts";

/** Props of {@linkcode RunProgress}. */
export interface RunProgressProps extends StackTaskProps {
  readonly run: Run | undefined;
  /** Its newest operation. */
  readonly newest: Operation | undefined;
}

/** The progress of a stack's operation, one row per resource. It stays after the end, until the next operation. */
export function RunProgress({ feed, task, stack, run: latest, newest }: RunProgressProps) {
  const { operation, stack_id, name } = stack;
  // A new operation without events must not show the previous run.
  const run = operation === null ? latest : openRun(latest);
  const now = useNow(operation !== null);
  const obstacle = useStackObstacle();
  if (operation === null && run === undefined) return null;
  const { action, target } = run ?? operation!;
  const doing = withTarget(ACTION_LABELS[action].doing, target);
  const until = run === undefined ? now : runUntil(run, newest, now);
  const cancel = () => task.run(() => feed.requests.cancel(stack_id!));
  return (
    <Paper variant="outlined" component="section" aria-label={RUN_LABELS.title} sx={{ p: 2 }}>
      <Flex direction="row" spacing={2} sx={{ alignItems: "center", mb: 1 }}>
        <Box role="status" sx={{ flexGrow: 1 }}>
          <Headline run={run} doing={doing} />
        </Box>
        {run !== undefined && (
          <Typography variant="body2" color="text.secondary">
            {formatSpan(spanOf(run, operation ?? newest, until))}
          </Typography>
        )}
        {operation !== null && stack_id !== null && (
          <ActionButton
            label={RUN_LABELS.cancel}
            help={RUN_LABELS.cancelHelp}
            obstacle={obstacle}
            onClick={cancel}
          />
        )}
      </Flex>
      {operation !== null && <LinearProgress aria-label={`${doing} ${name}`} />}
      <Note run={run} isQueued={operation?.state === "queued"} />
      <WarningList warnings={run?.warnings ?? []} />
      {run !== undefined && (
        <>
          <Resources resources={run.resources} until={until} />
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

/** Duration of a run by the server's clock where its operation is known: the first event may come later. */
function spanOf(run: Run, operation: Operation | undefined, until: number): number {
  const isSame = operation?.action === run.action &&
    (operation.ended_at === null) === (run.end === undefined);
  return (isSame ? operationSpan(operation, until) : undefined) ?? runSpan(run, until);
}

function Headline({ run, doing }: { readonly run: Run | undefined; readonly doing: string }) {
  const end = run?.end;
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

function Note({ run, isQueued }: { readonly run: Run | undefined; readonly isQueued: boolean }) {
  const text = run === undefined ? isQueued ? RUN_LABELS.queued : RUN_LABELS.noMessage : run.note;
  return text === undefined
    ? null
    : <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>{text}</Typography>;
}

/** Puts the layers of an image below it, while it is pulled. Builds have their own list of steps. */
function rowsOf(resources: readonly RunResource[]): readonly RunResource[] {
  const parts = Map.groupBy(resources.filter(({ kind }) => kind !== "step"), ({ parent }) => parent);
  return (parts.get(undefined) ?? []).flatMap((resource) =>
    resource.state === "working" ? [resource, ...parts.get(resource.name) ?? []] : [resource]
  );
}

function Resources(
  { resources, until }: { readonly resources: readonly RunResource[]; readonly until: number },
) {
  const rows = rowsOf(resources);
  if (rows.length === 0) return null;
  return (
    <Table size="small" aria-label={RUN_LABELS.resources} sx={TABLE_STYLE}>
      <TableHead>
        <TableRow>
          <TableCell>{RUN_LABELS.resource}</TableCell>
          <TableCell>{RUN_LABELS.state}</TableCell>
          <TableCell align="right" sx={{ width: 120 }}>{RUN_LABELS.duration}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((resource) => (
          <Resource
            key={resource.key}
            resource={resource}
            transfer={transferLabel(transferOf(resource, resources, until))}
            span={formatSpan(resourceSpan(resource, until))}
          />
        ))}
      </TableBody>
    </Table>
  );
}

interface ResourceProps {
  readonly resource: RunResource;
  /** Bytes and remaining time; empty if unknown. */
  readonly transfer: string;
  readonly span: string;
}

const Resource = memo(
  function Resource({ resource, transfer, span }: ResourceProps) {
    const { label, parent, text, state, percent } = resource;
    const isUnfinished = state === "unfinished" || state === "failed";
    // The notice of the failure explains it once.
    const word = state === "error" ? RUN_LABELS.failed : isUnfinished ? RUN_LABELS.unfinished(text) : text;
    return (
      <TableRow>
        <TableCell
          component="th"
          scope="row"
          sx={{ overflowWrap: "anywhere", pl: parent === undefined ? 2 : 4 }}
        >
          {label}
        </TableCell>
        <TableCell sx={{ overflowWrap: "anywhere" }}>
          <ToneMark word={word} tone={STEP_TONES[state]} />
          {percent !== undefined && state === "working" && (
            <Box sx={{ display: "flex", alignItems: "center", gap: 1 }}>
              <LinearProgress
                variant="determinate"
                value={percent}
                aria-label={`${text} ${label}`}
                sx={{ width: 160 }}
              />
              {percent} %
            </Box>
          )}
          {transfer !== "" && <Typography variant="body2" color="text.secondary">{transfer}</Typography>}
        </TableCell>
        <TableCell align="right">{span}</TableCell>
      </TableRow>
    );
  },
);
