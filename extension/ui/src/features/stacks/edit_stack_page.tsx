import { Skeleton } from "@mui/material";
import { useEffect, useState } from "react";
import { useObstacle } from "../../lib/client.ts";
import { goTo, hrefTo } from "../../lib/route.ts";
import { useObservable } from "../../lib/use_observable.ts";
import { MissingPage } from "./missing_page.tsx";
import type { StackFeed } from "./stack_feed.ts";
import { StackForm } from "./stack_form.tsx";
import type { StackTexts } from "./stack_requests.ts";
import type { StackFormValues } from "./use_stack_form.ts";

/** Props of {@linkcode EditStackPage}. */
export interface EditStackPageProps {
  readonly feed: StackFeed;
  readonly stackId: number;
}

/** Changes the texts of a stack. They are read once: what others change meanwhile never replaces what is typed here. */
export function EditStackPage({ feed, stackId }: EditStackPageProps) {
  const [texts, setTexts] = useState<StackTexts>();
  // Who may not even look at the files is told how to be let in.
  const obstacle = useObstacle();
  const [problem, setProblem] = useState<string>();
  const { stacks } = useObservable(feed.list);
  const stack = stacks.find(({ stack_id }) => stack_id === stackId);
  useEffect(() => {
    const stop = new AbortController();
    feed.requests.texts(stackId, stop.signal).then(setTexts, (error) => {
      if (!stop.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
    });
    return () => stop.abort();
  }, [feed, stackId]);
  if (problem !== undefined) {
    return <MissingPage title="The files of this stack cannot be read">{obstacle ?? problem}</MissingPage>;
  }
  if (texts === undefined) return <Skeleton variant="rounded" height={400} />;
  return <Form feed={feed} stackId={stackId} name={stack?.name ?? ""} texts={texts} />;
}

interface FormProps extends EditStackPageProps {
  readonly name: string;
  readonly texts: StackTexts;
}

function Form({ feed, stackId, name, texts }: FormProps) {
  const save = async ({ compose, env }: StackFormValues, deploy: boolean) => {
    // A text that was not changed is not sent: an environment that is not there is another thing than an empty one.
    const change = { ...compose === texts.compose ? {} : { compose }, ...env === texts.env ? {} : { env } };
    await feed.requests.change(stackId, { ...change, deploy });
    await feed.reload();
    return () => goTo("stacks", stackId);
  };
  return (
    <StackForm
      feed={feed}
      title={name === "" ? "Edit stack" : `Edit “${name}”`}
      stackId={stackId}
      initial={{ name: "", hostId: undefined, ...texts }}
      buttons={{ deploy: "Save and deploy", save: "Save only" }}
      onSave={save}
      backTo={hrefTo("stacks", stackId)}
    />
  );
}
