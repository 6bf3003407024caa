/** Texts that a new stack begins with, instead of typed ones. */

import type { EditedFiles } from "../files/edited_files.ts";

/** Texts of a template, a converted command, a dropped file or a folder. */
export interface Intake {
  /** Proposed name; empty without one. */
  readonly name: string;
  readonly compose: string;
  /** `undefined` to keep the typed environment. */
  readonly env?: string | undefined;
  /** Further files; `undefined` to keep the added ones. */
  readonly files?: EditedFiles | undefined;
}

/** Props of the ways to begin a stack. */
export interface IntakeProps {
  /** Called with the texts, which replace the typed ones. */
  readonly onTake: (intake: Intake) => void;
  /** Folder that was dropped. */
  readonly dropped?: FileSystemDirectoryEntry | undefined;
}
