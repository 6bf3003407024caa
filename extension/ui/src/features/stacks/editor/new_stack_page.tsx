import { Skeleton } from "@mui/material";
import { goTo, hrefTo } from "../../../lib/route.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { EDITOR_LABELS } from "../model/labels_editor.ts";
import { useLoaded } from "../parts/use_loaded.ts";
import { fileChanges } from "./files/store_changes.ts";
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

function Form({ feed, draft }: FormProps) {
  const save = async (values: StackFormValues, deploy: boolean) => {
    const stackId = await create(feed, values, deploy);
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

/** Creates a stack with its files as one version, or not at all. */
async function create(
  { requests, contents }: StackFeed,
  { name, hostId, compose, env, files }: StackFormValues,
  deploy: boolean,
): Promise<number> {
  const stack = { name, hostId, compose, env: env === "" ? undefined : env };
  const changes = await fileChanges(contents, stack, files);
  return await requests.create({ ...stack, ...changes.length > 0 && { files: changes }, deploy });
}
