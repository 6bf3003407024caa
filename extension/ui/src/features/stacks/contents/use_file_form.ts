import { useEffect, useState } from "react";
import { useAbout } from "../../../lib/client.ts";
import { goTo } from "../../../lib/route.ts";
import { Refusal } from "../../../lib/transport/transport.ts";
import { textOf } from "../model/file_texts.ts";
import { FILE_LABELS } from "../model/labels_contents.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { useDraft } from "../parts/use_draft.ts";
import { useStackObstacle } from "../parts/obstacles.ts";
import { messageOf } from "../parts/use_task.ts";

/** Purpose of the form. */
export interface FileFormTask {
  readonly feed: StackFeed;
  readonly stackId: number;
  readonly path: string;
  /** Text as it was loaded; `undefined` for a new file. */
  readonly opened: string | undefined;
  /** Text that was typed in an earlier visit, and not saved. */
  readonly draft: string | undefined;
  /** Loads the stored file in place of what was typed. */
  readonly onReload: () => void;
}

/** State of the form. */
export interface FileFormState {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Message of a save that failed. */
  readonly refusal: string | undefined;
  /** True when a save would have replaced a file that another client stored. */
  readonly hasConflict: boolean;
  /** True while a save is running, and on a read-only server. */
  readonly isLocked: boolean;
  readonly isChanged: boolean;
  /** True if leaving the page would lose changes, because the server does not have the draft yet. */
  readonly isUnsafe: boolean;
  /** Reason why the file cannot be saved now. */
  readonly obstacle: string | undefined;
  readonly save: (overwrite: boolean) => void;
}

type Phase = "idle" | "saving" | "conflict" | "saved";

/** Returns the state of a form. No failure discards the typed text. */
export function useFileForm(task: FileFormTask): FileFormState {
  const { feed, stackId, path, opened, draft } = task;
  const [text, setText] = useState(draft ?? opened ?? "");
  const [phase, setPhase] = useState<Phase>("idle");
  const [refusal, setRefusal] = useState<string>();
  const forbidden = useStackObstacle();
  const isReadOnly = useAbout()?.readOnly === true;
  // Navigates after the render in which the guard was released.
  useEffect(() => {
    if (phase === "saved") goTo("stacks", stackId, "files");
  }, [phase, stackId]);
  const save = async (overwrite: boolean) => {
    setPhase("saving");
    setRefusal(undefined);
    try {
      setPhase(await store(task, text, overwrite) ? "saved" : "conflict");
    } catch (error) {
      setRefusal(messageOf(error));
      setPhase("idle");
    }
  };
  const isSame = text === opened;
  const isChanged = phase !== "saved" && text !== (opened ?? "");
  const isStored = useDraft({
    ...{ feed, stackId, isChanged, isReadOnly },
    change: { files: [{ path, text: isChanged ? text : null }] },
  });
  return {
    text,
    setText,
    refusal,
    hasConflict: phase === "conflict",
    isLocked: phase === "saving" || phase === "saved" || isReadOnly,
    isChanged,
    isUnsafe: isChanged && !isStored,
    obstacle: phase === "saving"
      ? FILE_LABELS.saving
      : forbidden ?? (isSame ? FILE_LABELS.unchanged : undefined),
    save,
  };
}

/** Stores a text; returns false if that would replace a file that another client has stored. */
async function store(
  { feed, stackId, path, opened }: FileFormTask,
  text: string,
  overwrite: boolean,
): Promise<boolean> {
  if (!overwrite) {
    const stored = await storedText(feed, stackId, path);
    if (stored !== opened && stored !== text) return false;
  }
  await feed.contents.put(stackId, path, new TextEncoder().encode(text));
  // The file is saved, whatever becomes of the draft.
  await feed.contents.putDraft(stackId, { files: [{ path, text: null }] }).catch(() => {});
  return true;
}

/** Returns the stored text; `undefined` without a file, and an empty text for one that is not text. */
async function storedText(feed: StackFeed, stackId: number, path: string): Promise<string | undefined> {
  try {
    return textOf(await feed.contents.read(stackId, path)) ?? "";
  } catch (error) {
    if (error instanceof Refusal && error.problem.status === 404) return undefined;
    throw error;
  }
}
