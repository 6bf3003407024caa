import fc from "fast-check";
import { toCommand } from "../../../../src/features/containers/terminal/command_text.ts";
import { barKey, controlled } from "../../../../src/features/containers/terminal/keys.ts";
import { lineCount, pastedText } from "../../../../src/features/containers/terminal/pasted_text.ts";
import { assert, assertEquals } from "@std/assert";

Deno.test("pasted text keeps tabs and line breaks, and no other control character", () => {
  assertEquals(pastedText("a\tb\r\nc\rd\ne"), "a\tb\nc\nd\ne");
  assertEquals(pastedText("x\x1b[201~rm -rf /\x9b201~\x07\x7f\0y"), "x[201~rm -rf /201~y");
});

Deno.test("nested ends of a paste do not survive", () => {
  assertEquals(pastedText("\x1b[20\x1b[201~1~"), "[20[201~1~");
});

Deno.test("pasted text of any kind has no control characters after one pass", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const cleaned = pastedText(text);
    assert(!/[^\P{Cc}\t\n]/u.test(cleaned));
    assertEquals(pastedText(cleaned), cleaned);
  }));
});

Deno.test("text without control characters is pasted exactly", () => {
  const text = "héllo 世界 🚀\n\t".repeat(1000);
  assertEquals(pastedText(text), text);
  assertEquals(lineCount(text), 1001);
});

Deno.test("a typed command is split at spaces, except in quotes", () => {
  assertEquals(toCommand(`  psql -c "select 1" -d 'my db' a"b c"d`), [
    "psql",
    "-c",
    "select 1",
    "-d",
    "my db",
    "ab cd",
  ]);
  assertEquals([toCommand(""), toCommand("echo $(id) ; ls")], [[], ["echo", "$(id)", ";", "ls"]]);
});

Deno.test("Ctrl turns letters into control characters", () => {
  assertEquals([controlled("c"), controlled("C"), controlled("["), controlled("ab"), controlled("é")], [
    "\x03",
    "\x03",
    "\x1b",
    "ab",
    "é",
  ]);
});

Deno.test("arrows have the form that the program has requested", () => {
  assertEquals([barKey("\x1b[A", false), barKey("\x1b[A", true), barKey("\t", true)], [
    "\x1b[A",
    "\x1bOA",
    "\t",
  ]);
});
