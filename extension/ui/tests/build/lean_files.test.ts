import { assertEquals } from "@std/assert";
import { decode, encode } from "@jridgewell/sourcemap-codec";
import { inAscii, leanMap } from "../../lean_files.ts";

const map = (mappings: string) => ({ version: 3, sources: ["a.ts"], names: ["name"], mappings });

Deno.test("code in ASCII is the same text", () => {
  const text = JSON.stringify("→ … 🐳 é");
  assertEquals(inAscii(text), String.raw`"\u2192 \u2026 \ud83d\udc33 \u00e9"`);
  assertEquals(JSON.parse(inAscii(text)), JSON.parse(text));
});

Deno.test("a lean map has one position per line of the source, and no name", () => {
  const mappings = encode([[[0, 0, 4, 2], [3, 0, 4, 7, 0], [9, 0, 5, 1], [12, 0, 4, 9]], [[0, 0, 5, 1]]]);
  const lean = leanMap(map(mappings), "const a=1;b(2);\nc();");
  assertEquals(lean.names, []);
  assertEquals(decode(lean.mappings), [[[0, 0, 4, 2], [9, 0, 5, 1], [12, 0, 4, 9]], [[0, 0, 5, 1]]]);
});

Deno.test("a lean map keeps where code without a source begins", () => {
  const lean = leanMap(map(encode([[[0, 0, 4, 2], [3], [5, 0, 4, 8]]])), "a;b;c;d");
  assertEquals(decode(lean.mappings), [[[0, 0, 4, 2], [3], [5, 0, 4, 8]]]);
});

Deno.test("a lean map counts the characters that escapes add to their line", () => {
  const code = '"→";f("…",1);g();\nh()';
  const at = (text: string) => code.split("\n")[0]!.indexOf(text);
  const lean = leanMap(
    map(encode([[[0, 0, 1, 0], [at("f("), 0, 2, 0], [at("g("), 0, 3, 0]], [[0, 0, 4, 0]]])),
    code,
  );
  const [line = ""] = inAscii(code).split("\n");
  const expected: ReturnType<typeof decode> = [[[0, 0, 1, 0], [line.indexOf("f("), 0, 2, 0], [
    line.indexOf("g("),
    0,
    3,
    0,
  ]], [[0, 0, 4, 0]]];
  assertEquals(decode(lean.mappings), expected);
});
