import { OutputBorder } from "../../../src/features/output/replay_filter.ts";
import { assertEquals } from "../../../../../tests/assert.ts";

type Line = readonly [stream: "stdout" | "stderr", timestamp: string];

const out = (second: number, nano = 0): Line => ["stdout", stamp(second, nano)];
const err = (second: number, nano = 0): Line => ["stderr", stamp(second, nano)];

function stamp(second: number, nano: number): string {
  return `2026-08-01T12:00:${String(second).padStart(2, "0")}.${String(nano).padStart(9, "0")}Z`;
}

function judge(border: OutputBorder, ...lines: readonly Line[]): string[] {
  return lines.map(([stream, timestamp]) => border.judge({ stream, timestamp }));
}

Deno.test("nothing is asked for by time before a line has come", () => {
  assertEquals(new OutputBorder().since, undefined);
});

Deno.test("a reconnect asks from some seconds before the last line", () => {
  const border = new OutputBorder();
  judge(border, out(10), err(20, 123_456_789));
  assertEquals(border.since, "2026-08-01T12:00:15.123Z");
});

Deno.test("what was shown is held back, what follows is new", () => {
  const border = new OutputBorder();
  judge(border, out(10), out(11), out(12));
  border.reopened();
  assertEquals(judge(border, out(10), out(11), out(12), out(13)), ["shown", "shown", "shown", "new"]);
});

Deno.test("of lines with one stamp as many are held back as were shown", () => {
  const border = new OutputBorder();
  judge(border, out(10), out(12), out(12));
  border.reopened();
  assertEquals(judge(border, out(12), out(12), out(12), out(12)), ["shown", "shown", "new", "new"]);
});

Deno.test("each stream has a border of its own", () => {
  const border = new OutputBorder();
  judge(border, err(10), out(20));
  border.reopened();
  assertEquals(judge(border, err(10), err(19), out(20), out(21)), ["shown", "new", "shown", "new"]);
});

Deno.test("of a stream without a line nothing is shown from before the first line of the other", () => {
  const border = new OutputBorder();
  judge(border, out(10));
  border.reopened();
  assertEquals(judge(border, err(8), out(10), err(11)), ["shown", "shown", "new"]);
});

Deno.test("once a line has passed all do, though a clock is set back", () => {
  const border = new OutputBorder();
  judge(border, out(10));
  border.reopened();
  assertEquals(judge(border, out(10), out(11), out(5)), ["shown", "new", "new"]);
});

Deno.test("a reconnect that begins with a line that was not shown has a gap before it", () => {
  const border = new OutputBorder();
  judge(border, out(10));
  border.reopened();
  assertEquals(judge(border, out(30), out(31)), ["new after a gap", "new"]);
});
