import { Text } from "@codemirror/state";
import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  mistakesOf,
  positionWords,
  rangeOf,
  warningsOf,
} from "../../../../src/features/stacks/editor/issues.ts";
import { Refusal } from "../../../../src/lib/transport/transport.ts";

const TEXT = Text.of(["services:", "  web:", "    image: 7  ", "", "x"]);

for (
  const [line, column, marked] of [
    [1, 1, "services:"],
    [3, 5, "image: 7"],
    [3, 1, "image: 7"],
    [3, 12, "7"],
    [3, 99, "7"],
    [4, 1, ""],
    [99, 1, "x"],
    [undefined, undefined, "services:"],
  ] as const
) {
  Deno.test(`an issue at line ${line}, column ${column} marks "${marked}"`, () => {
    const place = { ...line === undefined ? {} : { line }, ...column === undefined ? {} : { column } };
    const { from, to } = rangeOf(place, TEXT);
    assertEquals(TEXT.sliceString(from, to), marked);
  });
}

Deno.test("each issue is of the text that its path begins with", () => {
  const errors = ["compose.services.web", "compose", "env", "name", "compose[0]"].map((path) => ({
    path,
    message: "no",
  }));
  const refused = new Refusal({ type: "about:blank", title: "", status: 422, detail: "no", errors });
  assertEquals(mistakesOf(refused).map(({ place }) => place), [
    "compose",
    "compose",
    "env",
    "form",
    "compose",
  ]);
  assertEquals(warningsOf(errors).map(({ severity }) => severity), Array(5).fill("warning"));
});

Deno.test("a failure that is no refusal names no mistake", () =>
  assertEquals(mistakesOf(new Error("gone")), []));

Deno.test("a place is told as far as it is known", () => {
  const issue = { path: "compose", message: "no" };
  assertEquals([
    positionWords({ ...issue, line: 3, column: 5 }),
    positionWords({ ...issue, line: 3 }),
    positionWords(issue),
  ], [
    "Line 3, column 5",
    "Line 3",
    undefined,
  ]);
});
