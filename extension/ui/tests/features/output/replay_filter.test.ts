import { ReplayFilter } from "../../../src/features/output/replay_filter.ts";
import { assertEquals } from "../../../../../tests/assert.ts";

type Line = readonly [stream: "stdout" | "stderr", timestamp: string];

const out = (second: number, nano = 0): Line => ["stdout", stamp(second, nano)];
const err = (second: number, nano = 0): Line => ["stderr", stamp(second, nano)];

function stamp(second: number, nano: number): string {
  return `2026-08-01T12:00:${String(second).padStart(2, "0")}.${String(nano).padStart(9, "0")}Z`;
}

function classify(filter: ReplayFilter, ...lines: readonly Line[]): string[] {
  return lines.map(([stream, timestamp]) => filter.classify({ stream, timestamp }));
}

Deno.test("requests no start time before the first line", () => {
  assertEquals(new ReplayFilter().since, undefined);
});

Deno.test("a reconnect starts some seconds before the last line", () => {
  const filter = new ReplayFilter();
  classify(filter, out(10), err(20, 123_456_789));
  assertEquals(filter.since, "2026-08-01T12:00:15.123Z");
});

Deno.test("skips shown lines and passes new ones", () => {
  const filter = new ReplayFilter();
  classify(filter, out(10), out(11), out(12));
  filter.reopened();
  assertEquals(classify(filter, out(10), out(11), out(12), out(13)), ["shown", "shown", "shown", "new"]);
});

Deno.test("skips as many lines of a timestamp as were shown", () => {
  const filter = new ReplayFilter();
  classify(filter, out(10), out(12), out(12));
  filter.reopened();
  assertEquals(classify(filter, out(12), out(12), out(12), out(12)), ["shown", "shown", "new", "new"]);
});

Deno.test("tracks each stream separately", () => {
  const filter = new ReplayFilter();
  classify(filter, err(10), out(20));
  filter.reopened();
  assertEquals(classify(filter, err(10), err(19), out(20), out(21)), ["shown", "new", "shown", "new"]);
});

Deno.test("skips lines of a new stream that precede the first line of the other", () => {
  const filter = new ReplayFilter();
  classify(filter, out(10));
  filter.reopened();
  assertEquals(classify(filter, err(8), out(10), err(11)), ["shown", "shown", "new"]);
});

Deno.test("passes all lines after the first new one, even when a clock is set back", () => {
  const filter = new ReplayFilter();
  classify(filter, out(10));
  filter.reopened();
  assertEquals(classify(filter, out(10), out(11), out(5)), ["shown", "new", "new"]);
});

Deno.test("reports a gap when a reconnect starts with a new line", () => {
  const filter = new ReplayFilter();
  classify(filter, out(10));
  filter.reopened();
  assertEquals(classify(filter, out(30), out(31)), ["new after a gap", "new"]);
});
