/** Converts terminal output to text. All functions take linear time, since a container may write anything. */
import ansiRegex from "ansi-regex";

/** Control characters except tab and newline. */
// deno-lint-ignore no-control-regex -- matches control characters on purpose
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;
// deno-lint-ignore no-control-regex -- matches control characters on purpose
const CONTROLS_BUT_ESCAPE = /[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]/g;
// deno-lint-ignore no-control-regex -- matches escape characters on purpose
const STRAY_ESCAPE = /\x1b(?!\[[\d;]*m)/g;
// deno-lint-ignore no-control-regex -- matches escape sequences on purpose
const STYLE = /\x1b\[[\d;]*m/g;
// deno-lint-ignore no-control-regex -- matches escape sequences on purpose
const IS_STYLE = /^\x1b\[[\d;:]*m$/;
const SEQUENCE = ansiRegex();

/** A line without control characters. */
export interface TerminalText {
  readonly text: string;
  /** The text with its color sequences (SGR), if it has any. */
  readonly styled?: string;
}

/** Removes escape sequences, and keeps only the last state of a line that was overwritten (`10 %\r20 %`). */
export function plainText(line: string): string {
  return terminalText(line).text;
}

/** Does the same as {@linkcode plainText}, and also returns the text with its colors. */
export function terminalText(line: string): TerminalText {
  // Most lines have none, and a search is cheaper than a replacement.
  if (!CONTROL.test(line)) return { text: line };
  const kept = line.replace(SEQUENCE, (sequence) => IS_STYLE.test(sequence) ? withSemicolons(sequence) : "");
  const styled = lastStates(kept).replace(CONTROLS_BUT_ESCAPE, "").replace(STRAY_ESCAPE, "");
  if (!styled.includes("\x1b")) return { text: styled };
  return { text: styled.replace(STYLE, ""), styled };
}

/** Returns the part of each line after its last carriage return. */
function lastStates(text: string): string {
  if (!text.includes("\r")) return text;
  return text.split("\n").map((line) => {
    let end = line.length;
    while (line[end - 1] === "\r") end--;
    return line.slice(line.lastIndexOf("\r", end - 1) + 1, end);
  }).join("\n");
}

/** Rewrites `38:2::1:2:3`, a form of true colors that names a color space, as `38;2;1;2;3`. */
function withSemicolons(sequence: string): string {
  return sequence.replace(/([34]8):2:\d*:(?=\d*:\d*:)/g, "$1;2;").replaceAll(":", ";");
}
