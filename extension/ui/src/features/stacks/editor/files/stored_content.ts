/** Files of the form on the server. */
import { Refusal } from "../../../../lib/transport/transport.ts";
import type { ContentRequests } from "../../model/content_requests.ts";
import { textOf } from "../../model/file_texts.ts";
import { type EditedFiles, editedFiles, type FileContent, sameContent } from "./edited_files.ts";

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
