import { tokensOf } from "../../server/compose/yaml_lexer.ts";
import { assertEquals } from "../assert.ts";

Deno.test("reads tokens with their types and offsets", async () => {
  const tokens = await Array.fromAsync(tokensOf("a: &b [c]\n"));
  assertEquals(tokens.map(({ type, source, offset }) => [type, source, offset]), [
    ["scalar", "a", 0],
    ["map-value-ind", ":", 1],
    ["space", " ", 2],
    ["anchor", "&b", 3],
    ["space", " ", 5],
    ["flow-seq-start", "[", 6],
    ["scalar", "c", 7],
    ["flow-seq-end", "]", 8],
    ["newline", "\n", 9],
  ]);
});

for (const text of ["", "%YAML 1.2\n---\na: |\n  b\n...\n", "a: [b\n", "\ufeffa: 'b\n\n c'\r\n# d\n"]) {
  Deno.test(`reads all of ${JSON.stringify(text)}`, async () => {
    const tokens = await Array.fromAsync(tokensOf(text));
    assertEquals(tokens.map(({ source }) => source).join(""), text);
  });
}
