/** Reading of a whole log, or of a range of it, for a download. */
import type { LineText } from "./line.ts";
import type { TimeSpan } from "./line_filter.ts";

/** A log that can be read from a time on. */
export interface LogArchive {
  /** Yields the lines of a range, oldest first. */
  readonly read: (span: TimeSpan, signal: AbortSignal) => AsyncIterable<readonly LineText[]>;
  /**
   * Returns an address at which the browser saves the lines of a range as they were written; `undefined` when only
   * {@linkcode LogArchive.read} can read them.
   */
  readonly addressOf: (span: TimeSpan) => Promise<string | undefined>;
}
