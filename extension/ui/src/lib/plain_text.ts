/** What programs write for a terminal, as text for a page. */
import stripAnsi from "strip-ansi";

/** Everything that is no text but a command to a terminal; tabs and ends of lines stay. */
// deno-lint-ignore no-control-regex -- these are what is looked for
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** A line without colours and other commands; of one that was written over (`10 %\r20 %`) what a terminal shows last. */
export function plainText(line: string): string {
  // Most lines have none, and looking is cheaper than replacing.
  if (line.search(CONTROLS) < 0) return line;
  return stripAnsi(line).replace(/\r+(?=\n|$)/g, "").replace(/[^\n]*\r/g, "").replace(CONTROLS, "");
}
