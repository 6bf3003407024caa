import { Skeleton } from "@mui/material";
import { type MutableRefObject, useRef } from "react";
import { goTo, hrefTo } from "../../../lib/route.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { EDITOR_LABELS } from "../model/labels_editor.ts";
import { FILE_TAB_LABELS } from "../model/plan/labels_files.ts";
import { useLoaded } from "../parts/use_loaded.ts";
import { messageOf } from "../parts/use_task.ts";
import { editedFiles } from "./files/edited_files.ts";
import { storeChanges } from "./files/store_changes.ts";
import { StackForm } from "./stack_form.tsx";
import { NEW_VALUES, type StackFormValues, typedValues } from "./use_stack_form.ts";

/** Form for a new stack, with what was typed in an earlier visit. */
export function NewStackPage({ feed }: { readonly feed: StackFeed }) {
  const { value, failure } = useLoaded(feed, "new", (signal) => feed.contents.draft(undefined, signal));
  if (value === undefined && failure === undefined) return <Skeleton variant="rounded" height={400} />;
  return <Form feed={feed} draft={typedValues(value)} />;
}

interface FormProps {
  readonly feed: StackFeed;
  readonly draft: Partial<StackFormValues> | undefined;
}

/** A stack that was created, and whose files are not all stored yet. */
interface HalfCreated {
  readonly stackId: number;
  readonly name: string;
  readonly hostId: string | undefined;
}

function Form({ feed, draft }: FormProps) {
  const half = useRef<HalfCreated>();
  const save = async (values: StackFormValues, deploy: boolean) => {
    const stackId = await create(feed, values, deploy, half);
    // The stack exists, whatever becomes of its draft.
    await feed.contents.removeDraft(undefined).catch(() => {});
    await feed.reload();
    return () => goTo("stacks", stackId);
  };
  return (
    <StackForm
      feed={feed}
      title={EDITOR_LABELS.newTitle}
      stackId={undefined}
      initial={NEW_VALUES}
      draft={draft}
      buttons={{ deploy: EDITOR_LABELS.createAndDeploy, save: EDITOR_LABELS.create }}
      onSave={save}
      backTo={hrefTo("stacks")}
    />
  );
}

/** Creates a stack with its files. A retry continues with the stack that a failed attempt has created. */
async function create(
  feed: StackFeed,
  { name, hostId, compose, env, files }: StackFormValues,
  deploy: boolean,
  half: MutableRefObject<HalfCreated | undefined>,
): Promise<number> {
  const texts = { compose, env: env === "" ? undefined : env };
  if (editedFiles(files).length === 0 && half.current === undefined) {
    return await feed.requests.create({ name, hostId, ...texts, deploy });
  }
  const isRetry = half.current?.name === name && half.current.hostId === hostId;
  if (!isRetry) {
    const stackId = await feed.requests.create({ name, hostId, ...texts, deploy: false });
    half.current = { stackId, name, hostId };
  }
  const { stackId } = half.current!;
  try {
    await storeChanges(feed, stackId, { texts: isRetry ? texts : {}, files }, deploy);
    return stackId;
  } catch (error) {
    throw new Error(FILE_TAB_LABELS.halfCreated(name, messageOf(error)), { cause: error });
  }
}
