import { assertEquals } from "../../assert.ts";
import { docStart, documentedExports } from "../../../tools/lint/documented.ts";
import { runRule } from "./run_rule.ts";

const faults = (source: string, path?: string) => runRule(documentedExports, source, path);

const UNDOCUMENTED: Record<string, string> = {
  "a function": "export function a() {}",
  "an async function": "export async function a() {}",
  "a constant": "export const a = 1;",
  "a class": "export class a {}",
  "an abstract class": "export abstract class a {}",
  "an interface": "export interface a {}",
  "a type": "export type a = 1;",
  "an enum": "export enum a {}",
  "a default export": "export default function a() {}",
  "an export by name": "const a = 1;\nexport { a };",
  "an export under another name": "const a = 1;\nexport { a as b };",
  "an export of a default by name": "const a = 1;\nexport default a;",
  "a line comment": "// A.\nexport const a = 1;",
  "a plain comment": "/* A. */\nexport const a = 1;",
  "a comment of another statement": "/** B. */\nconst b = 1;\nexport const a = b;",
};

for (const [form, source] of Object.entries(UNDOCUMENTED)) {
  Deno.test(`rejects ${form} without a doc comment`, () => {
    assertEquals(faults(source), ['The export "a" has no doc comment']);
  });
}

Deno.test("accepts documented exports and undocumented locals", () => {
  assertEquals(faults("/** A. */\nexport const a = 1;\nconst b = 1;\nfunction c() {}"), []);
  assertEquals(faults("/** A. */\n// deno-lint-ignore no-eval\nexport const a = 1;"), []);
  assertEquals(faults("/** A. */\nconst a = 1;\nexport { a };"), []);
  assertEquals(faults('export { a } from "./a.ts";\nexport * from "./b.ts";'), []);
});

Deno.test("one doc comment serves all overloads", () => {
  const overloads = "export function a(b: 1): void;\nexport function a(b: 2): void;\nexport function a() {}";
  assertEquals(faults(`/** A. */\n${overloads}`), []);
  assertEquals(faults(overloads).length, 1);
});

Deno.test("rejects public members without a doc comment", () => {
  for (
    const member of ["b() {}", "get b() { return 1; }", "readonly b = 1;", "static b() {}", "b = () => {};"]
  ) {
    const source = `/** A. */\nexport class A {\n${member}\n}`;
    assertEquals(faults(source), ['The public member "b" has no doc comment'], member);
  }
});

Deno.test("accepts members that need no doc comment", () => {
  const members = [
    "/** B. */\nb() {}",
    "#b() {}",
    "private b() {}",
    "protected b = 1;",
    "constructor() {}",
    "override b() {}",
    "[Symbol.dispose]() {}",
    "async [Symbol.asyncDispose]() {}",
    "/** B. */\nget b() { return 1; }\nset b(c) {}",
  ];
  for (const member of members) {
    assertEquals(faults(`/** A. */\nexport class A extends B {\n${member}\n}`), [], member);
  }
  assertEquals(faults("/** A. */\nexport class A implements B {\nb() {}\n}"), []);
  assertEquals(faults("class A {\nb() {}\n}"), []);
});

Deno.test("declarations of foreign packages need no doc comment", () => {
  assertEquals(faults("export const a: number;", "server/types/a.d.ts"), []);
});

Deno.test("rejects doc comments that start with a question word", () => {
  for (const word of ["What", "How", "Whether", "Who", "So", "Of"]) {
    assertEquals(runRule(docStart, `/** ${word} it does. */\nconst a = 1;`).length, 1, word);
    assertEquals(
      runRule(docStart, `/**\n * ${word} it does.\n *\n * More.\n */\nconst a = 1;`).length,
      1,
      word,
    );
  }
});

Deno.test("accepts doc comments that start with a noun or a verb", () => {
  for (
    const text of ["Reads the next frame.", "Options of a host.", "Software of the host.", "Often used."]
  ) {
    assertEquals(runRule(docStart, `/** ${text} */\nconst a = 1;`), [], text);
  }
  assertEquals(runRule(docStart, "// What follows is sorted.\nconst a = 1;\n/* So be it. */"), []);
});
