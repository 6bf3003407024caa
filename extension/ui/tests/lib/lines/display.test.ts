import { displayLine } from "../../../src/lib/lines/display.ts";
import { literalMatcher } from "../../../src/lib/lines/line_search.ts";
import { assertEquals } from "../../../../../tests/assert.ts";

function shown(text: string, changes: Partial<Parameters<typeof displayLine>[1]> = {}) {
  const line = { id: 1, timestamp: "2026-08-01T12:00:00.500000000Z", text };
  const options = {
    raw: false,
    hideTime: false,
    mode: "dark" as const,
    matcher: undefined,
    characters: 2000,
    ...changes,
  };
  const { pieces, hidden, hasLevelField } = displayLine(line, options);
  const marked = pieces.map((piece) =>
    piece.found ? `[${piece.text}]` : piece.isKey ? `<${piece.text}>` : piece.text
  );
  return { text: marked.join(""), hidden, hasLevelField };
}

Deno.test("shows JSON as its message and other fields, without time and level", () => {
  const json = '{"level":"error","time":1,"msg":"order 20","order":{"id":20,"total":"48.20"},"by":"a b"}';
  assertEquals(shown(json), {
    text: 'order 20< order.id=>20< order.total=>48.20< by=>"a b"',
    hidden: 0,
    hasLevelField: true,
  });
  assertEquals(shown(json, { raw: true }).text, json);
});

Deno.test("shows JSON without a message as fields", () => {
  assertEquals(shown('{"a":1,"b":[2]}').text, "<a=>1< b=>[2]");
});

Deno.test("keeps logfmt as it was written", () => {
  assertEquals(shown('GET /cart status=200 msg="a b"').text, 'GET /cart <status=>200 <msg=>"a b"');
});

Deno.test("marks matches, and shows a line as written when the match is in a part that is left out", () => {
  const json = '{"level":"error","msg":"order 20"}';
  assertEquals(shown(json, { matcher: literalMatcher("order", false) }).text, "[order] 20");
  assertEquals(
    shown(json, { matcher: literalMatcher('"error"', false) }).text,
    '{"level":["error"],"msg":"order 20"}',
  );
});

Deno.test("cuts long lines", () => {
  const { text, hidden } = shown("x".repeat(1_000_000), { characters: 2000 });
  assertEquals([text.length, hidden], [2000, 998_000]);
});

Deno.test("shows field names such as __proto__ as text", () => {
  assertEquals(
    shown('{"__proto__":{"level":"error"},"constructor":"x"}').text,
    "<__proto__.level=>error< constructor=>x",
  );
});

for (
  const [text, expected] of [
    ["2026-08-01T12:00:00+00:00 INFO ready", "INFO ready"],
    ["2026-08-01T14:00:00.123+02:00 INFO ready", "INFO ready"],
    ["2026/08/01 12:00:01 [error] failed", "[error] failed"],
    ["[2026-08-01 12:00:00 +0000] [1] ready", "[1] ready"],
    ["2026-08-01 12:00:00.015 UTC [1] LOG: ready", "[1] LOG: ready"],
    ["ts=2026-08-01T12:00:00Z level=info msg=ready", "<level=>info <msg=>ready"],
    ["2026-08-01T09:00:00Z INFO another time", "2026-08-01T09:00:00Z INFO another time"],
    ["2026-99-99T12:00:00Z INFO no time", "2026-99-99T12:00:00Z INFO no time"],
  ] as const
) {
  Deno.test(`shows ${JSON.stringify(text)} beside its time as ${JSON.stringify(expected)}`, () => {
    assertEquals(shown(text, { hideTime: true }).text, expected);
    assertEquals(shown(text, { hideTime: true, raw: true }).text, text);
  });
}
