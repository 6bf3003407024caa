import { compareCursors, formatCursor, parseCursor } from "../../server/output/cursor.ts";
import { assertEquals } from "../assert.ts";

Deno.test("a cursor survives its text", () => {
  const cursor = { ns: 1_785_585_600_123_456_789n, ordinal: 12 };
  assertEquals(formatCursor(cursor), "2026-08-01T12:00:00.123456789Z_12");
  assertEquals(parseCursor(formatCursor(cursor)), cursor);
});

Deno.test("a cursor of a list names the container of its line", () => {
  const cursor = { ns: 1_785_585_600_123_456_789n, ordinal: 1, of: `${"a".repeat(12)}.nas_1` };
  assertEquals(formatCursor(cursor), "2026-08-01T12:00:00.123456789Z_1_aaaaaaaaaaaa.nas_1");
  assertEquals(parseCursor(formatCursor(cursor)), cursor);
});

for (
  const text of [
    "2026-08-01T12:00:00Z_0_",
    "2026-08-01T12:00:00Z_0_nas",
    "2026-08-01T12:00:00Z_0_aaaaaaaaaaaa.",
    "",
    "_0",
    "2026-08-01T12:00:00Z",
    "2026-08-01T12:00:00Z_",
    "2026-08-01T12:00:00Z_-1",
    "x_0",
    "Z_0",
  ]
) {
  Deno.test(`refuses "${text}" as a cursor`, () => assertEquals(parseCursor(text), undefined));
}

Deno.test("cursors compare by timestamp, then by number", () => {
  const of = (ns: bigint, ordinal: number) => ({ ns, ordinal });
  const sorted = [of(1n, 5), of(2n, 0), of(2n, 1), of(10n, 0)];
  assertEquals([...sorted].reverse().sort(compareCursors), sorted);
});
