import { assertEquals } from "../../assert.ts";
import { parsePhrases } from "../../../tools/lint/phrases.ts";
import { prose } from "../../../tools/lint/prose.ts";
import { runRule } from "./run_rule.ts";

const RULE = prose("/x/", parsePhrases("\\bread anew\\b => again"));
const MESSAGE = 'Avoid "read anew": again';

const faults = (source: string, path?: string) => runRule(RULE, source, path);

const PLACES: Record<string, string> = {
  "a line comment": "// It is read anew.",
  "a doc comment": "/** It is read anew. */",
  "a comment over a line end": "/**\n * It is read\n * anew.\n */",
  "a string": 'throw new Error("It is read anew");',
  "a template": "const a = `It is ${b} read anew`;",
  "a value of an object": 'const a = { b: "It is read anew" };',
};

for (const [place, source] of Object.entries(PLACES)) {
  Deno.test(`finds a phrase in ${place}`, () => assertEquals(faults(source), [MESSAGE]));
}

Deno.test("finds a phrase in a label of the page", () => {
  const path = "extension/ui/src/app/app.tsx";
  assertEquals(faults("const a = <p>It is\n  read anew</p>;", path), [MESSAGE]);
  assertEquals(faults('const a = <p title="It is read anew" />;', path), [MESSAGE]);
});

Deno.test("ignores specifiers, keys and types", () => {
  for (
    const source of ['import "./read anew.ts";', 'const a = { "read anew": 1 };', 'type A = "read anew";']
  ) {
    assertEquals(faults(source), [], source);
  }
});

Deno.test("reads comments and names of tests, and no other string of a test", () => {
  const path = "tests/a.test.ts";
  assertEquals(faults('Deno.test("it is read anew", () => {});', path), [MESSAGE]);
  assertEquals(faults("Deno.test(`it is read anew`, () => {});", path), [MESSAGE]);
  assertEquals(faults("// It is read anew.", path), [MESSAGE]);
  assertEquals(faults('assertEquals(a, "it is read anew");', path), []);
});
