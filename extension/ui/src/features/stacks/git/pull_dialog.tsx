import {
  Alert,
  AlertTitle,
  Box,
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Skeleton,
  Stack as Flex,
  Typography,
} from "@mui/material";
import { useId, useState } from "react";
import type { StackFiles } from "../../../../../../server/protocol/stacks.ts";
import { LABELS } from "../../../components/labels.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { TextDifference } from "../parts/plan/text_difference.tsx";
import { useLoaded } from "../parts/use_loaded.ts";
import type { StackTaskProps } from "../parts/use_task.ts";
import type { GitDifference, GitRequests } from "./git_requests.ts";
import { fileChangeText, PULL_LABELS, shortCommit } from "./labels.ts";

/** Props of {@linkcode PullDialog}. */
export interface PullDialogProps extends StackTaskProps {
  readonly requests: GitRequests;
  readonly onClose: () => void;
}

/** Shows what a pull would change, and pulls exactly that commit. */
export function PullDialog({ feed, task, stack, requests, onClose }: PullDialogProps) {
  const titleId = useId();
  const [accepted, setAccepted] = useState(false);
  const stackId = stack.stack_id!;
  const { value, failure } = useDifference(feed, stackId, requests);
  const difference = value?.difference;
  const isNewest = difference !== undefined && !hasChanges(difference) && difference.from === difference.to;
  const pull = () => {
    onClose();
    task.run(() => requests.pull(stackId, difference!));
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} fullWidth maxWidth="md">
      <DialogTitle id={titleId}>{PULL_LABELS.title(stack.name)}</DialogTitle>
      <DialogContent>
        {failure !== undefined && (
          <Alert severity="error" sx={{ overflowWrap: "anywhere" }}>
            <AlertTitle>{PULL_LABELS.failed}</AlertTitle>
            {failure}
          </Alert>
        )}
        {value === undefined && failure === undefined && (
          <Box role="status" aria-label={PULL_LABELS.loading}>
            <Skeleton variant="rounded" height={120} />
          </Box>
        )}
        {value !== undefined && <Difference {...value} accepted={accepted} onAccept={setAccepted} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>
          {isNewest || failure !== undefined ? PULL_LABELS.close : LABELS.cancel}
        </Button>
        {difference !== undefined && !isNewest && (
          <Button
            variant="contained"
            disableElevation
            disabled={!difference.forward && !accepted}
            onClick={pull}
          >
            {hasChanges(difference) ? PULL_LABELS.pull : PULL_LABELS.record}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

/** Loads the difference, and the text that it is compared with. */
function useDifference(feed: StackFeed, stackId: number, requests: GitRequests) {
  return useLoaded(feed, String(stackId), async (signal) => {
    const difference = await requests.difference(stackId, signal);
    return { difference, stored: await feed.requests.files(stackId, signal) };
  });
}

function hasChanges({ compose, env, files }: GitDifference): boolean {
  return compose !== null || env !== null || files.length > 0;
}

interface DifferenceProps {
  readonly difference: GitDifference;
  /** The stored texts. */
  readonly stored: StackFiles;
  readonly accepted: boolean;
  readonly onAccept: (accepted: boolean) => void;
}

function Difference({ difference, stored, accepted, onAccept }: DifferenceProps) {
  const { from, to, subject, forward, compose, env, files } = difference;
  const isEqual = !hasChanges(difference);
  return (
    <Flex spacing={2}>
      {from === to && isEqual
        ? <Typography>{PULL_LABELS.upToDate(shortCommit(to))}</Typography>
        : (
          <Typography sx={{ overflowWrap: "anywhere" }}>
            {`${shortCommit(from)} → ${shortCommit(to)} · ${subject}`}
          </Typography>
        )}
      {!forward && (
        <Alert severity="warning">
          <AlertTitle>{PULL_LABELS.rewrittenTitle}</AlertTitle>
          {PULL_LABELS.rewritten}
          <Box>
            <FormControlLabel
              control={
                <Checkbox
                  size="small"
                  checked={accepted}
                  onChange={({ target }) => onAccept(target.checked)}
                />
              }
              label={PULL_LABELS.accept}
            />
          </Box>
        </Alert>
      )}
      {isEqual && from !== to && <Typography color="text.secondary">{PULL_LABELS.unchanged}</Typography>}
      {compose !== null && (
        <TextDifference title={PULL_LABELS.compose} before={stored.compose} after={compose} />
      )}
      {env !== null && <TextDifference title={PULL_LABELS.env} before={stored.git_env ?? ""} after={env} />}
      {files.length > 0 && <Files files={files} />}
    </Flex>
  );
}

function Files({ files }: Pick<GitDifference, "files">) {
  return (
    <Box component="section" aria-label={PULL_LABELS.files}>
      <Typography variant="h3" sx={{ mb: 0.5 }}>{PULL_LABELS.files}</Typography>
      <Box
        component="ul"
        sx={{ m: 0, p: 0, listStyle: "none", typography: "body2", overflowWrap: "anywhere" }}
      >
        {files.map((file) => (
          <Flex key={file.path} component="li" direction="row" spacing={1}>
            <Box component="span" sx={{ color: "text.secondary", width: 80, flexShrink: 0 }}>
              {fileChangeText(file)}
            </Box>
            <span>{file.path}</span>
          </Flex>
        ))}
      </Box>
    </Box>
  );
}
