import type { LevelName, LogMessage } from "../protocol/log.ts";

const DIM = "\x1b[2m";
const COLORS: Readonly<Record<LevelName, string>> = {
  DEBUG: DIM,
  INFO: "\x1b[32m",
  WARN: "\x1b[33m",
  ERROR: "\x1b[31m",
  FATAL: "\x1b[1;31m",
};

// The marks of direction (U+202A to U+202E, U+2066 to U+2069) would show a text in another order.
// deno-lint-ignore no-control-regex -- matches control characters
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;
// deno-lint-ignore no-control-regex -- matches control characters and line ends
const COLOR_OR_CONTROL = /\x1b\[[\d;]*m|[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;
const PART_CONTROL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Formats a line for a terminal, in local time and without a line end. */
export function prettyLine({ level, timestamp, message, file, line }: LogMessage, colors: boolean): string {
  const paint = (code: string, text: string) => colors ? `${code}${text}\x1b[0m` : text;
  const time = new Date(timestamp).toTimeString().slice(0, 8);
  const text = withoutControls(message).replaceAll("\n", "\n    ");
  const place = paint(DIM, `(${file}:${line})`);
  return `${paint(DIM, time)} ${paint(COLORS[level], level.padEnd(5))} ${text} ${place}`;
}

/** Removes everything that can move the cursor, forge a line or reorder a text; colors remain. */
export function colorsOnly(text: string): string {
  return text.replace(COLOR_OR_CONTROL, (found) => found.length > 1 ? found : "�");
}

/** Replaces control characters and marks of direction in a part of a line. */
export function printable(text: string): string {
  return text.replace(PART_CONTROL, " ");
}

/** Keeps tabs and line ends, and removes everything else that moves the cursor or reorders a text. */
function withoutControls(text: string): string {
  return text.replace(CONTROL, "�");
}
