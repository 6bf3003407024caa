import type { LevelName, LogMessage } from "../protocol/log.ts";

const DIM = "\x1b[2m";
const COLORS: Readonly<Record<LevelName, string>> = {
  DEBUG: DIM,
  INFO: "\x1b[32m",
  WARN: "\x1b[33m",
  ERROR: "\x1b[31m",
  FATAL: "\x1b[1;31m",
};

// deno-lint-ignore no-control-regex -- control characters are what is looked for
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
// deno-lint-ignore no-control-regex -- the same, and ends of lines
const COLOR_OR_CONTROL = /\x1b\[[\d;]*m|[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;

/** The line for a terminal, without its end; the time is that of this machine. */
export function prettyLine({ level, timestamp, message, file, line }: LogMessage, colors: boolean): string {
  const paint = (code: string, text: string) => colors ? `${code}${text}\x1b[0m` : text;
  const time = new Date(timestamp).toTimeString().slice(0, 8);
  const text = withoutControls(message).replaceAll("\n", "\n    ");
  const place = paint(DIM, `(${file}:${line})`);
  return `${paint(DIM, time)} ${paint(COLORS[level], level.padEnd(5))} ${text} ${place}`;
}

/** A text that cannot move the cursor or forge a line; colors are left in it. */
export function colorsOnly(text: string): string {
  return text.replace(COLOR_OR_CONTROL, (found) => found.length > 1 ? found : "�");
}

/** A text as a part of one line: a control character would break the line, or worse. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, " ");
}

/** Only tabs and ends of lines are left of what moves the cursor. */
function withoutControls(text: string): string {
  return text.replace(CONTROL, "�");
}
