import { Skeleton } from "@mui/material";
import { goTo, hrefTo } from "../../../lib/route.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { EDITOR_LABELS } from "../model/labels_editor.ts";
import { useLoaded } from "../parts/use_loaded.ts";
import { StackForm } from "./stack_form.tsx";
import { type StackFormValues, typedValues } from "./use_stack_form.ts";

const EMPTY: StackFormValues = { name: "", hostId: undefined, compose: "", env: "" };

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
  const save = async ({ name, hostId, compose, env }: StackFormValues, deploy: boolean) => {
    const stackId = await feed.requests.create({
      name,
      hostId,
      compose,
      env: env === "" ? undefined : env,
      deploy,
    });
    await feed.contents.putDraft(undefined, { name: null, hostId: null, compose: null, env: null })
      // The stack exists, whatever becomes of its draft.
      .catch(() => {});
    await feed.reload();
    return () => goTo("stacks", stackId);
  };
  return (
    <StackForm
      feed={feed}
      title={EDITOR_LABELS.newTitle}
      stackId={undefined}
      initial={EMPTY}
      draft={draft}
      buttons={{ deploy: EDITOR_LABELS.createAndDeploy, save: EDITOR_LABELS.create }}
      onSave={save}
      backTo={hrefTo("stacks")}
    />
  );
}
