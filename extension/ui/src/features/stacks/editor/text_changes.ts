/** Pure: the texts that a save changes. */
import { COMPARE_LABELS } from "../model/labels_contents.ts";
import { editedFiles, type FileContent } from "./files/edited_files.ts";
import type { StackFormValues } from "./use_stack_form.ts";

/** A text before and after a save. */
export interface TextChange {
  /** Name of the text, or path of a file. */
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

type Texts = Pick<StackFormValues, "compose" | "env" | "files">;

/** Returns the texts of a form that differ from the stored ones, the Compose file first. */
export function textChanges(stored: Texts, { compose, env, files }: Texts): readonly TextChange[] {
  const all = [
    { title: COMPARE_LABELS.compose, before: stored.compose, after: compose },
    { title: COMPARE_LABELS.env, before: stored.env, after: env },
    ...editedFiles(files).map(([path, { stored: before, content }]) => ({
      title: path,
      before: textOf(before),
      after: textOf(content),
    })),
  ];
  return all.filter(({ before, after }) => before !== after);
}

/** Returns the text of a file; bytes are only counted. */
function textOf(content: FileContent | undefined): string {
  if (content === undefined) return "";
  return typeof content === "string" ? content : `${content.length} bytes`;
}
