import { Text } from "@codemirror/state";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { errorsOf, rangeOf, warningsOf } from "../../../../src/features/stacks/editor/issues.ts";
import { positionLabel } from "../../../../src/features/stacks/model/labels_editor.ts";
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
  Deno.test(`marks "${marked}" for an issue at line ${line}, column ${column}`, () => {
    const place = { ...line === undefined ? {} : { line }, ...column === undefined ? {} : { column } };
    const { from, to } = rangeOf(place, TEXT);
    assertEquals(TEXT.sliceString(from, to), marked);
  });
}

Deno.test("assigns each issue to the file that its path starts with", () => {
  const errors = ["compose.services.web", "compose", "env", "name", "compose[0]"].map((path) => ({
    path,
    message: "no",
  }));
  const refused = new Refusal({ type: "about:blank", title: "", status: 422, detail: "no", errors });
  assertEquals(errorsOf(refused).map(({ place }) => place), [
    "compose",
    "compose",
    "env",
    "form",
    "compose",
  ]);
  assertEquals(warningsOf(errors).map(({ severity }) => severity), Array(5).fill("warning"));
});

Deno.test("finds no errors in a failure without a problem document", () =>
  assertEquals(errorsOf(new Error("gone")), []));

Deno.test("shows a position as far as it is known", () => {
  const issue = { path: "compose", message: "no" };
  assertEquals([
    positionLabel({ ...issue, line: 3, column: 5 }),
    positionLabel({ ...issue, line: 3 }),
    positionLabel(issue),
  ], [
    "Line 3, column 5",
    "Line 3",
    undefined,
  ]);
});
