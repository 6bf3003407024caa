import { type Check, Rounds } from "../../server/alerts/rounds.ts";
import { assertEquals, eventually } from "../assert.ts";
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
