import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  type DifferenceLine,
  fileDifferences,
  textDifference,
} from "../../../../src/features/stacks/model/version_difference.ts";

const shown = (lines: readonly DifferenceLine[] | undefined) =>
  lines?.map(({ kind, text }) => `${kind} ${text}`);

Deno.test("shows no lines of equal texts", () => {
  assertEquals(textDifference("a\n", "a\n"), []);
});

Deno.test("shows changed lines between equal ones", () => {
  assertEquals(shown(textDifference("a\nb\nc\n", "a\nB\nc\n")), ["same a", "removed b", "added B", "same c"]);
});

Deno.test("leaves out equal lines that are far from a change", () => {
  const middle = Array.from({ length: 20 }, (_, index) => `${index}\n`).join("");
  const lines = textDifference(`a\n${middle}z\n`, `A\n${middle}Z\n`)!;
  assertEquals(lines.filter(({ kind }) => kind === "gap").length, 1);
  assertEquals(lines.filter(({ kind }) => kind === "same").length, 6);
});

Deno.test("shows a text that has become empty", () => {
  assertEquals(shown(textDifference("a\n", "")), ["removed a"]);
});

Deno.test("lists further files that differ by path", () => {
  const file = (path: string, digest: string) => ({ path, size: 1, digest, mode: "644" });
  const changes = fileDifferences(
    [file("b", "1"), file("gone", "1"), file("same", "1")],
    [file("same", "1"), file("b", "2"), file("a", "1")],
  );
  assertEquals(changes.map(({ path, change }) => `${path} ${change}`), [
    "a added",
    "b changed",
    "gone removed",
  ]);
});
