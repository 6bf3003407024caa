import { assertEquals } from "../../assert.ts";
import { fileLength, functionLength } from "../../../tools/lint/length.ts";
import { runRule } from "./run_rule.ts";

/** Statements that make a function of `lines` lines. */
const body = (lines: number) => "f();\n".repeat(lines - 2);

const FORMS: Record<string, (body: string) => string> = {
  "a function": (body) => `function a() {\n${body}}`,
  "an exported function": (body) => `export function a() {\n${body}}`,
  "a nameless default export": (body) => `export default function () {\n${body}}`,
  "a method": (body) => `class A {\na() {\n${body}}\n}`,
  "a private method": (body) => `class A {\n#a() {\n${body}}\n}`,
  "a constructor": (body) => `class A {\nconstructor() {\n${body}}\n}`,
  "a getter": (body) => `class A {\nget a() {\n${body}}\n}`,
  "a method of an object": (body) => `const o = {\na() {\n${body}}\n};`,
  "an arrow function bound to a name": (body) => `const a = () => {\n${body}};`,
  "an arrow function in a field": (body) => `class A {\na = () => {\n${body}};\n}`,
  "an arrow function of an object": (body) => `const o = {\na: () => {\n${body}}\n};`,
  "an assigned function": (body) => `a.b = function () {\n${body}};`,
  "a named function expression": (body) => `memo(function Row() {\n${body}});`,
};

for (const [form, source] of Object.entries(FORMS)) {
  Deno.test(`permits 50 lines, and no more, for ${form}`, () => {
    assertEquals(runRule(functionLength, source(body(50))), []);
    assertEquals(runRule(functionLength, source(body(51))), [
      "A function of 51 lines: at most 50 are allowed",
    ]);
  });
}

Deno.test("counts a callback as part of the function around it", () => {
  assertEquals(runRule(functionLength, `Deno.test("x", () => {\n${body(60)}});`), []);
  assertEquals(runRule(functionLength, `function a() {\neach(() => {\n${body(60)}});\n}`).length, 1);
});

Deno.test("permits 250 lines, and no more, for a file", () => {
  assertEquals(runRule(fileLength, "f();\n".repeat(250)), []);
  assertEquals(runRule(fileLength, "f();\n".repeat(251)), ["A file of 251 lines: at most 250 are allowed"]);
});
