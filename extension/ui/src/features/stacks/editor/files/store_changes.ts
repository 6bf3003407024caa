/** Saves texts and files together, as one version. */
import type { StackChange } from "../../../../../../../server/protocol/stack_requests.ts";
import type { ContentRequests } from "../../model/content_requests.ts";
import { FILE_TAB_LABELS } from "../../model/plan/labels_files.ts";
import type { StackRequests } from "../../model/stack_requests.ts";
import { messageOf } from "../../parts/use_task.ts";
import { bytesOf, type EditedFiles, editedFiles, type FileContent } from "./edited_files.ts";

/** Largest request, bytes; the server refuses bodies over 1 MiB. */
const MOST_BYTES = 900 * 1024;

type FileChange = NonNullable<StackChange["files"]>[number];

/** Requests that a save needs. */
export interface SaveRequests {
  readonly requests: StackRequests;
  readonly contents: ContentRequests;
}

/** Values that a save stores. */
export interface Changes {
  /** The texts that differ. */
  readonly texts: Pick<StackChange, "compose" | "env">;
  readonly files: EditedFiles;
}

/** Stores texts and files as one version, and deploys them if requested. Throws refusals; nothing is stored then. */
export async function storeChanges(
  { requests, contents }: SaveRequests,
  stackId: number,
  { texts, files }: Changes,
  deploy: boolean,
): Promise<void> {
  const changes = await fileChanges(contents, texts, files);
  await requests.change(stackId, { ...texts, ...changes.length > 0 && { files: changes }, deploy });
}

/** Returns the edited files for a request with some texts. Uploads them first if the request would be too large. */
export async function fileChanges(
  contents: ContentRequests,
  texts: object,
  files: EditedFiles,
): Promise<FileChange[]> {
  const edited = editedFiles(files).map(([path, { content }]) => ({
    content,
    change: changeOf(path, content),
  }));
  const size = edited.reduce((sum, { change }) => sum + sizeOf(change), sizeOf(texts));
  const changes: FileChange[] = [];
  for (const { content, change } of edited) {
    const isInline = size <= MOST_BYTES || content === undefined;
    changes.push(isInline ? change : await uploaded(contents, change.path, content));
  }
  return changes;
}

async function uploaded(contents: ContentRequests, path: string, content: FileContent): Promise<FileChange> {
  try {
    return { path, upload: await contents.upload(bytesOf(content)) };
  } catch (cause) {
    throw new Error(FILE_TAB_LABELS.notStored(path, messageOf(cause)), { cause });
  }
}

function changeOf(path: string, content: FileContent | undefined): FileChange {
  if (content instanceof Uint8Array) return { path, base64: content.toBase64() };
  return { path, text: content ?? null };
}

function sizeOf(value: object): number {
  return new TextEncoder().encode(JSON.stringify(value)).length + 1;
}
