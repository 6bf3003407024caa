import { Alert, AlertTitle, Box, Skeleton, Typography } from "@mui/material";
import { useEffect, useState } from "react";
import type { OperationState } from "../../../../../../server/protocol/operations.ts";
import { Words } from "./failure_notice.tsx";
import type { StackFeed } from "../model/stack_feed.ts";
import type { OperationOutput } from "../model/stack_requests.ts";
import { useRetry } from "../parts/use_retry.ts";
import { OPERATION_MARKS } from "../model/labels.ts";

/** Props of {@linkcode OperationOutputs}. */
export interface OperationOutputsProps {
  readonly feed: StackFeed;
  readonly operationId: number;
  /** When it changes, so has the output. */
  readonly state: OperationState;
}

/** What was said while an operation went on, and why it failed if it did. */
export function OperationOutputs({ feed, operationId, state }: OperationOutputsProps) {
  const [output, setOutput] = useState<OperationOutput>();
  const [problem, setProblem] = useState<string>();
  const tries = useRetry(feed, problem !== undefined);
  useEffect(() => {
    setProblem(undefined);
    const stop = new AbortController();
    feed.requests.operation(operationId, stop.signal).then(setOutput, (error) => {
      if (!stop.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
    });
    return () => stop.abort();
  }, [feed, operationId, state, tries]);
  if (output === undefined) {
    return problem === undefined
      ? <Skeleton variant="rounded" height={60} />
      : <Typography variant="body2" color="error">{problem}</Typography>;
  }
  return <Output output={output} />;
}

function Output(
  { output: { operation_id, state, exit_code, error, messages } }: { readonly output: OperationOutput },
) {
  return (
    <>
      {error !== null && (
        <Alert severity="error" sx={{ mb: 1 }}>
          <AlertTitle>
            {OPERATION_MARKS[state].word}
            {exit_code !== null && ` with exit code ${exit_code}`}
          </AlertTitle>
          <Words text={error} />
        </Alert>
      )}
      <Typography variant="body2" color="text.secondary">
        Operation {operation_id}
        {messages.length >= MOST && `, its last ${MOST} messages`}
      </Typography>
      <Box
        component="ol"
        aria-label={`Output of operation ${operation_id}`}
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
        <Typography variant="body2" color="text.secondary">It has said nothing.</Typography>
      )}
    </>
  );
}

/** So many the server tells. */
const MOST = 100;
