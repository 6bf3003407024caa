import { colorsOnly, prettyLine } from "../../server/log/format.ts";
import { assertEquals, assertStringIncludes } from "../assert.ts";

const LINE = {
  level: "WARN",
  timestamp: "2026-08-01T12:00:00.000Z",
  message: "one\ntwo",
  file: "serve.ts",
  line: 70,
} as const;

Deno.test("a line for people has the time of this machine, and its further lines are set in", () => {
  const time = new Date(LINE.timestamp).toTimeString().slice(0, 8);
  assertEquals(prettyLine(LINE, false), `${time} WARN  one\n    two (serve.ts:70)`);
});

Deno.test("colors are only painted where they are wanted", () => {
  assertStringIncludes(prettyLine(LINE, true), "\x1b[33mWARN \x1b[0m");
  assertEquals(prettyLine(LINE, false).includes("\x1b"), false);
});

Deno.test("nothing in a message moves the cursor", () => {
  const moved = prettyLine({ ...LINE, message: "a\x1b[2Jb\rc\x9bd\te" }, false);
  assertStringIncludes(moved, "a�[2Jb�c�d\te");
});

Deno.test("of what a container writes to a terminal only colors are left", () => {
  assertEquals(
    colorsOnly("\x1b[1;31mred\x1b[0m\x1b[2J\x1b]0;title\x07\r\n"),
    "\x1b[1;31mred\x1b[0m�[2J�]0;title���",
  );
});
