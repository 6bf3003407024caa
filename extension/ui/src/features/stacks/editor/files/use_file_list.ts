import { OVERRIDE_PATH } from "../../model/plan/labels_files.ts";
import type { StackFeed } from "../../model/stack_feed.ts";
import { useLoaded } from "../../parts/use_loaded.ts";
import { type Task, useTask } from "../../parts/use_task.ts";
import type { StackFormState } from "../use_stack_form.ts";
import {
  type EditedFile,
  type FileContent,
  removedPaths,
  withDeleted,
  withFile,
  withRenamed,
} from "./edited_files.ts";
import { storedContent } from "./stored_content.ts";

/** Largest number of stored files that are listed without having been opened. */
const MOST_LISTED = 30;

/** Files of the editor's stack. */
export interface FileList {
  /** Paths in order, of stored and added files. */
  readonly paths: readonly string[];
  /** Number of files that are not among the paths. */
  readonly hidden: number;
  /** Every path of the stack. */
  readonly taken: readonly string[];
  /** Paths of the stored files that the save deletes. */
  readonly removed: readonly string[];
  readonly task: Task;
  /** Keeps what the server has of a file. */
  readonly opened: (path: string, content: FileContent) => void;
  readonly edit: (path: string, text: string) => void;
  readonly add: (path: string) => void;
  /** Renames a file; calls back once that is done. */
  readonly rename: (from: string, to: string, onDone: () => void) => void;
  readonly remove: (path: string) => void;
  /** Reports whether a file is on the server, so that its deletion can be undone until the save. */
  readonly isStored: (path: string) => boolean;
  /** Undoes the deletion of a file. */
  readonly keep: (path: string) => void;
}

/**
 * Returns the files of a form. All changes are a part of the form until it is saved.
 *
 * @param wanted Path of a stored file that is always listed.
 */
export function useFileList(
  feed: StackFeed,
  stackId: number | undefined,
  { values: { files, git_env }, setFiles }: Pick<StackFormState, "values" | "setFiles">,
  wanted?: string,
): FileList {
  const task = useTask(feed);
  const { value: listed } = useLoaded(
    feed,
    `${stackId}`,
    async (signal) => stackId === undefined ? [] : await feed.contents.files(stackId, signal),
  );
  const removed = removedPaths(files);
  const isPresent = (path: string) => !removed.includes(path);
  const stored = (listed?.map(({ path }) => path) ?? []).filter(isPresent);
  const isListed = (path: string, index: number) => index < MOST_LISTED || path === wanted;
  const early = listed === undefined && wanted !== undefined ? [wanted] : [];
  const local = git_env === undefined ? [] : [OVERRIDE_PATH];
  const known = [...local, ...early, ...stored.filter(isListed), ...someOf([...files.keys()])];
  const paths = [...new Set(known)].filter(isPresent).sort();
  const taken = [...new Set([...stored, ...files.keys()])].filter(isPresent);
  const change = (path: string, next: (file: EditedFile) => EditedFile) =>
    setFiles((before) => withFile(before, path, next(before.get(path) ?? ADDED)));
  const isStored = (path: string) => files.get(path)?.stored !== undefined || stored.includes(path);
  /** Loads a file that was not opened: its content is needed to compare it with the stored one. */
  const withContent = (path: string, use: (file: EditedFile) => void) => {
    const opened = files.get(path);
    if (opened !== undefined || !isStored(path)) return use(opened ?? ADDED);
    task.run(async () => {
      const content = await storedContent(feed.contents, stackId!, path);
      use({ stored: content, content: content ?? "" });
    });
  };
  return {
    ...{ paths, taken, removed, task, isStored },
    hidden: taken.filter((path) => !paths.includes(path)).length,
    opened: (path, content) => change(path, () => ({ stored: content, content })),
    edit: (path, text) => change(path, (file) => ({ ...file, content: text })),
    add: (path) => change(path, ({ stored, content = "" }) => ({ stored, content })),
    rename: (from, to, onDone) =>
      withContent(from, (file) => {
        setFiles((before) => withRenamed(before, from, to, file));
        onDone();
      }),
    remove: (path) => withContent(path, (file) => setFiles((before) => withDeleted(before, path, file))),
    keep: (path) => change(path, ({ stored }) => ({ stored, content: stored })),
  };
}

/** Returns the first and the newest of many paths: a folder can have a thousand. */
function someOf(paths: readonly string[]): readonly string[] {
  return paths.length <= 2 * MOST_LISTED
    ? paths
    : [...paths.slice(0, MOST_LISTED), ...paths.slice(-MOST_LISTED)];
}

const ADDED: EditedFile = { stored: undefined, content: "" };
