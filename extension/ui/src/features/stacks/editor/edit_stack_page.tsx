import { Skeleton } from "@mui/material";
import { useEffect, useState } from "react";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { useObstacle } from "../../../lib/client.ts";
import { goTo, hrefTo } from "../../../lib/route.ts";
import { useObservable } from "../../../lib/use_observable.ts";
import { ChangedElsewhere } from "./changed_elsewhere.tsx";
import { MissingPage } from "../parts/missing_page.tsx";
import { StackEdit } from "./stack_edit.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { StackForm } from "./stack_form.tsx";
import type { StackTexts } from "../model/stack_requests.ts";
import { useRetry } from "../parts/use_retry.ts";
import type { StackFormValues } from "./use_stack_form.ts";

/** Props of {@linkcode EditStackPage}. */
export interface EditStackPageProps {
  readonly feed: StackFeed;
  readonly stackId: number;
}

/** One reading of the texts; a form is about one, and another reading makes another form. */
interface Reading {
  readonly edit: StackEdit;
  readonly turn: number;
}

/** Changes the texts of a stack. They are read once: what others change meanwhile never replaces what is typed here. */
export function EditStackPage({ feed, stackId }: EditStackPageProps) {
  const [reading, setReading] = useState<Reading>();
  // Who may not even look at the files is told how to be let in.
  const obstacle = useObstacle();
  const [problem, setProblem] = useState<string>();
  const tries = useRetry(feed, problem !== undefined);
  const { stacks } = useObservable(feed.list);
  const stack = stacks.find(({ stack_id }) => stack_id === stackId);
  const open = (texts: StackTexts) => {
    setProblem(undefined);
    setReading((before) => ({
      edit: new StackEdit(feed.requests, stackId, texts),
      turn: (before?.turn ?? 0) + 1,
    }));
  };
  useEffect(() => {
    const stop = new AbortController();
    feed.requests.texts(stackId, stop.signal).then(open, (error) => {
      if (!stop.signal.aborted) setProblem(error instanceof Error ? error.message : String(error));
    });
    return () => stop.abort();
  }, [feed, stackId, tries]);
  if (problem !== undefined) {
    return <MissingPage title="The files of this stack cannot be read">{obstacle ?? problem}</MissingPage>;
  }
  if (reading === undefined) return <Skeleton variant="rounded" height={400} />;
  return <Form key={reading.turn} feed={feed} stack={stack} edit={reading.edit} onLoad={open} />;
}

interface FormProps {
  readonly feed: StackFeed;
  readonly stack: Stack | undefined;
  readonly edit: StackEdit;
  readonly onLoad: (texts: StackTexts) => void;
}

function Form({ feed, stack, edit, onLoad }: FormProps) {
  const { stackId } = edit;
  useEffect(() => {
    const stop = new AbortController();
    edit.look(stop.signal);
    return () => stop.abort();
  }, [edit, stack?.updated_at]);
  const save = async ({ compose, env }: StackFormValues, deploy: boolean) => {
    if (!await edit.save({ compose, env }, deploy)) return undefined;
    await feed.reload();
    return () => goTo("stacks", stackId);
  };
  return (
    <StackForm
      feed={feed}
      title={stack === undefined ? "Edit stack" : `Edit “${stack.name}”`}
      stackId={stackId}
      initial={{ name: "", hostId: undefined, ...edit.opened }}
      buttons={{ deploy: "Save and deploy", save: "Save only" }}
      onSave={save}
      backTo={hrefTo("stacks", stackId)}
      notice={(form) => <ChangedElsewhere edit={edit} form={form} onLoad={onLoad} />}
    />
  );
}
