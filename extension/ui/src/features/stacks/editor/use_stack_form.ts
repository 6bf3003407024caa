import { useCallback, useEffect, useMemo, useState } from "react";
import { useAbout } from "../../../lib/client.ts";
import type { Draft, DraftChange } from "../../../../../../server/protocol/drafts/draft.ts";
import { Unreachable } from "../../../lib/transport/transport.ts";
import { type EditorIssue, errorsOf } from "./issues.ts";
import {
  draftTexts,
  type EditedFile,
  type EditedFiles,
  editedFiles,
  type FileContent,
  filesToCheck,
  hasUnstoredBytes,
  NO_FILES,
  removedPaths,
} from "./files/edited_files.ts";
import { EDITOR_LABELS } from "../model/labels_editor.ts";
import type { StackFeed } from "../model/stack_feed.ts";
import { nameMistake } from "./server_rules.ts";
import { useDraft } from "../parts/use_draft.ts";
import { useReturn } from "../parts/use_retry.ts";
import { useStackObstacle } from "../parts/obstacles.ts";
import { messageOf } from "../parts/use_task.ts";
import { useValidation, type Verdict } from "./use_validation.ts";

/** Values of the form's fields. */
export interface StackFormValues {
  readonly name: string;
  /** `undefined` for the server's default host. */
  readonly hostId: string | undefined;
  readonly compose: string;
  readonly env: string;
  /** The `.env` of the repository, the default below the environment. */
  readonly git_env?: string | undefined;
  /** Further files that were opened or added. */
  readonly files: EditedFiles;
}

/** Values of a new stack. */
export const NEW_VALUES: StackFormValues = {
  name: "",
  hostId: undefined,
  compose: "",
  env: "",
  files: NO_FILES,
};

/** Purpose of a form. */
export interface StackFormTask {
  /** `undefined` for a new stack. */
  readonly stackId: number | undefined;
  readonly initial: StackFormValues;
  /** Values that were typed in an earlier visit, and not saved. */
  readonly draft?: Partial<StackFormValues> | undefined;
  /** Saves the values; returns the navigation that follows, `undefined` if nothing was saved. Throws refusals. */
  readonly onSave: (values: StackFormValues, deploy: boolean) => Promise<(() => void) | undefined>;
}

/** State of a form. */
export interface StackFormState {
  readonly values: StackFormValues;
  readonly set: (change: Partial<StackFormValues>) => void;
  /** Changes the further files. */
  readonly setFiles: (change: (files: EditedFiles) => EditedFiles) => void;
  readonly verdict: Verdict;
  readonly issues: readonly EditorIssue[];
  /** Message of a save that failed. */
  readonly refusal: string | undefined;
  readonly save: (deploy: boolean) => void;
  /** True while a save is running, and on a read-only server. */
  readonly isLocked: boolean;
  /** True if a value differs from the stored one. */
  readonly isChanged: boolean;
  /** True if leaving the page would lose changes, because the server does not have the draft yet. */
  readonly isUnsafe: boolean;
  /** Reason why the form cannot be saved now. */
  readonly obstacle: string | undefined;
}

/** Returns the state of a form. No failure discards the typed values. */
export function useStackForm(
  feed: StackFeed,
  { stackId, initial, draft, onSave }: StackFormTask,
): StackFormState {
  const [values, setValues] = useState({ ...initial, ...draft });
  const set = useCallback(
    (change: Partial<StackFormValues>) => setValues((before) => ({ ...before, ...change })),
    [],
  );
  const setFiles = useCallback(
    (change: (files: EditedFiles) => EditedFiles) =>
      setValues((before) => ({ ...before, files: change(before.files) })),
    [],
  );
  const saving = useSaving(feed, values, onSave);
  const { name, hostId, compose, env, files } = values;
  const checked = useMemo(() => filesToCheck(files), [files]);
  const verdict = useValidation(feed, {
    compose,
    env: env === "" ? undefined : env,
    hostId,
    stack_id: stackId,
    files: checked,
  });
  const forbidden = useStackObstacle();
  const isReadOnly = useAbout()?.readOnly === true;
  const isEdited = saving.phase !== "saved" && isChanged(initial, values);
  const isStored = useDraft({
    ...{ contents: feed.contents, owner: stackId, isReadOnly },
    change: draftOf(initial, saving.phase === "saved" ? initial : values),
  });
  const missing = (stackId === undefined ? nameMistake(name) : undefined) ??
    (compose.trim() === "" ? EDITOR_LABELS.emptyCompose : undefined);
  // The errors of a refused save are shown until the values change.
  const errors = saving.failure?.values === values ? errorsOf(saving.failure.error) : [];
  return {
    values,
    set,
    setFiles,
    verdict,
    issues: errors.length > 0 ? errors : verdict.issues,
    refusal: saving.failure && messageOf(saving.failure.error),
    save: saving.save,
    isLocked: saving.phase !== "idle" || isReadOnly,
    isChanged: isEdited,
    isUnsafe: isEdited && (!isStored || hasUnstoredBytes(files)),
    obstacle: saving.phase === "idle" ? forbidden ?? missing : EDITOR_LABELS.saving,
  };
}

/** The values that differ, for the draft. */
function draftOf(initial: StackFormValues, values: StackFormValues): DraftChange {
  const differing = (key: "name" | "hostId" | "compose" | "env") =>
    values[key] === initial[key] ? null : values[key] ?? null;
  return {
    name: differing("name"),
    hostId: differing("hostId"),
    compose: differing("compose"),
    env: differing("env"),
    files: [...draftTexts(values.files)],
    removed: removedPaths(values.files).map((path) => ({ path, removed: true })),
  };
}

interface Failure {
  readonly values: StackFormValues;
  readonly error: unknown;
}

function useSaving(feed: StackFeed, values: StackFormValues, onSave: StackFormTask["onSave"]) {
  const [phase, setPhase] = useState<"idle" | "saving" | "saved">("idle");
  const [failure, setFailure] = useState<Failure>();
  const [go, setGo] = useState<() => void>();
  useReturn(feed, failure?.error instanceof Unreachable, useCallback(() => setFailure(undefined), []));
  // Navigates after the render in which the guard was released.
  useEffect(() => void go?.(), [go]);
  const save = async (deploy: boolean) => {
    setPhase("saving");
    setFailure(undefined);
    try {
      const next = await onSave(values, deploy);
      if (next === undefined) return setPhase("idle");
      setPhase("saved");
      setGo(() => next);
    } catch (error) {
      setFailure({ values, error });
      setPhase("idle");
    }
  };
  return { phase, failure, save };
}

function isChanged(initial: StackFormValues, values: StackFormValues): boolean {
  return editedFiles(values.files).length > 0 ||
    (["name", "hostId", "compose", "env"] as const).some((key) => values[key] !== initial[key]);
}

/**
 * Returns the values that a draft has; `undefined` if it has none.
 *
 * @param stored The files of the draft as the server has them now.
 */
export function typedValues(
  draft: Draft | undefined,
  stored: ReadonlyMap<string, FileContent | undefined> = new Map(),
): Partial<StackFormValues> | undefined {
  if (draft === undefined) return undefined;
  const { name, hostId, compose, env, files, removed } = draft;
  const typed = Object.entries({ name, hostId, compose, env }).filter(([, text]) => text !== null);
  // A file that is gone by now needs no deletion.
  const gone = removed.filter((path) => stored.has(path));
  if (typed.length === 0 && files.length === 0 && gone.length === 0) return undefined;
  const edited = files.map(({ path, text }) => [path, { stored: stored.get(path), content: text }] as const);
  const deleted = gone.map((path) => [path, { stored: stored.get(path), content: undefined }] as const);
  return { ...Object.fromEntries(typed), files: new Map<string, EditedFile>([...deleted, ...edited]) };
}
