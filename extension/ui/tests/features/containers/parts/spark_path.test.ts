import { sparkArea, sparkPath, topOf } from "../../../../src/features/containers/parts/spark_path.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

Deno.test("draws values from left to right with high values at the top", () => {
  assertEquals(sparkPath([0, 10], { width: 60, height: 20, top: 10 }), "M0.0 20.0L60.0 0.0");
});

Deno.test("leaves a gap for a missing value", () => {
  assertEquals(sparkPath([1, NaN, 1], { width: 2, height: 1, top: 1 }), "M0.0 0.0M2.0 0.0");
});

Deno.test("fills the area below each piece of the line down to the base", () => {
  const area = sparkArea([1, 1, NaN, 1], { width: 3, height: 2, top: 1 });
  assertEquals(area, "M0.0 0.0L1.0 0.0L1.0 2L0.0 2ZM3.0 0.0L3.0 2L3.0 2Z");
});

Deno.test("does not magnify a quiet curve", () => {
  assertEquals([topOf([0.1, NaN], 10), topOf([50], 10)], [10, 50]);
});
