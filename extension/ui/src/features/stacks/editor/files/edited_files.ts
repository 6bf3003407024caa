/** Pure: the further files of a form, as they are stored and as they were edited. */
import type { StackDraft } from "../../../../../../../server/protocol/stack_requests.ts";

/** Content of a file: a text, or bytes that are not text. */
export type FileContent = string | Uint8Array;

/** A file that was opened or added. */
export interface EditedFile {
  /** Content on the server when the file was opened; `undefined` for a file that the server does not have. */
  readonly stored: FileContent | undefined;
  /** `undefined` for a file that the save deletes. */
  readonly content: FileContent | undefined;
}

/** Files by path. */
export type EditedFiles = ReadonlyMap<string, EditedFile>;

/** No files. */
export const NO_FILES: EditedFiles = new Map();
/** Largest total of the texts that a check receives, characters. */
const MOST_CHECKED = 256 * 1024;

/** Reports if a file differs from the stored one. */
export function isEdited({ stored, content }: EditedFile): boolean {
  return !sameContent(stored, content);
}

/** Compares two contents byte for byte. */
export function sameContent(one: FileContent | undefined, other: FileContent | undefined): boolean {
  if (one === other) return true;
  if (!(one instanceof Uint8Array) || !(other instanceof Uint8Array)) return false;
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Returns the files that differ from the stored ones, by path. */
export function editedFiles(files: EditedFiles): readonly (readonly [path: string, file: EditedFile])[] {
  return [...files].filter(([, file]) => isEdited(file)).sort(([one], [other]) => one < other ? -1 : 1);
}

/** Returns the texts for the draft; a draft has no bytes. */
export function draftTexts(files: EditedFiles): readonly { readonly path: string; readonly text: string }[] {
  return editedFiles(files).flatMap(([path, { content }]) =>
    typeof content === "string" ? [{ path, text: content }] : []
  );
}

/** Returns the paths of the stored files that the save deletes. */
export function removedPaths(files: EditedFiles): readonly string[] {
  return editedFiles(files).flatMap(([path, { content }]) => content === undefined ? [path] : []);
}

/** Reports if a file has bytes that only this page has. */
export function hasUnstoredBytes(files: EditedFiles): boolean {
  return editedFiles(files).some(([, { content }]) => content instanceof Uint8Array);
}

/** Returns the files for a check of the texts: with their texts as far as they fit into a request. */
export function filesToCheck(files: EditedFiles): StackDraft["files"] {
  const edited = editedFiles(files).filter(([, { content }]) => content !== undefined);
  if (edited.length === 0) return undefined;
  let left = MOST_CHECKED;
  return edited.map(([path, { content }]) => {
    if (typeof content !== "string" || content.length > left) return { path };
    left -= content.length;
    return { path, text: content };
  });
}

/** Returns the files with one more, or with another content of one. */
export function withFile(files: EditedFiles, path: string, file: EditedFile): EditedFiles {
  return new Map([...files, [path, file]]);
}

/** Returns the files after a rename; a stored file is deleted under its old path. */
export function withRenamed(files: EditedFiles, from: string, to: string, file: EditedFile): EditedFiles {
  const renamed = withFile(files, to, { stored: files.get(to)?.stored, content: file.content });
  return withDeleted(renamed, from, file);
}

/** Returns the files after a deletion, which a stored file keeps until the save. */
export function withDeleted(files: EditedFiles, path: string, { stored }: EditedFile): EditedFiles {
  return stored === undefined
    ? withoutFile(files, path)
    : withFile(files, path, { stored, content: undefined });
}

/** Returns the files without one. */
export function withoutFile(files: EditedFiles, path: string): EditedFiles {
  return new Map([...files].filter(([name]) => name !== path));
}

/** Returns the bytes of a content. */
export function bytesOf(content: FileContent): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
