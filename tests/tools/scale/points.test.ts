import { kneeOf, loadsOf, type Point, quantile, SWEEPS } from "../../../tools/scale/report/points.ts";
import { assertEquals } from "../../assert.ts";

function point(change: Partial<Point>): Point {
  const load = { containers: 10, viewers: 1, hosts: 1 };
  return { ...load, cores: 0.1, megabytes: 60, p50: 2, p99: 5, received: 1, ...change };
}

Deno.test("the curves reach 20,000 containers, 7,000 viewers and 50 hosts", () => {
  const ends = SWEEPS.map((sweep) => [sweep.varied, loadsOf(sweep).at(-1)?.[sweep.varied]]);
  assertEquals(ends, [["containers", 20_000], ["viewers", 7000], ["hosts", 50]]);
});

Deno.test("a bound leaves out the larger points of each curve", () => {
  assertEquals(SWEEPS.map((sweep) => loadsOf(sweep, 30).at(-1)?.[sweep.varied]), [30, 30, 20]);
});

Deno.test("the knee is the first point with late or missing messages", () => {
  const late = point({ containers: 100, p99: 1500 });
  const few = point({ containers: 1000, received: 0.5 });
  const none = point({ containers: 10, p99: NaN });
  assertEquals([kneeOf([point({}), late, few]), kneeOf([point({}), few]), kneeOf([none])], [late, few, none]);
  assertEquals(kneeOf([point({})]), undefined);
});

Deno.test("quantiles of no values are unknown", () => {
  assertEquals([quantile([1, 2, 3], 0.5), quantile([1, 2, 3], 0.99), quantile([], 0.5)], [2, 3, NaN]);
});
