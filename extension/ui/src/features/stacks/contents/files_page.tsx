import { Alert, Skeleton, Typography } from "@mui/material";
import { useState } from "react";
import { EmptyState } from "../../../components/empty_state.tsx";
import { useAbout } from "../../../lib/client.ts";
import { FILES_LABELS } from "../model/labels_contents.ts";
import { DETAIL_LABELS } from "../model/labels_detail.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { useStackObstacle } from "../parts/obstacles.ts";
import { TaskNotice } from "../parts/task_notice.tsx";
import { useLoaded } from "../parts/use_loaded.ts";
import { useTask } from "../parts/use_task.ts";
import { AddFile } from "./add_file.tsx";
import { ContentsPage, type ManagedStack } from "./contents_page.tsx";
import { FileTable } from "./file_table.tsx";

/** Props of {@linkcode FilesPage}. */
export interface FilesPageProps {
  readonly feed: StackFeed;
  readonly stackId: number;
}

/** Page of the further files of a stack. */
export function FilesPage({ feed, stackId }: FilesPageProps) {
  const needsToken = useAbout()?.access === "view";
  return (
    <ContentsPage feed={feed} stackId={stackId} current="files">
      {(stack) =>
        needsToken
          ? <Alert severity="info">{DETAIL_LABELS.filesNeedToken}</Alert>
          : <Files feed={feed} stack={stack} />}
    </ContentsPage>
  );
}

function Files({ feed, stack }: { readonly feed: StackFeed; readonly stack: ManagedStack }) {
  const { stackId, updatedAt } = stack;
  const task = useTask(feed);
  const obstacle = useStackObstacle();
  const [changes, setChanges] = useState(0);
  const { value: files, failure } = useLoaded(
    feed,
    `${stackId} ${updatedAt} ${changes}`,
    (signal) => feed.contents.files(stackId, signal),
  );
  const change = (work: () => Promise<void>) =>
    task.run(async () => {
      await work();
      setChanges((before) => before + 1);
    });
  return (
    <>
      <Typography variant="body2" color="text.secondary">{FILES_LABELS.hint}</Typography>
      <AddFile
        stackId={stackId}
        paths={files?.map(({ path }) => path) ?? []}
        obstacle={obstacle}
        onUpload={(path, bytes) => change(() => feed.contents.put(stackId, path, bytes))}
      />
      <TaskNotice task={task} />
      {failure !== undefined && <Alert severity="error">{FILES_LABELS.notLoaded(failure)}</Alert>}
      {files === undefined && failure === undefined && <Skeleton variant="rounded" height={120} />}
      {files?.length === 0 && <EmptyState title={FILES_LABELS.empty}>{FILES_LABELS.emptyHint}</EmptyState>}
      {files !== undefined && files.length > 0 && (
        <FileTable
          stackId={stackId}
          files={files}
          obstacle={obstacle}
          onRead={(path) => feed.contents.read(stackId, path)}
          onRemove={(path) => change(() => feed.contents.remove(stackId, path))}
          task={task}
        />
      )}
    </>
  );
}
