import { plainText, terminalText } from "../../src/lib/plain_text.ts";
import { assertEquals } from "../../../../tests/assert.ts";

for (
  const [what, line, expected] of [
    ["text without commands", "GET / 200\ttab", "GET / 200\ttab"],
    ["colors", "\x1b[31mred\x1b[0m and \x1b[1;38;5;42mgreen\x1b[m", "red and green"],
    ["true colors and the moving of a cursor", "\x1b[2K\x1b[1G\x1b[38;2;1;2;3mdone", "done"],
    ["a link of a terminal", "\x1b]8;;https://example.org\x07here\x1b]8;;\x07", "here"],
    ["a line that was written over", "10 %\r20 %\r30 %", "30 %"],
    ["a line that ends as on Windows", "done\r", "done"],
    ["several lines", "a\r\nb\nc", "a\nb\nc"],
    ["bells and other controls", "a\x07b\x00c\x9dd", "abcd"],
    ["letters of every script", "größe 🐳 日本 \u202b", "größe 🐳 日本 \u202b"],
  ] as const
) {
  Deno.test(`${what} as plain text`, () => assertEquals(plainText(line), expected));
}

for (
  const [what, line, expected] of [
    ["text after a control character", `\x01${"x".repeat(1_000_000)}`, 1_000_000],
    ["unfinished commands", "\x1b]".repeat(500_000), 500_000],
    ["carriage returns", "\r".repeat(1_000_000), 0],
    ["colors", "\x1b[31m".repeat(200_000), 0],
  ] as const
) {
  // In quadratic time, each would take minutes.
  Deno.test(`1 MB of ${what} as plain text`, () => assertEquals(plainText(line).length, expected));
}

for (
  const [what, line, styled] of [
    [
      "keeps colors, and drops titles and cursor movements",
      "\x1b]0;t\x07\x1b[2K\x1b[31mred\x1b[0m",
      "\x1b[31mred\x1b[0m",
    ],
    ["rewrites colors with colons", "\x1b[38:2::1:2:3mx", "\x1b[38;2;1;2;3mx"],
    ["has no colors for a line without them", "\x07plain", undefined],
    ["keeps the colors of the last state of a line", "\x1b[31m10 %\r\x1b[32m20 %", "\x1b[32m20 %"],
    ["drops an escape character without a command", "a\x1b[31", undefined],
  ] as const
) {
  Deno.test(`styled text ${what}`, () => assertEquals(terminalText(line).styled, styled));
}
