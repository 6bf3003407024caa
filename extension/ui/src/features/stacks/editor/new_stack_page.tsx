import { goTo, hrefTo } from "../../../lib/route.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { EDITOR_LABELS } from "../model/labels_editor.ts";
import { StackForm } from "./stack_form.tsx";
import type { StackFormValues } from "./use_stack_form.ts";

const EMPTY: StackFormValues = { name: "", hostId: undefined, compose: "", env: "" };

/** Form for a new stack. */
export function NewStackPage({ feed }: { readonly feed: StackFeed }) {
  const save = async ({ name, hostId, compose, env }: StackFormValues, deploy: boolean) => {
    const stackId = await feed.requests.create({
      name,
      hostId,
      compose,
      env: env === "" ? undefined : env,
      deploy,
    });
    await feed.reload();
    return () => goTo("stacks", stackId);
  };
  return (
    <StackForm
      feed={feed}
      title={EDITOR_LABELS.newTitle}
      stackId={undefined}
      initial={EMPTY}
      buttons={{ deploy: EDITOR_LABELS.createAndDeploy, save: EDITOR_LABELS.create }}
      onSave={save}
      backTo={hrefTo("stacks")}
    />
  );
}
