/** Files of the form on the server. */
import { Refusal } from "../../../../lib/transport/transport.ts";
import type { ContentRequests } from "../../model/content_requests.ts";
import { textOf } from "../../model/file_texts.ts";
import { FILE_TAB_LABELS } from "../../model/plan/labels_files.ts";
import { messageOf } from "../../parts/use_task.ts";
import { bytesOf, type EditedFiles, editedFiles, type FileContent, sameContent } from "./edited_files.ts";

/** Loads a file; `undefined` if the stack does not have it. */
export async function storedContent(
  contents: ContentRequests,
  stackId: number,
  path: string,
  signal?: AbortSignal,
): Promise<FileContent | undefined> {
  try {
    const bytes = await contents.read(stackId, path, signal);
    return textOf(bytes) ?? bytes;
  } catch (error) {
    if (error instanceof Refusal && error.problem.status === 404) return undefined;
    throw error;
  }
}

/** Loads files, for the paths that the stack has. */
export async function storedContents(
  contents: ContentRequests,
  stackId: number,
  paths: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, FileContent | undefined>> {
  const found = new Map<string, FileContent | undefined>();
  if (paths.length === 0) return found;
  const listed = await contents.files(stackId, signal);
  const present = new Set(listed.filter(({ size }) => size !== null).map(({ path }) => path));
  for (const path of paths.filter((one) => present.has(one))) {
    found.set(path, await storedContent(contents, stackId, path, signal));
  }
  return found;
}

/** Returns the paths of edited files that another client has changed since they were opened. */
export async function changedElsewhere(
  contents: ContentRequests,
  stackId: number,
  files: EditedFiles,
): Promise<readonly string[]> {
  const edited = editedFiles(files);
  const now = await storedContents(contents, stackId, edited.map(([path]) => path));
  return edited.filter(([path, { stored, content }]) =>
    !sameContent(now.get(path), stored) && !sameContent(now.get(path), content)
  ).map(([path]) => path);
}

/** Stores the edited files, one after the other. An error names the file. */
export async function storeFiles(
  contents: ContentRequests,
  stackId: number,
  files: EditedFiles,
): Promise<void> {
  for (const [path, { content }] of editedFiles(files)) {
    try {
      await contents.put(stackId, path, bytesOf(content));
    } catch (error) {
      throw new Error(FILE_TAB_LABELS.notStored(path, messageOf(error)), { cause: error });
    }
  }
}

/** Renames a stored file. If the server refuses to delete the old one, the new one is deleted again. */
export async function renameFile(
  contents: ContentRequests,
  stackId: number,
  from: string,
  to: string,
): Promise<void> {
  await contents.put(stackId, to, await contents.read(stackId, from));
  try {
    await contents.remove(stackId, from);
  } catch (error) {
    await contents.remove(stackId, to).catch(() => {});
    throw error;
  }
}
