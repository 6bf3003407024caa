import {
  type Curve,
  neighbor,
  peakOf,
  readingAt,
  scaledColumn,
  sumColumn,
} from "../../../../../src/features/containers/charts/data/curve.ts";
import { assertEquals } from "../../../../../../../tests/assert.ts";

const curve = (changes: Partial<Curve> = {}): Curve => ({
  label: "CPU",
  color: "#000",
  times: [10, 11, 12, 40, 41],
  mean: [1, 5, null, 3, 4],
  ...changes,
});

Deno.test("reads the nearest point", () => {
  assertEquals([readingAt(curve(), 10.4)?.mean, readingAt(curve(), 10.6)?.mean], [1, 5]);
});

Deno.test("reads the minimum and maximum of a band", () => {
  const reading = readingAt(curve({ low: [0, 1, null, 1, 1], high: [9, 8, null, 8, 8] }), 11);
  assertEquals(reading, { time: 11, mean: 5, low: 1, high: 8 });
});

Deno.test("has no value inside a gap, and none without points", () => {
  assertEquals([readingAt(curve(), 20), readingAt(curve({ times: [], mean: [] }), 20)], [
    undefined,
    undefined,
  ]);
});

Deno.test("finds the peak of a span", () => {
  assertEquals([peakOf(curve(), 0, 100)?.time, peakOf(curve(), 30, 100)?.mean], [11, 4]);
  assertEquals(peakOf(curve(), 12, 30), undefined);
});

Deno.test("steps over a gap to the next value", () => {
  const one = curve();
  assertEquals([neighbor(one, 11, 1), neighbor(one, 40, -1), neighbor(one, 41, 1)], [40, 11, undefined]);
});

Deno.test("a step begins at the nearest value outside the points", () => {
  assertEquals([neighbor(curve(), 100, -1), neighbor(curve(), 0, 1)], [41, 10]);
});

Deno.test("unknown values stay unknown in sums and scales", () => {
  assertEquals(sumColumn([1, null, 2], [3, 4, null]), [4, null, null]);
  assertEquals([scaledColumn([1, null], 2), scaledColumn([1, 0], null)], [[2, null], [null, null]]);
});
