/** Lines of a log, and entries of lines that belong together. */
import type { Level } from "./level.ts";

/** A line before it is stored. */
export interface LineText {
  /** ISO 8601, UTC; empty when unknown. */
  readonly timestamp: string;
  readonly text: string;
  /** The text with its color sequences, if it has any. */
  readonly styled?: string;
  readonly stream?: "stdout" | "stderr";
  /** Key of the container that wrote the line, in a log of several. */
  readonly source?: string;
  /** Level that the log states; otherwise the text is searched for it. */
  readonly level?: Level;
  /** Source location, such as "serve.ts:70". */
  readonly place?: string;
  /** Set for notes that this page adds between the lines. */
  readonly note?: true;
  /** Number of the line among those of its source with this timestamp, when the server has sent it. */
  readonly ordinal?: number;
}

/** A stored line. */
export interface Line extends LineText {
  /** Unique in its store. Later lines have larger ids, unless they were inserted between others. */
  readonly id: number;
}

/** A line with the lines that continue it, such as a stack trace. */
export interface Entry {
  /** Id of the first line. */
  readonly id: number;
  readonly head: Line;
  readonly rest: readonly Line[];
  readonly level: Level | undefined;
  /** Time of the first line, epoch ms; `NaN` when unknown. */
  readonly at: number;
}

/** Returns all lines of an entry. */
export function linesOf({ head, rest }: Entry): readonly Line[] {
  return rest.length === 0 ? [head] : [head, ...rest];
}

/** Returns the text of an entry as it was written. */
export function textOf(entry: Entry): string {
  return linesOf(entry).map(({ text }) => text).join("\n");
}
