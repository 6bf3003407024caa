/** Converts terminal output to plain text. */
import stripAnsi from "strip-ansi";

/** Control characters except tab and newline. */
// deno-lint-ignore no-control-regex -- matches control characters on purpose
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Removes escape sequences, and keeps only the last state of a line that was overwritten (`10 %\r20 %`). */
export function plainText(line: string): string {
  // Most lines have none, and a search is cheaper than a replacement.
  if (line.search(CONTROLS) < 0) return line;
  return stripAnsi(line).replace(/\r+(?=\n|$)/g, "").replace(/[^\n]*\r/g, "").replace(CONTROLS, "");
}
