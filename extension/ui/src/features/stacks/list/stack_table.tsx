import {
  Paper,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from "@mui/material";
import { memo } from "react";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { NewerImageMark } from "../../../components/newer_image_mark.tsx";
import { imageKey } from "../../../components/newer_images.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { Activity } from "./activity.tsx";
import { RowActions } from "./row_actions.tsx";
import type { Run } from "../model/runs.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { hasPendingChanges, keyOf, runKeyOf, type StackList } from "../model/stack_list.ts";
import { StackLink } from "../parts/stack_link.tsx";
import { cardStyle } from "../parts/table_style.ts";
import { ToneMark } from "../parts/tone_mark.tsx";
import type { Task } from "../parts/use_task.ts";
import { stackMark } from "../model/labels.ts";
import { LIST_COLUMNS, LIST_LABELS } from "../model/labels_list.ts";
import { countServices } from "../model/labels_services.ts";

/** Props of {@linkcode StackTable}. */
export interface StackTableProps {
  readonly feed: StackFeed;
  readonly task: Task;
  readonly list: StackList;
  /** The stacks of the list to show. */
  readonly stacks: readonly Stack[];
  readonly label: string;
}

const STYLE = cardStyle(["name actions", "status services", "activity host"], 820);

/** Table of stacks with their status and commands. */
export function StackTable({ feed, task, list, stacks, label }: StackTableProps) {
  const runs = useObservable(feed.runs);
  // With one host the column would say the same in every row.
  const hasHosts = list.hosts.length > 1;
  const hasActivity = stacks.some(({ operation, last_operation }) => (operation ?? last_operation) !== null);
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table size="small" aria-label={label} sx={STYLE}>
        <TableHead>
          <TableRow>
            <TableCell sx={{ width: "22%" }}>{LIST_COLUMNS.name}</TableCell>
            <TableCell sx={{ width: "18%" }}>{LIST_COLUMNS.status}</TableCell>
            <TableCell sx={{ width: hasActivity ? "20%" : undefined }}>{LIST_COLUMNS.services}</TableCell>
            {hasHosts && <TableCell sx={{ width: "12%" }}>{LIST_COLUMNS.host}</TableCell>}
            {hasActivity && <TableCell>{LIST_COLUMNS.activity}</TableCell>}
            <TableCell align="right" sx={{ width: 170 }}>{LIST_COLUMNS.actions}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {stacks.map((stack) => (
            <StackRow
              key={keyOf(stack)}
              feed={feed}
              task={task}
              stack={stack}
              hasHosts={hasHosts}
              hasActivity={hasActivity}
              run={runs.get(runKeyOf(stack))}
              newest={list.newest.get(keyOf(stack))}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

interface StackRowProps {
  readonly feed: StackFeed;
  readonly task: Task;
  readonly stack: Stack;
  /** True if the row names its host. */
  readonly hasHosts: boolean;
  /** True if the row shows its last operation. */
  readonly hasActivity: boolean;
  readonly run: Run | undefined;
  readonly newest: Operation | undefined;
}

const StackRow = memo(
  function StackRow({ feed, task, stack, hasHosts, hasActivity, run, newest }: StackRowProps) {
    return (
      <TableRow>
        <TableCell
          component="th"
          scope="row"
          className="name"
          sx={{ overflowWrap: "anywhere", alignSelf: "center" }}
        >
          <StackLink stack={stack} /> <NewerImageMark of={imageKey(stack.hostId, "project", stack.name)} />
        </TableCell>
        <TableCell className="status">
          <ToneMark {...stackMark(stack)} />
          {hasPendingChanges(stack) && (
            <Typography variant="body2" color="text.secondary">{LIST_LABELS.pendingChanges}</Typography>
          )}
        </TableCell>
        <TableCell className="services">
          {stack.status === "unknown" ? LIST_LABELS.unknown : countServices(stack)}
        </TableCell>
        {hasHosts && <TableCell className="host" sx={{ overflowWrap: "anywhere" }}>{stack.hostId}</TableCell>}
        {hasActivity && (
          <TableCell className="activity">
            <Activity stack={stack} run={run} newest={newest} />
          </TableCell>
        )}
        <TableCell align="right" className="actions">
          <RowActions feed={feed} task={task} stack={stack} />
        </TableCell>
      </TableRow>
    );
  },
);
