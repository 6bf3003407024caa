import { Box, Skeleton, Typography } from "@mui/material";
import { useEffect, useState } from "react";
import type { OperationState } from "../../../../../../server/protocol/operations.ts";
import { ActionButton } from "../../../components/action_button.tsx";
import { useAbout } from "../../../lib/client.ts";
import { plainText } from "../../../lib/plain_text.ts";
import { HISTORY_LABELS } from "../model/labels_detail.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { useRetry } from "../parts/use_retry.ts";
import { messageOf } from "../parts/use_task.ts";

/** Props of the outputs of an operation. */
export interface OperationOutputsProps {
  readonly feed: StackFeed;
  readonly operationId: number;
  /** State of the operation; the output is reloaded when it changes. */
  readonly state: OperationState;
  /** True if the page explains its failure elsewhere. */
  readonly isExplained?: boolean;
}

/** Number of lines that the server keeps per operation. */
const MAX_LINES = 500;

/** Lines that Compose and its builds printed during an operation, loaded on request. */
export function PrintedOutput(props: OperationOutputsProps) {
  const [open, setOpen] = useState(false);
  const needsToken = useAbout()?.access === "view";
  return (
    <Box sx={{ mt: 1 }}>
      <ActionButton
        label={open ? HISTORY_LABELS.hidePrinted : HISTORY_LABELS.showPrinted}
        obstacle={needsToken ? HISTORY_LABELS.needsToken : undefined}
        onClick={() => setOpen(!open)}
      />
      {open && <Lines {...props} />}
    </Box>
  );
}

function Lines({ feed, operationId, state }: OperationOutputsProps) {
  const { lines, failure } = usePrinted(feed, operationId, state);
  if (failure !== undefined) {
    return <Typography variant="body2" color="error">{HISTORY_LABELS.printedNotLoaded(failure)}</Typography>;
  }
  if (lines === undefined) return <Skeleton variant="rounded" height={60} sx={{ mt: 1 }} />;
  if (lines.length === 0) {
    return <Typography variant="body2" color="text.secondary">{HISTORY_LABELS.nothingPrinted}</Typography>;
  }
  return (
    <>
      {lines.length >= MAX_LINES && (
        <Typography variant="body2" color="text.secondary">
          {HISTORY_LABELS.printedLimit(MAX_LINES)}
        </Typography>
      )}
      <Box
        component="pre"
        role="group"
        aria-label={HISTORY_LABELS.printed(operationId)}
        tabIndex={0}
        sx={{
          m: 0,
          mt: 1,
          maxHeight: 400,
          overflow: "auto",
          whiteSpace: "pre-wrap",
          overflowWrap: "anywhere",
          fontSize: 13,
        }}
      >
        {lines.map(plainText).join("\n")}
      </Box>
    </>
  );
}

/** Loads the lines, again when the state of the operation changes. */
function usePrinted(feed: StackFeed, operationId: number, state: OperationOutputsProps["state"]) {
  const [lines, setLines] = useState<readonly string[]>();
  const [failure, setFailure] = useState<string>();
  const tries = useRetry(feed, failure !== undefined);
  useEffect(() => {
    setFailure(undefined);
    const stop = new AbortController();
    feed.requests.printed(operationId, stop.signal).then(({ output }) => setLines(output), (error) => {
      if (!stop.signal.aborted) setFailure(messageOf(error));
    });
    return () => stop.abort();
  }, [feed, operationId, state, tries]);
  return { lines, failure };
}
