/** Saves texts and files together, as one version as far as they fit into one request. */
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

/** Stores texts and files, and deploys them with the last request. Throws refusals. */
export async function storeChanges(
  { requests, contents }: SaveRequests,
  stackId: number,
  { texts, files }: Changes,
  deploy: boolean,
): Promise<void> {
  const { batches, large } = batchesOf(texts, files);
  for (const [index, batch] of batches.entries()) {
    await requests.change(stackId, {
      ...index === 0 && texts,
      ...batch.length > 0 && { files: batch },
      deploy: deploy && large.length === 0 && index === batches.length - 1,
    });
  }
  for (const [path, content] of large) {
    await contents.put(stackId, path, bytesOf(content)).catch((cause) => {
      throw new Error(FILE_TAB_LABELS.notStored(path, messageOf(cause)), { cause });
    });
  }
  if (deploy && large.length > 0) await requests.change(stackId, { deploy });
}

/** Splits the edited files into requests; the texts are in the first one. A file that fits into none is sent raw. */
function batchesOf(texts: Changes["texts"], files: EditedFiles) {
  const large: (readonly [string, FileContent])[] = [];
  const batches: FileChange[][] = [[]];
  let left = MOST_BYTES - sizeOf(texts);
  for (const [path, { content }] of editedFiles(files)) {
    const change = changeOf(path, content);
    const size = sizeOf(change);
    if (content !== undefined && size > MOST_BYTES) {
      large.push([path, content]);
      continue;
    }
    if (size > left) {
      batches.push([]);
      left = MOST_BYTES;
    }
    batches.at(-1)!.push(change);
    left -= size;
  }
  return { batches, large };
}

function changeOf(path: string, content: FileContent | undefined): FileChange {
  if (content instanceof Uint8Array) return { path, base64: content.toBase64() };
  return { path, text: content ?? null };
}

function sizeOf(value: object): number {
  return new TextEncoder().encode(JSON.stringify(value)).length + 1;
}
