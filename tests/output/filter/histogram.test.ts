import { Histogram } from "../../../server/output/filter/histogram.ts";
import { assertEquals } from "../../assert.ts";

/** 2026-08-01T12:00:00Z, s. */
const NOON = 1_785_585_600;
const at = (second: number) => new Date((NOON + second) * 1000).toISOString().replace("Z", "000000Z");
const short = (
  { from, lines, errors }: { readonly from: string; readonly lines: number; readonly errors: number },
) => `${from.slice(14, 19)} ${lines} ${errors}`;

Deno.test("begins with empty bars for the whole time", () => {
  const bars = new Histogram({ from: NOON, to: NOON + 600 }, 10).take();
  assertEquals([bars.length, bars[0]], [
    11,
    { from: "2026-08-01T12:00:00.000Z", to: "2026-08-01T12:01:00.000Z", lines: 0, errors: 0 },
  ]);
});

Deno.test("counts lines and errors, and returns only bars that have changed", () => {
  const histogram = new Histogram({ from: NOON, to: NOON + 600 }, 10);
  histogram.take();
  histogram.add(at(0), "INFO a");
  histogram.add(at(59), "ERROR b");
  histogram.add(at(60), "FATAL c");
  assertEquals(histogram.take().map(short), ["00:00 2 1", "01:00 1 1"]);
  assertEquals(histogram.take(), []);
  histogram.add(at(30), "0 errors");
  assertEquals(histogram.take().map(short), ["00:00 3 1"]);
});

Deno.test("grows with later lines, and forgets the oldest bars", () => {
  const histogram = new Histogram({ from: NOON, to: NOON + 10 }, 10);
  for (let second = 0; second < 1000; second++) histogram.add(at(second), "x");
  assertEquals(histogram.take().length, 22);
});

for (const timestamp of ["", "yesterday", at(-61)]) {
  Deno.test(`leaves out a line with the timestamp "${timestamp}"`, () => {
    const histogram = new Histogram({ from: NOON, to: NOON + 600 }, 10);
    histogram.take();
    histogram.add(timestamp, "x");
    assertEquals(histogram.take(), []);
  });
}
