import { Demand } from "../../server/stats/demand.ts";
import { assert, eventually } from "../assert.ts";

/** One look, which ends when it is aborted. */
function look(demand: Demand, lingerMs?: number): AbortController {
  const end = new AbortController();
  demand.add(1000, end.signal, lingerMs);
  return end;
}

Deno.test("a look that lingers for no time ends the demand with itself", async () => {
  const demand = new Demand(60_000);
  look(demand, 0).abort();
  await eventually("its end", () => !demand.active);
});

Deno.test("a short look takes nothing away from who looked before it", async () => {
  const demand = new Demand(60_000);
  look(demand).abort();
  look(demand, 0).abort();
  // One turn of the clock: what was to end at once would have.
  await new Promise((resolve) => setTimeout(resolve, 1));
  assert(demand.active);
  demand.stop();
});

Deno.test("a short look does not end a longer one", async () => {
  const demand = new Demand(0);
  const long = look(demand);
  look(demand, 0).abort();
  await new Promise((resolve) => setTimeout(resolve, 1));
  assert(demand.active);
  long.abort();
  await eventually("its end", () => !demand.active);
});
