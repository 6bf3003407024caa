import { plainText } from "../../src/lib/plain_text.ts";
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
