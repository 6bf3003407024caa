import { Alert, Box, Link, Skeleton, Stack as Flex, Typography } from "@mui/material";
import type { StackVersionContents } from "../../../../../../server/protocol/stack_versions.ts";
import { EmptyState } from "../../../components/empty_state.tsx";
import { useAbout } from "../../../lib/client.ts";
import { hrefTo } from "../../../lib/route.ts";
import { COMPARE_LABELS, fileDifferenceLabel } from "../model/labels_contents.ts";
import { DETAIL_LABELS } from "../model/labels_detail.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { fileDifferences } from "../model/version_difference.ts";
import { TaskNotice } from "../parts/task_notice.tsx";
import { useLoaded } from "../parts/use_loaded.ts";
import { useTask } from "../parts/use_task.ts";
import { ContentsPage, type ManagedStack } from "./contents_page.tsx";
import { DeployVersionAction } from "../versions/deploy_version_action.tsx";
import { RestoreAction } from "../versions/restore_action.tsx";
import { TextDifference } from "../parts/plan/text_difference.tsx";
import { VersionImages } from "./version_images.tsx";

/** Props of {@linkcode VersionPage}. */
export interface VersionPageProps {
  readonly feed: StackFeed;
  readonly stackId: number;
  readonly version: number;
}

/** Page of one version: its difference to the stored one, and its images. */
export function VersionPage({ feed, stackId, version }: VersionPageProps) {
  const needsToken = useAbout()?.access === "view";
  return (
    <ContentsPage feed={feed} stackId={stackId} current="versions">
      {(stack) =>
        needsToken
          ? <Alert severity="info">{DETAIL_LABELS.filesNeedToken}</Alert>
          : <Comparison feed={feed} stack={stack} version={version} />}
    </ContentsPage>
  );
}

interface ComparisonProps {
  readonly feed: StackFeed;
  readonly stack: ManagedStack;
  readonly version: number;
}

function Comparison({ feed, stack: { stackId, updatedAt }, version }: ComparisonProps) {
  const task = useTask(feed);
  const { value, failure } = useLoaded(
    feed,
    `${stackId} ${updatedAt} ${version}`,
    (signal) => loadBoth(feed, stackId, version, signal),
  );
  return (
    <Flex spacing={2}>
      <Link href={hrefTo("stacks", stackId, "versions")} variant="body2" sx={{ alignSelf: "flex-start" }}>
        {COMPARE_LABELS.back}
      </Link>
      <Flex direction="row" spacing={2} useFlexGap sx={{ alignItems: "center", flexWrap: "wrap" }}>
        <Typography variant="h2" sx={{ flexGrow: 1 }}>{COMPARE_LABELS.title(version)}</Typography>
        <RestoreAction feed={feed} task={task} stackId={stackId} version={version} />
        <DeployVersionAction feed={feed} task={task} stackId={stackId} version={version} />
      </Flex>
      <TaskNotice task={task} />
      {failure !== undefined && <EmptyState title={COMPARE_LABELS.notLoaded}>{failure}</EmptyState>}
      {value === undefined && failure === undefined && <Skeleton variant="rounded" height={240} />}
      {value !== undefined && <Differences before={value.before} after={value.after} />}
    </Flex>
  );
}

/** Two versions. */
interface Pair {
  readonly before: StackVersionContents;
  readonly after: StackVersionContents;
}

/** Loads a version and the current one. */
async function loadBoth(
  feed: StackFeed,
  stackId: number,
  version: number,
  signal: AbortSignal,
): Promise<Pair> {
  const versions = await feed.contents.versions(stackId, signal);
  const now = versions.find(({ current }) => current)?.version ?? version;
  const [before, after] = await Promise.all(
    [version, now].map((one) => feed.contents.version(stackId, one, signal)),
  );
  return { before: before!, after: after! };
}

function Differences({ before, after }: Pair) {
  const files = fileDifferences(before.files, after.files);
  return (
    <>
      <Typography variant="body2" color="text.secondary">{COMPARE_LABELS.legend(before.version)}</Typography>
      <TextDifference title={COMPARE_LABELS.compose} before={before.compose} after={after.compose} />
      <TextDifference title={COMPARE_LABELS.env} before={before.env} after={after.env} />
      <Flex spacing={1} component="section" aria-labelledby="file-differences">
        <Typography variant="h3" id="file-differences">{COMPARE_LABELS.files}</Typography>
        {files.length === 0
          ? <Typography variant="body2" color="text.secondary">{COMPARE_LABELS.equal}</Typography>
          : (
            <Box component="ul" sx={{ m: 0, typography: "body2", overflowWrap: "anywhere" }}>
              {files.map((file) => <li key={file.path}>{fileDifferenceLabel(file)}</li>)}
            </Box>
          )}
      </Flex>
      <VersionImages images={before.images} />
    </>
  );
}
