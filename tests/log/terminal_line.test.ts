import { terminalLine } from "../../server/log/terminal_line.ts";
import { assertEquals } from "../assert.ts";

for (
  const [what, text, shown] of [
    ["plain text", "\tgrün 🐳 [31m", "\tgrün 🐳 [31m"],
    ["colors", "\x1b[1;31mred\x1b[0m", "\x1b[1;31mred\x1b[0m"],
    ["carriage returns", "\rstep 1/3\rstep 2/3\rstep 3/3", "step 3/3"],
    ["a carriage return at the end", "step 1\rdone\r\r", "done"],
    ["erased lines", "old\x1b[2K\x1b[1Gbuilt", "oldbuilt"],
    ["an erased line after a carriage return", "10 %\r\x1b[K5 %", "5 %"],
    ["a spinner", "|\b/\b-\b\\ wait", "\\ wait"],
    ["a backspace at the start", "\b\bab", "ab"],
    ["a color before a carriage return", "\x1b[31mstep 1\rstep 2\x1b[0m", "\x1b[31mstep 2\x1b[0m"],
    ["a color that ends before a carriage return", "\x1b[31ma\x1b[0m\rb", "\x1b[0mb"],
    ["a title", "\x1b]0;title\x07text\x1b]2;t\x1b\\", "text"],
    ["a link", "\x1b]8;;https://example.org\x1b\\here\x1b]8;;\x1b\\", "here"],
    ["cursor movements", "a\x1b[5Ab\x1b[10;20Hc\x1b[?25l", "abc"],
    ["a character set and a saved cursor", "\x1b(Ba\x1b7b\x1b8", "ab"],
    ["device control", "\x1bPq#0\x1b\\a", "a"],
    ["8-bit controls", "\x9b2Ja\x9d", "a�"],
    ["unfinished sequences", "a\x1b[31", "a�[31"],
    ["an unfinished title", "\x1b]0;title", "�]0;title"],
    ["other controls", "a\x07b\x7f", "a�b�"],
    ["a line feed", "a\nb", "a�b"],
  ] as const
) {
  Deno.test(`of a line with ${what}, a terminal shows the last state`, () => {
    assertEquals(terminalLine(text), shown);
  });
}

Deno.test("the time for a long line is linear", () => {
  const hostile = "\x1b]".repeat(200_000) + "\x1b[3".repeat(200_000) + "\r\x1b[31ma".repeat(50_000);
  assertEquals(terminalLine(hostile).endsWith("a"), true);
  // A quadratic search would take minutes for these.
  assertEquals(terminalLine("\r".repeat(1_000_000) + "a"), "a");
});
