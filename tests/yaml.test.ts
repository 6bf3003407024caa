import { AppError, type Issue } from "../server/errors.ts";
import { parseYaml } from "../server/yaml.ts";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "./assert.ts";

/** The one mistake of a text. */
function mistake(text: string): Issue {
  const error = assertThrows(() => parseYaml(text, "compose"), AppError);
  return error.issues[0]!;
}

Deno.test("a key that stands twice is told with a line and a column that are there", () => {
  const { line, column, message } = mistake("services:\n  a:\n    image: x:1\n  a:\n    image: y:1\n");
  assert(line !== undefined && line >= 4 && line <= 5, `line ${line}`);
  assert(column !== undefined && column >= 1, `column ${column}`);
  assertStringIncludes(message, "duplicated key");
});

Deno.test("what is not closed is told at the last line, not behind it", () => {
  assertEquals(mistake("services:\n  a: [\n\n").line, 2);
});

Deno.test("what is nested without end is said to be so", () => {
  assertStringIncludes(mistake("[".repeat(20_000)).message, "nested too deeply");
});
