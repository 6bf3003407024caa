import { Budget } from "../../server/routes/replay_budget.ts";
import { assertEquals } from "../assert.ts";

Deno.test("a budget allows a burst, then a constant rate for all together", () => {
  let now = 0;
  const budget = new Budget({ burst: 100, perSecond: 10 }, () => now);
  assertEquals([budget.spend(60), budget.spend(40)], [0, 0]);
  assertEquals([budget.spend(10), budget.spend(10)], [1000, 2000]);
  now = 2000;
  assertEquals(budget.spend(5), 500);
});

Deno.test("a budget recovers while nothing is spent, up to the burst", () => {
  let now = 0;
  const budget = new Budget({ burst: 100, perSecond: 10 }, () => now);
  budget.spend(200);
  now = 3_600_000;
  assertEquals([budget.spend(100), budget.spend(1)], [0, 100]);
});
