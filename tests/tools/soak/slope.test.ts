import { type Point, slope } from "../../../tools/soak/trend/slope.ts";
import { assertAlmostEquals, assertEquals } from "../../assert.ts";

Deno.test("a straight line has its growth per minute", () => {
  assertAlmostEquals(
    slope(Array.from({ length: 20 }, (_, minute): Point => [minute, 5 + 2 * minute])),
    2,
    1e-9,
  );
});

Deno.test("growth during the warm-up does not count", () => {
  assertAlmostEquals(
    slope(Array.from({ length: 100 }, (_, at): Point => [at, at < 25 ? at * 10 : 250])),
    0,
    1e-9,
  );
});

Deno.test("a few points have no growth", () => {
  assertEquals([slope([]), slope([[0, 5]]), slope([[1, 5], [1, 9]])], [0, 0, 0]);
});
