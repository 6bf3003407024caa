import { Demand } from "../../server/stats/demand.ts";
import { assert, assertEquals } from "../assert.ts";
import { fakeClock } from "../fakes/clock.ts";
import { countListeners } from "./listeners.ts";

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

Deno.test("a viewer that has left already creates no demand", () => {
  const demand = new Demand(0);
  demand.add(1000, AbortSignal.abort());
  assert(!demand.active);
});

Deno.test("a viewer that comes back during the linger time continues the same demand", async () => {
  using clock = fakeClock();
  const demand = new Demand(60_000);
  addViewer(demand).abort();
  const begun = await demand.begun(new AbortController().signal);
  const back = addViewer(demand, 0);
  clock.tick(120_000);
  assert(!begun.aborted);
  back.abort();
  clock.tick(0);
  assert(begun.aborted);
});

Deno.test("waiting for demand ends with the first viewer, or with its signal", async () => {
  const demand = new Demand(0);
  const stop = new AbortController();
  const [first, second] = [demand.begun(new AbortController().signal), demand.begun(stop.signal)];
  stop.abort();
  assert((await second).aborted);
  addViewer(demand);
  assert(!(await first).aborted);
  demand.stop();
  assert((await first).aborted);
});

Deno.test("the shortest interval applies, as soon as its viewer comes and until it leaves", async () => {
  using clock = fakeClock();
  const demand = new Demand(0);
  const stop = new AbortController();
  demand.add(10_000, stop.signal);
  const start = performance.now();
  const turn = demand.due(start, stop.signal);
  const quick = new AbortController();
  demand.add(2000, quick.signal);
  await clock.tickAsync(2000);
  assertEquals(await turn - start, 2000);
  quick.abort();
  const next = demand.due(start + 2000, stop.signal);
  await clock.tickAsync(10_000);
  assertEquals(await next - start, 12_000);
  stop.abort();
  clock.tick(0);
});

Deno.test("turns that were missed are skipped, and a short delay keeps the rhythm", async () => {
  using clock = fakeClock();
  const demand = new Demand(0);
  const stop = new AbortController();
  demand.add(1000, stop.signal);
  const start = performance.now();
  clock.tick(1500);
  assertEquals(await demand.due(start, stop.signal) - start, 1000);
  clock.tick(8500);
  assertEquals(await demand.due(start, stop.signal) - start, 10_000);
  stop.abort();
  clock.tick(0);
});

Deno.test("waits for a viewer for a limited time", async () => {
  const demand = new Demand(0);
  using clock = fakeClock();
  const waited = demand.begunWithin(1000, new AbortController().signal);
  await clock.tickAsync(1000);
  await waited;
  assertEquals(demand.active, false);
});

Deno.test("an ended demand removes its listeners from viewers that stay", () => {
  const viewer = new AbortController();
  const listeners = countListeners(viewer.signal);
  const demand = new Demand(0);
  demand.add(1000, viewer.signal);
  assertEquals(listeners(), 1);
  demand.end();
  assertEquals(listeners(), 0);
});
