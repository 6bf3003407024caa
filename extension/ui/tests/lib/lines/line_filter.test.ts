import { EntryBuilder } from "../../../src/lib/lines/entry_builder.ts";
import type { LineText } from "../../../src/lib/lines/line.ts";
import {
  countLevels,
  filterEntries,
  type LineFilter,
  type SearchMode,
} from "../../../src/lib/lines/line_filter.ts";
import { histogramOf, spanOfBuckets } from "../../../src/lib/lines/line_histogram.ts";
import { assertEquals } from "../../../../../tests/assert.ts";

const ALL: LineFilter = { levels: new Set(), stream: "all", muted: new Set(), span: undefined };
const START = Date.UTC(2026, 7, 1, 12);

function entriesOf(...lines: readonly (Partial<LineText> & { readonly text: string })[]) {
  const builder = new EntryBuilder();
  for (const [id, line] of lines.entries()) {
    builder.add({ id, timestamp: new Date(START + id * 1000).toISOString(), ...line });
  }
  return builder.entries;
}

const MIXED = entriesOf(
  { text: "ERROR a", stream: "stderr", source: "web" },
  { text: "WARN b", stream: "stdout", source: "db" },
  { text: "c", stream: "stdout", source: "web" },
  { text: "Restarted.", note: true, source: "web" },
  { text: "FATAL d", stream: "stderr", source: "db" },
);

function shown(
  filter: Partial<LineFilter>,
  found: readonly number[] = [],
  mode: SearchMode = "mark",
  context = 0,
) {
  const matcher = found.length === 0 ? undefined : { test: () => true, ranges: () => [], part: 1 };
  const search = { matcher, found: new Set(found), isDone: true, error: undefined };
  return filterEntries(MIXED, { ...ALL, ...filter }, search, mode, context).map(({ id }) => id);
}

Deno.test("filters by level, where fatal lines are errors", () => {
  assertEquals(shown({ levels: new Set(["error"]) }), [0, 4]);
  assertEquals(shown({ levels: new Set(["warning", "error"]) }), [0, 1, 4]);
});

Deno.test("filters by stream, and keeps notes", () => assertEquals(shown({ stream: "stderr" }), [0, 3, 4]));

Deno.test("hides muted containers with their notes", () => {
  assertEquals(shown({ muted: new Set(["web"]) }), [1, 4]);
});

Deno.test("filters by time, without the end", () => {
  assertEquals(shown({ span: { from: START + 1000, to: START + 3000 } }), [1, 2]);
});

Deno.test("shows only matches with their context, each entry once", () => {
  assertEquals(shown({}, [0, 4], "only"), [0, 4]);
  assertEquals(shown({}, [0, 2], "only", 1), [0, 1, 2, 3]);
  assertEquals(shown({}, [4], "only", 2), [2, 3, 4]);
});

Deno.test("excludes matches", () => assertEquals(shown({}, [0, 4], "exclude"), [1, 2, 3]));

Deno.test("counts levels with all other filters", () => {
  assertEquals(countLevels(MIXED, ALL), { error: 2, warning: 1, info: 0, debug: 0 });
  assertEquals(countLevels(MIXED, { ...ALL, levels: new Set(["info"]), muted: new Set(["db"]) }).error, 1);
});

Deno.test("counts lines over time, without notes", () => {
  const { buckets, most, span } = histogramOf(MIXED, 5)!;
  assertEquals(buckets.map(({ lines, errors, warnings }) => [lines, errors, warnings]), [
    [1, 1, 0],
    [1, 0, 1],
    [1, 0, 0],
    [0, 0, 0],
    [1, 1, 0],
  ]);
  assertEquals([most, span], [1, { from: START, to: START + 4001 }]);
});

Deno.test("counts each line of a trace", () => {
  const entries = entriesOf({ text: "ERROR a" }, { text: "    at b (c.js:1:2)" }, { text: "later" });
  assertEquals(histogramOf(entries, 2)!.buckets.map(({ lines }) => lines), [2, 1]);
});

Deno.test("has no histogram of one moment", () =>
  assertEquals(histogramOf(entriesOf({ text: "a" }), 4), undefined));

Deno.test("selects the time of bars in either direction", () => {
  const histogram = { ...histogramOf(MIXED, 4)!, span: { from: START, to: START + 4000 } };
  const span = { from: START + 1000, to: START + 3000 };
  assertEquals([spanOfBuckets(histogram, 1, 2), spanOfBuckets(histogram, 2, 1)], [span, span]);
});
