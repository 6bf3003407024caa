import { type Curve, plotOf, tableOf } from "../../../tools/scale/report/report.ts";
import { assert, assertEquals } from "../../assert.ts";

const CURVE: Curve = {
  varied: "containers",
  points: [10, 100, 1000].map((containers) => ({
    ...{ containers, viewers: 10, hosts: 1, cores: containers / 1e4, megabytes: 60, p50: 2 },
    ...{ p99: containers === 1000 ? 2000 : 5, received: 1 },
  })),
};

Deno.test("the table has a row per point and names the knee", () => {
  const table = tableOf([CURVE]);
  assert(table.includes("| 1,000 | 10 | 1 | 0.100 | 60 | 2 | 2000 | 1.00 |"), table);
  assert(table.includes("The knee is at 1000 containers."), table);
});

Deno.test("the plot has a dot per point of each of its four lines, all inside the drawing", () => {
  const svg = plotOf(CURVE);
  const dots = [...svg.matchAll(/cx="([\d.-]+)" cy="([\d.-]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
  assertEquals(dots.length, 12);
  assert(dots.every(([x = NaN, y = NaN]) => x >= 64 && x <= 484 && y >= 40 && y <= 304), svg);
});

Deno.test("a value that is unknown is left out of the plot", () => {
  const [first, ...others] = CURVE.points;
  const svg = plotOf({ ...CURVE, points: [{ ...first!, p99: NaN }, ...others] });
  assertEquals(svg.includes("NaN"), false);
});
