import { sparkPath, topOf } from "../../../../src/features/containers/list/spark_path.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

Deno.test("draws values from left to right with high values at the top", () => {
  assertEquals(sparkPath([0, 10], 60, 20, 10), "M0.0 20.0L60.0 0.0");
});

Deno.test("leaves a gap for a missing value", () => {
  assertEquals(sparkPath([1, NaN, 1], 2, 1, 1), "M0.0 0.0M2.0 0.0");
});

Deno.test("does not magnify a quiet curve", () => {
  assertEquals([topOf([0.1, NaN], 10), topOf([50], 10)], [10, 50]);
});
