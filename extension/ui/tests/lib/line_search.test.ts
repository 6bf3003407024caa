import { findLines, nextMatch, toPattern, toPieces } from "../../src/lib/line_search.ts";
import { assertEquals } from "../../../../tests/assert.ts";

const lines = ["GET /a", "post /b", "get /c"].map((text, id) => ({
  id,
  timestamp: "",
  text,
  place: `f.ts:${id}`,
}));
const found = (query: string) => findLines(lines, toPattern(query));

Deno.test("lines are found in either case, by their text or their place", () => {
  assertEquals(found("get"), [0, 2]);
  assertEquals(found("F.TS:1"), [1]);
  assertEquals(found("put"), []);
});

Deno.test("nothing looked for finds nothing", () => assertEquals(found(""), []));

Deno.test("what is typed is taken as it stands, not as an expression", () => {
  const odd = ["a.b", "axb", "[x", "(", "1+1", "$1", "c:\\x"].map((text, id) => ({
    id,
    timestamp: "",
    text,
  }));
  for (
    const [query, index] of [["a.b", 0], ["[x", 2], ["(", 3], ["1+1", 4], ["$1", 5], ["c:\\x", 6]] as const
  ) {
    assertEquals(findLines(odd, toPattern(query)), [index]);
  }
});

Deno.test("a text is cut into what is looked for and what stands between", () => {
  const pieces = (text: string, query: string) =>
    toPieces(text, toPattern(query)).map((piece) => piece.found ? `<${piece.text}>` : piece.text);
  assertEquals(pieces("get it, Get", "GET"), ["<get>", " it, ", "<Get>"]);
  assertEquals(pieces("nothing", "x"), ["nothing"]);
  assertEquals(pieces("", "x"), []);
  assertEquals(pieces("all", ""), ["all"]);
});

Deno.test("what was found is marked wherever it stands", () => {
  const pattern = toPattern("get");
  assertEquals(findLines(lines, pattern), [0, 2]);
  assertEquals(toPieces("get", pattern), [{ text: "get", found: true }]);
});

Deno.test("next and previous go around the end", () => {
  const matches = [3, 7, 9];
  assertEquals(nextMatch(matches, undefined, "next"), 0);
  assertEquals(nextMatch(matches, undefined, "previous"), 2);
  assertEquals(nextMatch(matches, 3, "next"), 1);
  assertEquals(nextMatch(matches, 9, "next"), 0);
  assertEquals(nextMatch(matches, 3, "previous"), 2);
  assertEquals(nextMatch([], 3, "next"), undefined);
});
