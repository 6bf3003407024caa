import { useState } from "react";
import type { StackFeed } from "../../model/stack_feed.ts";
import { useLoaded } from "../../parts/use_loaded.ts";
import { type Task, useTask } from "../../parts/use_task.ts";
import type { StackFormState } from "../use_stack_form.ts";
import { type EditedFile, type FileContent, withFile, withoutFile } from "./edited_files.ts";
import { renameFile } from "./stored_content.ts";

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
  readonly task: Task;
  /** Keeps what the server has of a file. */
  readonly opened: (path: string, content: FileContent) => void;
  readonly edit: (path: string, text: string) => void;
  readonly add: (path: string) => void;
  /** Renames a file; calls back once that is done. */
  readonly rename: (from: string, to: string, onDone: () => void) => void;
  readonly remove: (path: string) => void;
}

/**
 * Returns the files of a form. Stored files are renamed and deleted at once, added ones in the page.
 *
 * @param wanted Path of a stored file that is always listed.
 */
export function useFileList(
  feed: StackFeed,
  stackId: number | undefined,
  { values: { files }, setFiles }: Pick<StackFormState, "values" | "setFiles">,
  wanted?: string,
): FileList {
  const task = useTask(feed);
  const [changes, setChanges] = useState(0);
  const { value: listed } = useLoaded(
    feed,
    `${stackId} ${changes}`,
    async (signal) => stackId === undefined ? [] : await feed.contents.files(stackId, signal),
  );
  const stored = listed?.map(({ path }) => path) ?? [];
  const isListed = (path: string, index: number) => index < MOST_LISTED || path === wanted;
  const early = listed === undefined && wanted !== undefined ? [wanted] : [];
  const paths = [...new Set([...early, ...stored.filter(isListed), ...someOf([...files.keys()])])].sort();
  const taken = [...new Set([...stored, ...files.keys()])];
  const change = (path: string, next: (file: EditedFile) => EditedFile) =>
    setFiles((before) => withFile(before, path, next(before.get(path) ?? ADDED)));
  const isStored = (path: string) => files.get(path)?.stored !== undefined || stored.includes(path);
  const onServer = (work: (stackId: number) => Promise<void>, onDone: () => void) =>
    task.run(async () => {
      await work(stackId!);
      setChanges((before) => before + 1);
      onDone();
    });
  const drop = (path: string) => setFiles((before) => withoutFile(before, path));
  return {
    paths,
    hidden: taken.filter((path) => !paths.includes(path)).length,
    taken,
    task,
    opened: (path, content) => change(path, () => ({ stored: content, content })),
    edit: (path, text) => change(path, (file) => ({ ...file, content: text })),
    add: (path) => change(path, (file) => file),
    rename: (from, to, onDone) => {
      const move = () => {
        setFiles((before) => withFile(withoutFile(before, from), to, before.get(from) ?? ADDED));
        onDone();
      };
      return isStored(from) ? void onServer((id) => renameFile(feed.contents, id, from, to), move) : move();
    },
    remove: (path) =>
      isStored(path) ? void onServer((id) => feed.contents.remove(id, path), () => drop(path)) : drop(path),
  };
}

/** Returns the first and the newest of many paths: a folder can have a thousand. */
function someOf(paths: readonly string[]): readonly string[] {
  return paths.length <= 2 * MOST_LISTED
    ? paths
    : [...paths.slice(0, MOST_LISTED), ...paths.slice(-MOST_LISTED)];
}

const ADDED: EditedFile = { stored: undefined, content: "" };
