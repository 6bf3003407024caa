import { colorsOnly, prettyLine } from "../../server/log/format.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";

const LINE = {
  level: "WARN",
  timestamp: "2026-08-01T12:00:00.000Z",
  message: "one\ntwo",
  file: "serve.ts",
  line: 70,
} as const;

Deno.test("a pretty line has the local time, and its further lines are indented", () => {
  const time = new Date(LINE.timestamp).toTimeString().slice(0, 8);
  assertEquals(prettyLine(LINE, false), `${time} WARN  one\n    two (serve.ts:70)`);
});

Deno.test("colors are only used on request", () => {
  assertStringIncludes(prettyLine(LINE, true), "\x1b[33mWARN \x1b[0m");
  assertEquals(prettyLine(LINE, false).includes("\x1b"), false);
});

Deno.test("removes control characters from a message", () => {
  const cleaned = prettyLine({ ...LINE, message: "a\x1b[2Jb\rc\x9bd\te" }, false);
  assertStringIncludes(cleaned, "a�[2Jb�c�d\te");
});

Deno.test("keeps only colors of the terminal output of a container", () => {
  assertEquals(
    colorsOnly("\x1b[1;31mred\x1b[0m\x1b[2J\x1b]0;title\x07\r\n"),
    "\x1b[1;31mred\x1b[0m�[2J�]0;title���",
  );
});
