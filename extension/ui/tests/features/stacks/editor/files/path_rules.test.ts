import fc from "fast-check";
import { assertEquals } from "../../../../../../../tests/assert.ts";
import { checkConflicts, checkFilePath } from "../../../../../../../server/stacks/run/file_paths.ts";
import { conflictMistake, pathMistake } from "../../../../../src/features/stacks/editor/files/path_rules.ts";

/** Reports if the server refuses. */
function refuses(check: () => void): boolean {
  try {
    check();
    return false;
  } catch {
    return true;
  }
}

const PARTS = [
  "",
  ".",
  "..",
  "a",
  ".git",
  ".GIT",
  ".env",
  "compose.yaml",
  "Docker-Compose.prod.yml",
  "a\\b",
  "\n",
];
/** A path of 1,025 bytes. */
const LONG = Array.from({ length: 5 }, () => "x".repeat(204)).join("/") + "x";
const path = fc.array(fc.oneof(fc.constantFrom(...PARTS), fc.string({ maxLength: 6 })), { maxLength: 18 })
  .map((names) => names.join("/"));

Deno.test("refuses exactly the paths that the server refuses", () => {
  fc.assert(
    fc.property(path, (text) => {
      assertEquals(pathMistake(text) !== undefined, refuses(() => checkFilePath(text)), JSON.stringify(text));
    }),
    {
      numRuns: 500,
      seed: 3,
      examples: [["a".repeat(256)], ["ä".repeat(128)], ["a/".repeat(16) + "a"], ["\ud800"], [
        LONG.slice(0, -1),
      ], [LONG]],
    },
  );
});

Deno.test("refuses the same conflicts as the server", () => {
  const name = fc.array(fc.constantFrom("a", "A", "b"), { minLength: 1, maxLength: 3 }).map((all) =>
    all.join("/")
  );
  fc.assert(
    fc.property(name, fc.array(name, { maxLength: 4 }), (text, others) => {
      const rest = others.filter((other) => other !== text);
      const expected = refuses(() => checkConflicts([text], rest));
      assertEquals(conflictMistake(text, rest) !== undefined, expected);
    }),
    { numRuns: 300, seed: 3 },
  );
});
