import { colorsOnly, prettyLine, printable } from "../../server/log/format.ts";
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

for (
  const [what, text, shown] of [
    ["moves the cursor", "a\x1b[5Ab", "a�[5Ab"],
    ["ends the line", "a\nb\rc", "a�b�c"],
    ["sets the title", "\x1b]2;t\x1b\\", "�]2;t�\\"],
    ["starts with an 8-bit control", "\x9b31mred", "�31mred"],
    ["erases characters", "ab\b\x7f", "ab��"],
    ["is an unfinished color", "\x1b[31", "�[31"],
    ["hides a control in a color", "\x1b[3\x1b[0m1m", "�[3\x1b[0m1m"],
    ["is not a control", "\tgrün 🐳 [31m", "\tgrün 🐳 [31m"],
  ] as const
) {
  Deno.test(`of colored output that ${what}, only colors and text remain`, () => {
    assertEquals(colorsOnly(text), shown);
  });
}

Deno.test("a part of a line has spaces instead of tabs, line ends and other controls", () => {
  assertEquals(printable("a\tb\nc\x1b[31md\x9be"), "a b c [31md e");
});

for (
  const mark of ["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"]
) {
  const code = mark.codePointAt(0)!.toString(16);
  Deno.test(`the mark of direction U+${code} is replaced in names, output and messages`, () => {
    const name = `web${mark}gpj.exe`;
    assertEquals([printable(name), colorsOnly(name)], ["web gpj.exe", "web�gpj.exe"]);
    assertStringIncludes(prettyLine({ ...LINE, message: name }, false), "web�gpj.exe");
  });
}

Deno.test("text that is written from right to left is kept", () => {
  for (const text of ["שלום", "مرحبا"]) assertEquals([printable(text), colorsOnly(text)], [text, text]);
});

Deno.test("further lines of a message cannot look like separate log lines", () => {
  const forged = prettyLine({ ...LINE, message: "a\n12:00:00 FATAL b\r\n\nc" }, false);
  const [, ...further] = forged.split("\n");
  assertEquals(further.filter((line) => !line.startsWith("    ")), []);
});
