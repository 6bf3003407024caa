import { resolutionOf, TIERS } from "../../../server/store/history/tiers.ts";
import { assert, assertEquals } from "../../assert.ts";

const NOW = Date.parse("2026-08-01T12:00:00Z");
const HOUR = 3_600_000;

const CASES:
  readonly (readonly [what: string, spanMs: number, points: number, stepMs: number, tier: number])[] = [
    ["ten minutes in 2000 rows", HOUR / 6, 2000, 1000, 0],
    ["ten minutes in 100 rows", HOUR / 6, 100, 10_000, 1],
    ["an hour in 2000 rows", HOUR, 2000, 2000, 0],
    ["two hours, which are not kept by the second", 2 * HOUR, 2000, 10_000, 1],
    ["a day in 600 rows", 24 * HOUR, 600, 300_000, 2],
    ["a week in any number", 168 * HOUR, Infinity, 60_000, 2],
    ["30 days in 600 rows", 720 * HOUR, 600, 5_400_000, 3],
    ["30 days in any number", 720 * HOUR, Infinity, 600_000, 3],
  ];

for (const [what, spanMs, points, stepMs, tier] of CASES) {
  Deno.test(`${what}: bins of ${stepMs / 1000} s`, () => {
    assertEquals(resolutionOf({ sinceMs: NOW - spanMs, untilMs: NOW, points }, NOW), { stepMs, tier });
  });
}

Deno.test("an answer never has more rows than wanted, and its bins consist of whole bins of its tier", () => {
  for (let minutes = 1; minutes <= 43_200; minutes = Math.ceil(minutes * 1.3)) {
    for (const points of [60, 100, 599, 2000]) {
      const request = { sinceMs: NOW - 123 - minutes * 60_000, untilMs: NOW + 456, points };
      const { stepMs, tier } = resolutionOf(request, NOW);
      const rows = Math.ceil(request.untilMs / stepMs) - Math.floor(request.sinceMs / stepMs);
      assert(rows <= points, `${minutes} minutes, ${points} points: ${rows} rows`);
      assertEquals(stepMs % TIERS[tier]!.stepMs, 0);
    }
  }
});
