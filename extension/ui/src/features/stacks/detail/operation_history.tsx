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
import { keyOf } from "../model/stack_list.ts";
import { ToneMark } from "../parts/tone_mark.tsx";
import { useRetry } from "../parts/use_retry.ts";
import { ACTION_WORDS, OPERATION_MARKS, operationSpan } from "../model/labels.ts";

/** Props of {@linkcode OperationHistory}. */
export interface OperationHistoryProps {
  readonly feed: StackFeed;
  readonly stack: Stack;
  /** Its newest operation: when that changes, so has the history. */
  readonly newest: Operation | undefined;
}

/** What was done to a stack, newest first, each with its output. */
export function OperationHistory({ feed, stack, newest }: OperationHistoryProps) {
  const { operations, error } = useOperations(feed, stack, newest);
  return (
    <Flex spacing={1} component="section" aria-labelledby="history">
      <Typography variant="h2" id="history">History</Typography>
      {error !== undefined && <Typography variant="body2" color="error">{error}</Typography>}
      {operations === undefined && error === undefined && <Skeleton variant="rounded" height={80} />}
      {operations?.length === 0 && (
        <Typography variant="body2" color="text.secondary">Nothing was done to it from here yet.</Typography>
      )}
      <Box>
        {operations?.map((operation) => (
          <Entry key={operation.operation_id} feed={feed} operation={operation} />
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
    let left = false;
    const key = keyOf({ stack_id, hostId, name });
    feed.requests.operations(stack_id ?? undefined).then((all) => {
      if (!left) setFound({ operations: all.filter((one) => keyOf(one) === key) });
    }, (error) => {
      if (!left) {
        setFound({ error: `The history cannot be read: ${error instanceof Error ? error.message : error}` });
      }
    });
    return () => {
      left = true;
    };
  }, [feed, stack_id, hostId, name, revision, tries]);
  return { operations: found.operations, error: found.error };
}

function Entry({ feed, operation }: { readonly feed: StackFeed; readonly operation: Operation }) {
  const [open, setOpen] = useState(false);
  const { operation_id, action, state, created_at } = operation;
  const span = operationSpan(operation, Date.now());
  return (
    <Accordion
      disableGutters
      variant="outlined"
      expanded={open}
      onChange={(_event, wanted) => setOpen(wanted)}
    >
      <AccordionSummary expandIcon={<DownIcon />}>
        <Box
          sx={{
            display: "grid",
            gridTemplateColumns: "8em 10em 12em 1fr",
            gap: 2,
            width: "100%",
            alignItems: "center",
            typography: "body2",
          }}
        >
          <span>{ACTION_WORDS[action].todo}</span>
          <ToneMark {...OPERATION_MARKS[state]} />
          <span>{formatTime(Date.parse(created_at))}</span>
          <Typography variant="body2" color="text.secondary">
            {span !== undefined && operation.ended_at !== null ? formatSpan(span) : ""}
          </Typography>
        </Box>
      </AccordionSummary>
      <AccordionDetails>
        {open && <OperationOutputs feed={feed} operationId={operation_id} state={state} />}
      </AccordionDetails>
    </Accordion>
  );
}
