import { AppError, type Issue } from "../server/errors.ts";
import { parseYaml } from "../server/yaml.ts";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "./assert.ts";

/** Returns the only issue of a text. */
function issueOf(text: string): Issue {
  const error = assertThrows(() => parseYaml(text, "compose"), AppError);
  return error.issues[0]!;
}

Deno.test("reports a duplicate key with a line and a column inside the text", () => {
  const { line, column, message } = issueOf("services:\n  a:\n    image: x:1\n  a:\n    image: y:1\n");
  assert(line !== undefined && line >= 4 && line <= 5, `line ${line}`);
  assert(column !== undefined && column >= 1, `column ${column}`);
  assertStringIncludes(message, "duplicated key");
});

Deno.test("reports an unclosed list at the last line, not after it", () => {
  assertEquals(issueOf("services:\n  a: [\n\n").line, 2);
});

Deno.test("reports nesting that is too deep", () => {
  assertStringIncludes(issueOf("[".repeat(20_000)).message, "nested too deeply");
});

for (const value of ["!hunter2", "*hunter2"]) {
  Deno.test(`an error about ${value} has its place but not the text, which may be a secret`, () => {
    const error = assertThrows(() => parseYaml(`a: 1\npassword: ${value}\n`, "f"), AppError);
    assertStringIncludes(error.message, "quote a text that begins with ! or *");
    assertEquals([error.message.includes("hunter2"), error.issues?.[0]?.line], [false, 2]);
  });
}
