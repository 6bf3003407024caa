import { Skeleton } from "@mui/material";
import { useEffect, useState } from "react";
import type { Stack, StackFiles } from "../../../../../../server/protocol/stacks.ts";
import { useObstacle } from "../../../lib/client.ts";
import { goTo, hrefTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { ChangedElsewhere } from "./changed_elsewhere.tsx";
import { MissingPage } from "../parts/missing_page.tsx";
import { StackEdit } from "./stack_edit.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { StackForm } from "./stack_form.tsx";
import { EDITOR_LABELS } from "../model/labels_editor.ts";
import { messageOf } from "../parts/use_task.ts";
import { useRetry } from "../parts/use_retry.ts";
import { NO_FILES } from "./files/edited_files.ts";
import type { OpenFile } from "./files/open_file.ts";
import { storedContents } from "./files/stored_content.ts";
import { type StackFormValues, typedValues } from "./use_stack_form.ts";

/** Props of {@linkcode EditStackPage}. */
export interface EditStackPageProps {
  readonly feed: StackFeed;
  readonly stackId: number;
  /** Line of the Compose file to open, from 1. */
  readonly line?: number | undefined;
  /** Further file to open instead of the Compose file. */
  readonly file?: OpenFile | undefined;
}

/** Files as they were loaded once. Loading them again creates a new form, whose key is `count`. */
interface LoadedFiles {
  readonly edit: StackEdit;
  readonly draft: Partial<StackFormValues> | undefined;
  readonly count: number;
}

/** Editor of a stack's files. They are loaded once, so that changes by other clients never replace typed text. */
export function EditStackPage({ feed, stackId, line, file }: EditStackPageProps) {
  const [loaded, setLoaded] = useState<LoadedFiles>();
  // Clients without access to the files see how to get it.
  const obstacle = useObstacle();
  const [failure, setFailure] = useState<string>();
  const tries = useRetry(feed, failure !== undefined);
  const { stacks } = useObservable(feed.list);
  const stack = stacks.find(({ stack_id }) => stack_id === stackId);
  const open = (files: StackFiles, draft?: Partial<StackFormValues>) => {
    setFailure(undefined);
    setLoaded((before) => ({
      edit: new StackEdit(feed, stackId, files),
      draft,
      count: (before?.count ?? 0) + 1,
    }));
  };
  useEffect(() => {
    const stop = new AbortController();
    loadBoth(feed, stackId, stop.signal).then(([files, draft]) => open(files, draft), (error) => {
      if (!stop.signal.aborted) setFailure(messageOf(error));
    });
    return () => stop.abort();
  }, [feed, stackId, tries]);
  if (failure !== undefined) {
    return <MissingPage title={EDITOR_LABELS.filesNotLoaded}>{obstacle ?? failure}</MissingPage>;
  }
  if (loaded === undefined) return <Skeleton variant="rounded" height={400} />;
  return (
    <Form
      key={loaded.count}
      feed={feed}
      stack={stack}
      edit={loaded.edit}
      draft={loaded.draft}
      line={line}
      file={file}
      onLoad={open}
    />
  );
}

interface FormProps {
  readonly feed: StackFeed;
  readonly stack: Stack | undefined;
  readonly edit: StackEdit;
  readonly draft: Partial<StackFormValues> | undefined;
  readonly line: number | undefined;
  readonly file: OpenFile | undefined;
  readonly onLoad: (files: StackFiles) => void;
}

/** Loads the stored texts, and what was typed earlier; without the draft the texts are enough. */
async function loadBoth(
  feed: StackFeed,
  stackId: number,
  signal: AbortSignal,
): Promise<readonly [StackFiles, Partial<StackFormValues> | undefined]> {
  const [files, draft] = await Promise.all([
    feed.requests.files(stackId, signal),
    feed.contents.draft(stackId, signal).catch(() => undefined),
  ]);
  const paths = draft === undefined ? [] : [...draft.files.map(({ path }) => path), ...draft.removed];
  const stored = await storedContents(feed.contents, stackId, paths, signal);
  return [files, typedValues(draft, stored)];
}

function Form({ feed, stack, edit, draft, line, file, onLoad }: FormProps) {
  const { stackId } = edit;
  useEffect(() => {
    const stop = new AbortController();
    edit.check(stop.signal);
    return () => stop.abort();
  }, [edit, stack?.updated_at]);
  const save = async (values: StackFormValues, deploy: boolean) => {
    if (!await edit.save(values, deploy)) return undefined;
    // The texts are saved, whatever becomes of the draft.
    await feed.contents.removeDraft(stackId).catch(() => {});
    await feed.reload();
    return () => goTo("stacks", stackId);
  };
  return (
    <StackForm
      feed={feed}
      title={EDITOR_LABELS.editTitle(stack?.name)}
      name={stack?.name}
      line={line}
      file={file}
      stackId={stackId}
      initial={{ name: "", hostId: undefined, files: NO_FILES, ...edit.opened }}
      draft={draft}
      buttons={{ deploy: EDITOR_LABELS.saveAndDeploy, save: EDITOR_LABELS.save }}
      onSave={save}
      backTo={hrefTo("stacks", stackId)}
      notice={(form) => <ChangedElsewhere edit={edit} form={form} onLoad={onLoad} />}
    />
  );
}
