import { DownIcon } from "../../../components/icons.tsx";
import {
  Accordion,
  AccordionDetails,
  AccordionSummary,
  Box,
  Skeleton,
  Stack as Flex,
  Typography,
} from "@mui/material";
import { useEffect, useState } from "react";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { formatSpan, formatTime } from "../../../lib/format.ts";
import { OperationOutputs } from "./operation_output.tsx";
import type { StackFeed } from "../model/stack_feed.ts";
import { keyOf, operationSpan } from "../model/stack_list.ts";
import { ToneMark } from "../parts/tone_mark.tsx";
import { useRetry } from "../parts/use_retry.ts";
import { OPERATION_MARKS, operationLabel } from "../model/labels.ts";
import { HISTORY_LABELS } from "../model/labels_detail.ts";
import { messageOf } from "../parts/use_task.ts";

/** Props of {@linkcode OperationHistory}. */
export interface OperationHistoryProps {
  readonly feed: StackFeed;
  readonly stack: Stack;
  /** Its newest operation; the history is reloaded when it changes. */
  readonly newest: Operation | undefined;
}

/** Operations of a stack, newest first, each with its output. */
export function OperationHistory({ feed, stack, newest }: OperationHistoryProps) {
  const { operations, error } = useOperations(feed, stack, newest);
  return (
    <Flex spacing={1} component="section" aria-labelledby="history">
      <Typography variant="h2" id="history">{HISTORY_LABELS.title}</Typography>
      {error !== undefined && <Typography variant="body2" color="error">{error}</Typography>}
      {operations === undefined && error === undefined && <Skeleton variant="rounded" height={80} />}
      {operations?.length === 0 && (
        <Typography variant="body2" color="text.secondary">{HISTORY_LABELS.empty}</Typography>
      )}
      <Box>
        {operations?.map((operation) => (
          <Entry
            key={operation.operation_id}
            feed={feed}
            operation={operation}
            isExplained={operation.operation_id === newest?.operation_id && stack.operation === null}
          />
        ))}
      </Box>
    </Flex>
  );
}

function useOperations(feed: StackFeed, { stack_id, hostId, name }: Stack, newest: Operation | undefined) {
  const [found, setFound] = useState<{ readonly operations?: readonly Operation[]; readonly error?: string }>(
    {},
  );
  const revision = JSON.stringify(newest);
  const tries = useRetry(feed, found.error !== undefined);
  useEffect(() => {
    let isObsolete = false;
    const key = keyOf({ stack_id, hostId, name });
    feed.requests.operations(stack_id ?? undefined).then((all) => {
      if (!isObsolete) setFound({ operations: all.filter((one) => keyOf(one) === key) });
    }, (error) => {
      if (!isObsolete) setFound({ error: HISTORY_LABELS.notLoaded(messageOf(error)) });
    });
    return () => {
      isObsolete = true;
    };
  }, [feed, stack_id, hostId, name, revision, tries]);
  return { operations: found.operations, error: found.error };
}

interface EntryProps {
  readonly feed: StackFeed;
  readonly operation: Operation;
  /** True if the page explains its failure elsewhere. */
  readonly isExplained: boolean;
}

function Entry({ feed, operation, isExplained }: EntryProps) {
  const [open, setOpen] = useState(false);
  const { operation_id, state, created_at } = operation;
  const span = operationSpan(operation, Date.now());
  return (
    <Accordion
      disableGutters
      variant="outlined"
      expanded={open}
      onChange={(_event, isOpen) => setOpen(isOpen)}
    >
      <AccordionSummary expandIcon={<DownIcon />}>
        <Box
          sx={{
            display: "grid",
            gridTemplateColumns: { xs: "1fr 1fr", sm: "minmax(8em, 20em) 10em 12em 1fr" },
            columnGap: 2,
            width: "100%",
            alignItems: "center",
            typography: "body2",
          }}
        >
          <Box component="span" sx={{ overflowWrap: "anywhere" }}>{operationLabel(operation)}</Box>
          <ToneMark {...OPERATION_MARKS[state]} />
          <span>{formatTime(Date.parse(created_at))}</span>
          <Typography variant="body2" color="text.secondary">
            {span !== undefined && operation.ended_at !== null ? formatSpan(span) : ""}
          </Typography>
        </Box>
      </AccordionSummary>
      <AccordionDetails>
        {open && (
          <OperationOutputs feed={feed} operationId={operation_id} state={state} isExplained={isExplained} />
        )}
      </AccordionDetails>
    </Accordion>
  );
}
