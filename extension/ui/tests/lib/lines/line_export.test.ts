import { fieldsOf, jsonFields, logfmtParts, unquoted } from "../../../src/lib/lines/fields.ts";
import { exportLines } from "../../../src/lib/lines/line_export.ts";
import { formatFullTime, formatLineTime, formatLocalTimestamp } from "../../../src/lib/lines/line_time.ts";
import { assertEquals } from "../../../../../tests/assert.ts";

const AT = new Date(2026, 7, 1, 9, 5, 7, 42).getTime();
const LINE = { id: 1, timestamp: "2026-08-01T12:00:00.123456789Z", text: "  a\tb ", source: "web" };

Deno.test("a time of today has no date, and any other has", () => {
  assertEquals(formatLineTime(AT, "local", AT), "09:05:07.042");
  assertEquals(formatLineTime(AT, "local", AT + 86_400_000), "08-01 09:05:07.042");
  assertEquals(formatLineTime(AT, "local", AT + 400 * 86_400_000), "2026-08-01 09:05:07.042");
});

Deno.test("a relative time is an age", () => {
  assertEquals(formatLineTime(AT, "relative", AT + 65_000), "1 min 5 s ago");
  assertEquals(formatLineTime(AT + 50, "relative", AT), "0 ms ago");
});

Deno.test("a full time of UTC names it", () => {
  assertEquals(formatFullTime(Date.UTC(2026, 0, 2, 3, 4, 5, 6), "utc"), "2026-01-02 03:04:05.006 UTC");
});

Deno.test("a local timestamp names the same moment, with its nanoseconds and its offset", () => {
  const local = formatLocalTimestamp(LINE.timestamp);
  assertEquals(Date.parse(local), Date.parse(LINE.timestamp));
  assertEquals(/\.123456789[+-]\d\d:\d\d$/.test(local), true, local);
  assertEquals(formatLocalTimestamp(""), "");
});

Deno.test("exports lines as they were written, after the chosen prefix", () => {
  assertEquals(exportLines([LINE, LINE], { times: "none" }), "  a\tb \n  a\tb ");
  assertEquals(exportLines([LINE], { times: "utc" }), "2026-08-01T12:00:00.123456789Z   a\tb ");
  assertEquals(exportLines([LINE], { times: "none", nameOf: (source) => `${source}-1` }), "web-1   a\tb ");
});

Deno.test("exports the level and location that a log states beside its lines", () => {
  const line = { ...LINE, text: "failed", level: "warning" as const, place: "serve.ts:70" };
  assertEquals(exportLines([line], { times: "none" }), "WARN failed (serve.ts:70)");
});

Deno.test("exports notes as comments", () => {
  assertEquals(
    exportLines([{ ...LINE, timestamp: "", text: "Restarted.", note: true }], { times: "utc" }),
    "# Restarted.",
  );
});

Deno.test("names nested fields of JSON with dots", () => {
  assertEquals(jsonFields({ a: 1, order: { id: 7, tags: ["x"], none: {} }, n: null }), [
    { name: "a", value: "1" },
    { name: "order.id", value: "7" },
    { name: "order.tags", value: '["x"]' },
    { name: "order.none", value: "{}" },
    { name: "n", value: "null" },
  ]);
});

Deno.test("splits logfmt into fields and text, without a loss", () => {
  const text = 'GET /cart status=200  msg="a \\"b\\" c" url=/x?y=1 end';
  const parts = logfmtParts(text)!;
  assertEquals(parts.filter(({ name }) => name !== undefined).map(({ name, raw }) => [name, unquoted(raw)]), [
    ["status", "200"],
    ["msg", 'a "b" c'],
    ["url", "/x?y=1"],
  ]);
  assertEquals(parts.map(({ name, raw }) => name === undefined ? raw : `${name}=${raw}`).join(""), text);
});

for (const text of ["no fields", "one=field only", "{not json}", "a==b", '"a=b"']) {
  Deno.test(`${JSON.stringify(text)} is not structured`, () => assertEquals(fieldsOf(text), undefined));
}
