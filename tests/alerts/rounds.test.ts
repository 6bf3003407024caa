import { type Check, Rounds } from "../../server/alerts/rounds.ts";
import { assertEquals, eventually } from "../assert.ts";
import { fakeClock } from "../fakes/clock.ts";
import { quietLog } from "../fakes/quiet_log.ts";

/** A check that counts its runs. */
function counted(fails = false): Check & { runs: number } {
  const check = {
    ...{ name: "a check", runs: 0 },
    run: () => {
      check.runs++;
      if (fails) throw new Error("broken");
    },
  };
  return check;
}

Deno.test("a check that fails stops neither the others nor later rounds", async () => {
  using _log = quietLog();
  const [broken, other] = [counted(true), counted()];
  using _rounds = new Rounds({ checks: [broken, other], dueMs: () => Infinity, roundMs: 5 });
  await eventually("three rounds", () => broken.runs >= 3 && other.runs >= 3);
});

Deno.test("a hold time that ends before the next round brings it forward", async () => {
  const check = counted();
  let dueMs = Infinity;
  using rounds = new Rounds({ checks: [check], dueMs: () => dueMs, roundMs: 3_600_000 });
  rounds.soon();
  assertEquals(check.runs, 0);
  dueMs = 1;
  rounds.soon();
  dueMs = Infinity;
  await eventually("a round", () => check.runs === 1);
});

Deno.test("a check that brings the next round forward starts no second chain of rounds", () => {
  using clock = fakeClock();
  const check = counted();
  let dueMs = Infinity;
  const asking = {
    name: "asks",
    run: () => {
      if (check.runs > 3) return;
      dueMs = -1;
      rounds.soon();
      dueMs = Infinity;
    },
  };
  using rounds = new Rounds({ checks: [check, asking], dueMs: () => dueMs, roundMs: 1000 });
  clock.tick(10_000);
  const before = check.runs;
  clock.tick(10_000);
  assertEquals(check.runs - before, 10);
});

Deno.test("a check that ends the rounds ends them", () => {
  using clock = fakeClock();
  const check = counted();
  const ending = { name: "ends", run: () => rounds[Symbol.dispose]() };
  using rounds = new Rounds({
    checks: [check, ending],
    ...{ dueMs: () => Infinity, roundMs: 1000 },
  });
  clock.tick(10_000);
  assertEquals(check.runs, 1);
});
