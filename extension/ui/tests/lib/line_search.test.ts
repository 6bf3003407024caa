import { findLines, nextMatch, toPattern, toPieces } from "../../src/lib/line_search.ts";
import { assertEquals } from "../../../../tests/assert.ts";

const lines = ["GET /a", "post /b", "get /c"].map((text, id) => ({
  id,
  timestamp: "",
  text,
  place: `f.ts:${id}`,
}));
const found = (query: string) => findLines(lines, toPattern(query));

Deno.test("finds lines by text or location, ignoring case", () => {
  assertEquals(found("get"), [0, 2]);
  assertEquals(found("F.TS:1"), [1]);
  assertEquals(found("put"), []);
});

Deno.test("an empty query finds nothing", () => assertEquals(found(""), []));

Deno.test("special characters of patterns match literally", () => {
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

Deno.test("splits a text into matches and the parts between them", () => {
  const pieces = (text: string, query: string) =>
    toPieces(text, toPattern(query)).map((piece) => piece.found ? `<${piece.text}>` : piece.text);
  assertEquals(pieces("get it, Get", "GET"), ["<get>", " it, ", "<Get>"]);
  assertEquals(pieces("nothing", "x"), ["nothing"]);
  assertEquals(pieces("", "x"), []);
  assertEquals(pieces("all", ""), ["all"]);
});

Deno.test("finds a match at any position", () => {
  const pattern = toPattern("get");
  assertEquals(findLines(lines, pattern), [0, 2]);
  assertEquals(toPieces("get", pattern), [{ text: "get", found: true }]);
});

Deno.test("next and previous wrap around", () => {
  const matches = [3, 7, 9];
  assertEquals(nextMatch(matches, undefined, "next"), 0);
  assertEquals(nextMatch(matches, undefined, "previous"), 2);
  assertEquals(nextMatch(matches, 3, "next"), 1);
  assertEquals(nextMatch(matches, 9, "next"), 0);
  assertEquals(nextMatch(matches, 3, "previous"), 2);
  assertEquals(nextMatch([], 3, "next"), undefined);
});
