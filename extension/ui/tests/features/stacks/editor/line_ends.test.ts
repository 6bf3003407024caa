import { assertEquals } from "../../../../../../tests/assert.ts";
import { lineEndOf, withLineEnd } from "../../../../src/features/stacks/editor/line_ends.ts";

for (
  const [text, end] of [
    ["", "\n"],
    ["A=1", "\n"],
    ["A=1\nB=2", "\n"],
    ["A=1\r\nB=2", "\r\n"],
    ["A=1\r\nB=2\r\n", "\r\n"],
    ["A=1\r\nB=2\n", "\n"],
    ["A=1\rB=2", "\n"],
    ["A=1\rB=2\r\n", "\n"],
  ] as const
) {
  Deno.test(`finds ${JSON.stringify(end)} as the line end of ${JSON.stringify(text)}`, () =>
    assertEquals(lineEndOf(text), end));
}

Deno.test("replaces all line ends of a pasted text", () => {
  assertEquals(withLineEnd("a\r\nb\nc\rd", "\r\n"), "a\r\nb\r\nc\r\nd");
  assertEquals(withLineEnd("a\r\nb\nc\rd", "\n"), "a\nb\nc\nd");
});
