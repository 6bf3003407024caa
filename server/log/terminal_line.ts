/** Pure: a line of a program's output, as a terminal shows it in the end. */
import { colorsOnly } from "./format.ts";

// deno-lint-ignore no-control-regex -- matches control characters
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/;
// Each alternative stops at the next escape, so the time is linear.
const SEQUENCE =
  // deno-lint-ignore no-control-regex -- matches escape sequences
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_][^\x1b]*\x1b\\|\x1b[ -/]*[0-OQ-WYZ\\`-~]/g;
// deno-lint-ignore no-control-regex -- matches escape sequences
const COLOR = /^\x1b\[[\d;]*m$/;
// deno-lint-ignore no-control-regex -- matches escape sequences
const COLOR_OR_CHARACTER = /\x1b\[[\d;]*m|./gsu;
// deno-lint-ignore no-control-regex -- matches escape sequences
const RESET = /^\x1b\[0*[;m]/;
/** Maximum number of colors that apply at once; further ones replace the oldest. */
const MOST_COLORS = 16;

/**
 * Returns the last state of a line: after carriage returns and backspaces, with its colors, and without the other
 * escape sequences. Further control characters are replaced.
 */
export function terminalLine(text: string): string {
  if (!CONTROL.test(text)) return text;
  const colored = withoutReturns(text.replace(SEQUENCE, (found) => COLOR.test(found) ? found : ""));
  return colorsOnly(/[\r\b]/.test(colored) ? lastState(colored) : colored);
}

/** Removes carriage returns at the end. A regular expression would take quadratic time for those in the middle. */
function withoutReturns(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\r") end--;
  return text.slice(0, end);
}

/** Writes the characters of a line into cells, as a terminal does. */
function lastState(text: string): string {
  let cells: string[] = [];
  let column = 0;
  // Colors that the next character begins with, and all that apply.
  let colors = "";
  let active: string[] = [];
  for (const [token] of text.matchAll(COLOR_OR_CHARACTER)) {
    if (COLOR.test(token)) {
      colors += token;
      active = [...RESET.test(token) ? [] : active, token].slice(-MOST_COLORS);
    } else if (token === "\b") column = Math.max(column - 1, 0);
    else if (token === "\r") {
      // The next text replaces the whole line, but not the colors.
      colors = active.join("");
      cells = [];
      column = 0;
    } else {
      cells[column++] = colors + token;
      colors = "";
    }
  }
  return cells.join("") + colors;
}
