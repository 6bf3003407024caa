import { goTo, hrefTo } from "../../../lib/route.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { StackForm } from "./stack_form.tsx";
import type { StackFormValues } from "./use_stack_form.ts";

const EMPTY: StackFormValues = { name: "", hostId: undefined, compose: "", env: "" };

/** Makes a stack. */
export function NewStackPage({ feed }: { readonly feed: StackFeed }) {
  const save = async ({ name, hostId, compose, env }: StackFormValues, deploy: boolean) => {
    const made = await feed.requests.create({
      name,
      hostId,
      compose,
      env: env === "" ? undefined : env,
      deploy,
    });
    await feed.reload();
    return () => goTo("stacks", made);
  };
  return (
    <StackForm
      feed={feed}
      title="New stack"
      stackId={undefined}
      initial={EMPTY}
      buttons={{ deploy: "Create and deploy", save: "Create only" }}
      onSave={save}
      backTo={hrefTo("stacks")}
    />
  );
}
