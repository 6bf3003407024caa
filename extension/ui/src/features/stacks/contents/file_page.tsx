import { Alert, Link, Skeleton, Stack as Flex, Typography } from "@mui/material";
import { useState } from "react";
import { ActionButton } from "../../../components/action_button.tsx";
import { EmptyState } from "../../../components/empty_state.tsx";
import { download } from "../../../lib/browser/download.ts";
import { hrefTo } from "../../../lib/route.ts";
import { useAbout } from "../../../lib/client.ts";
import { textOf } from "../model/file_texts.ts";
import { FILE_LABELS } from "../model/labels_contents.ts";
import { DETAIL_LABELS } from "../model/labels_detail.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { useLoaded } from "../parts/use_loaded.ts";
import { ContentsPage } from "./contents_page.tsx";
import { FileForm } from "./file_form.tsx";

/** Props of {@linkcode FilePage}. */
export interface FilePageProps {
  readonly feed: StackFeed;
  readonly stackId: number;
  readonly path: string;
  /** True for a file that does not exist yet. */
  readonly isNew: boolean;
}

/** Page of one file of a stack: a text can be edited, other files downloaded. */
export function FilePage(props: FilePageProps) {
  const { feed, stackId, isNew } = props;
  const needsToken = useAbout()?.access === "view";
  return (
    <ContentsPage feed={feed} stackId={stackId} current="files">
      {() => (
        <Flex spacing={2}>
          <Link href={hrefTo("stacks", stackId, "files")} variant="body2" sx={{ alignSelf: "flex-start" }}>
            {FILE_LABELS.back}
          </Link>
          {needsToken
            ? <Alert severity="info">{DETAIL_LABELS.filesNeedToken}</Alert>
            : isNew
            ? <NewFile {...props} />
            : <LoadedFile {...props} />}
        </Flex>
      )}
    </ContentsPage>
  );
}

function NewFile(props: FilePageProps) {
  const { feed, stackId, path } = props;
  const { value } = useLoaded(feed, `${stackId} ${path}`, async (signal) => ({
    draft: await typedText(feed, stackId, path, signal),
  }));
  if (value === undefined) return <Skeleton variant="rounded" height={320} />;
  return <FileForm {...props} opened={undefined} draft={value.draft} onReload={() => {}} />;
}

/** Returns what was typed into a file earlier and not saved; without the draft the stored text is enough. */
async function typedText(
  feed: StackFeed,
  stackId: number,
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const draft = await feed.contents.draft(stackId, signal).catch(() => undefined);
  return draft?.files.find((file) => file.path === path)?.text;
}

/** The file is loaded once, so that changes by other clients never replace typed text. */
function LoadedFile(props: FilePageProps) {
  const { feed, stackId, path } = props;
  const [loads, setLoads] = useState(0);
  const { value: bytes, failure } = useLoaded(
    feed,
    `${stackId} ${path} ${loads}`,
    async (signal) => ({
      loads,
      contents: await feed.contents.read(stackId, path, signal),
      // A reload replaces what was typed.
      draft: loads > 0 ? undefined : await typedText(feed, stackId, path, signal),
    }),
  );
  if (failure !== undefined) {
    return <EmptyState title={FILE_LABELS.notLoaded}>{failure}</EmptyState>;
  }
  if (bytes === undefined) return <Skeleton variant="rounded" height={320} />;
  const text = textOf(bytes.contents);
  return text === undefined ? <NotText path={path} bytes={bytes.contents} /> : (
    <FileForm
      key={bytes.loads}
      {...props}
      opened={text}
      draft={bytes.draft}
      onReload={() => setLoads(loads + 1)}
    />
  );
}

function NotText({ path, bytes }: { readonly path: string; readonly bytes: Uint8Array }) {
  return (
    <>
      <Typography variant="h2" sx={{ overflowWrap: "anywhere" }}>{path}</Typography>
      <EmptyState title={FILE_LABELS.notText}>
        <p>{FILE_LABELS.notTextHint}</p>
        <ActionButton
          label={FILE_LABELS.download}
          onClick={() => download(path.slice(path.lastIndexOf("/") + 1), bytes)}
        />
      </EmptyState>
    </>
  );
}
