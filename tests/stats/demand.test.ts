import { Demand } from "../../server/stats/demand.ts";
import { assert } from "../assert.ts";
import { fakeClock } from "../fakes/clock.ts";

/** Adds a viewer, who leaves when the returned controller aborts. */
function addViewer(demand: Demand, lingerMs?: number): AbortController {
  const leave = new AbortController();
  demand.add(1000, leave.signal, lingerMs);
  return leave;
}

Deno.test("a viewer without linger time ends the demand when it leaves", () => {
  using clock = fakeClock();
  const demand = new Demand(60_000);
  addViewer(demand, 0).abort();
  clock.tick(0);
  assert(!demand.active);
});

Deno.test("a viewer without linger time does not shorten that of an earlier viewer", () => {
  using clock = fakeClock();
  const demand = new Demand(60_000);
  addViewer(demand).abort();
  addViewer(demand, 0).abort();
  clock.tick(59_999);
  assert(demand.active);
  clock.tick(1);
  assert(!demand.active);
});

Deno.test("a viewer that leaves does not end the demand of another", () => {
  using clock = fakeClock();
  const demand = new Demand(0);
  const other = addViewer(demand);
  addViewer(demand, 0).abort();
  clock.tick(60_000);
  assert(demand.active);
  other.abort();
  clock.tick(0);
  assert(!demand.active);
});
