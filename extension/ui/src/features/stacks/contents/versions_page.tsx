import {
  Alert,
  Button,
  Paper,
  Skeleton,
  Stack as Flex,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from "@mui/material";
import type { StackVersion } from "../../../../../../server/protocol/stack_versions.ts";
import { EmptyState } from "../../../components/empty_state.tsx";
import { formatTime } from "../../../lib/format.ts";
import { hrefTo } from "../../../lib/route.ts";
import { lastDeployedLabel, reasonLabel, VERSIONS_LABELS } from "../model/labels_contents.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { cardStyle } from "../parts/table_style.ts";
import { TaskNotice } from "../parts/task_notice.tsx";
import { ToneMark } from "../parts/tone_mark.tsx";
import { useLoaded } from "../parts/use_loaded.ts";
import { useTask } from "../parts/use_task.ts";
import { ContentsPage, type ManagedStack } from "./contents_page.tsx";
import { DeployVersionAction } from "../versions/deploy_version_action.tsx";
import { RestoreAction, type RestoreActionProps } from "../versions/restore_action.tsx";

/** Props of {@linkcode VersionsPage}. */
export interface VersionsPageProps {
  readonly feed: StackFeed;
  readonly stackId: number;
}

const STYLE = cardStyle(["version saved", "reason deployed", "actions actions"], 850);

/** Page of the versions of a stack. */
export function VersionsPage({ feed, stackId }: VersionsPageProps) {
  return (
    <ContentsPage feed={feed} stackId={stackId} current="versions">
      {(stack) => <Versions feed={feed} stack={stack} />}
    </ContentsPage>
  );
}

function Versions({ feed, stack }: { readonly feed: StackFeed; readonly stack: ManagedStack }) {
  const { stackId, updatedAt, operationId } = stack;
  const task = useTask(feed);
  const { value: versions, failure } = useLoaded(
    feed,
    `${stackId} ${updatedAt} ${operationId}`,
    (signal) => feed.contents.versions(stackId, signal),
  );
  return (
    <>
      <Typography variant="body2" color="text.secondary">{VERSIONS_LABELS.hint}</Typography>
      <TaskNotice task={task} />
      {failure !== undefined && <Alert severity="error">{VERSIONS_LABELS.notLoaded(failure)}</Alert>}
      {versions === undefined && failure === undefined && <Skeleton variant="rounded" height={120} />}
      {versions?.length === 0 && (
        <EmptyState title={VERSIONS_LABELS.empty}>{VERSIONS_LABELS.emptyHint}</EmptyState>
      )}
      {versions !== undefined && versions.length > 0 && (
        <TableContainer component={Paper} variant="outlined">
          <Table size="small" aria-label={VERSIONS_LABELS.title} sx={STYLE}>
            <TableHead>
              <TableRow>
                <TableCell sx={{ width: 80 }}>{VERSIONS_LABELS.version}</TableCell>
                <TableCell sx={{ width: 160 }}>{VERSIONS_LABELS.saved}</TableCell>
                <TableCell>{VERSIONS_LABELS.reason}</TableCell>
                <TableCell sx={{ width: 160 }}>{VERSIONS_LABELS.deployed}</TableCell>
                <TableCell align="right" sx={{ width: 300 }}>{VERSIONS_LABELS.actions}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {versions.map((one) => (
                <VersionRow key={one.version} feed={feed} task={task} stackId={stackId} version={one} />
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </>
  );
}

interface VersionRowProps extends Omit<RestoreActionProps, "version"> {
  readonly version: StackVersion;
}

function VersionRow({ feed, task, stackId, version: one }: VersionRowProps) {
  const { version, created_at, current } = one;
  return (
    <TableRow>
      <TableCell component="th" scope="row" className="version">
        <span className="caption">{VERSIONS_LABELS.version}</span>
        {version}
      </TableCell>
      <TableCell className="saved">
        <span className="caption">{VERSIONS_LABELS.saved}</span>
        {formatTime(Date.parse(created_at))}
      </TableCell>
      <TableCell className="reason" sx={{ overflowWrap: "anywhere" }}>
        <span className="caption">{VERSIONS_LABELS.reason}</span>
        {reasonLabel(one)}
      </TableCell>
      <TableCell className="deployed">
        <span className="caption">{VERSIONS_LABELS.deployed}</span>
        {lastDeployedLabel(one)}
      </TableCell>
      <TableCell align="right" className="actions">
        {current
          ? <ToneMark word={VERSIONS_LABELS.current} tone="good" />
          : (
            <Flex direction="row" spacing={1} sx={{ justifyContent: { sm: "flex-end" } }}>
              <Button
                size="small"
                href={hrefTo("stacks", stackId, "versions", version)}
                aria-label={VERSIONS_LABELS.compareOf(version)}
              >
                {VERSIONS_LABELS.compare}
              </Button>
              <RestoreAction feed={feed} task={task} stackId={stackId} version={version} />
              <DeployVersionAction feed={feed} task={task} stackId={stackId} version={version} />
            </Flex>
          )}
      </TableCell>
    </TableRow>
  );
}
