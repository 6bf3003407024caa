import { Alert, AlertTitle, Box, Skeleton, Typography } from "@mui/material";
import { useEffect, useState } from "react";
import type { OperationWithMessages } from "../../../../../../server/protocol/operations.ts";
import { ComposeOutput } from "./failure_notice.tsx";
import { useRetry } from "../parts/use_retry.ts";
import { messageOf } from "../parts/use_task.ts";
import { type OperationOutputsProps, PrintedOutput } from "./printed_output.tsx";
import { WarningList } from "./warning_list.tsx";
import { OPERATION_MARKS } from "../model/labels.ts";
import { HISTORY_LABELS, outputHeading } from "../model/labels_detail.ts";

/** Number of messages that the server keeps per operation. */
const MAX_MESSAGES = 100;

/** Messages of an operation, its warnings, and its error if it failed. */
export function OperationOutputs({ feed, operationId, state, isExplained = false }: OperationOutputsProps) {
  const [output, setOutput] = useState<OperationWithMessages>();
  const [failure, setFailure] = useState<string>();
  const tries = useRetry(feed, failure !== undefined);
  useEffect(() => {
    setFailure(undefined);
    const stop = new AbortController();
    feed.requests.operation(operationId, stop.signal).then(setOutput, (error) => {
      if (!stop.signal.aborted) setFailure(messageOf(error));
    });
    return () => stop.abort();
  }, [feed, operationId, state, tries]);
  if (output === undefined) {
    return failure === undefined
      ? <Skeleton variant="rounded" height={60} />
      : <Typography variant="body2" color="error">{failure}</Typography>;
  }
  return (
    <>
      <Output output={output} isExplained={isExplained} />
      <PrintedOutput feed={feed} operationId={operationId} state={state} />
    </>
  );
}

interface OutputProps {
  readonly output: OperationWithMessages;
  readonly isExplained: boolean;
}

function Output(
  { output: { operation_id, state, exit_code, error, messages, warnings }, isExplained }: OutputProps,
) {
  return (
    <>
      {error !== null && !isExplained && (
        <Alert severity="error" sx={{ mb: 1 }}>
          <AlertTitle>
            {exit_code === null
              ? OPERATION_MARKS[state].word
              : HISTORY_LABELS.withExitCode(OPERATION_MARKS[state].word, exit_code)}
          </AlertTitle>
          <ComposeOutput text={error} />
        </Alert>
      )}
      <WarningList warnings={warnings} />
      <Typography variant="body2" color="text.secondary">
        {outputHeading(operation_id, messages.length >= MAX_MESSAGES ? MAX_MESSAGES : undefined)}
      </Typography>
      <Box
        component="ol"
        aria-label={HISTORY_LABELS.output(operation_id)}
        sx={{ m: 0, pl: 4, maxHeight: 320, overflow: "auto" }}
        tabIndex={0}
      >
        {messages.map((message, index) => (
          <Typography
            component="li"
            variant="body2"
            key={index}
            sx={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}
          >
            {message}
          </Typography>
        ))}
      </Box>
      {messages.length === 0 && (
        <Typography variant="body2" color="text.secondary">{HISTORY_LABELS.noOutput}</Typography>
      )}
    </>
  );
}
