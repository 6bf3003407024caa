import { keepCollecting } from "../../../server/stats/past/collecting.ts";
import { Demand } from "../../../server/stats/demand.ts";
import type { HostReport } from "../../../server/protocol/hosts.ts";
import { openHistory } from "../../../server/history/open.ts";
import { assertEquals } from "../../assert.ts";
import { fakeClock } from "../../fakes/clock.ts";

type Reader = HostReport["reader"];

for (
  const [always, reader, collects] of [
    ["auto", "kernel", true],
    ["auto", "engine", false],
    [true, "engine", true],
    [false, "kernel", false],
  ] as const
) {
  Deno.test(`always: ${always} with the ${reader} as reader ${collects ? "collects" : "collects nothing"} without viewers`, async () => {
    await using recorded = openHistory(undefined, { keepMs: 60_000 });
    const demand = new Demand(0);
    const end = new AbortController();
    const running = keepCollecting([demand], { recorded, always }, () => reader, end.signal);
    assertEquals(demand.active, collects);
    end.abort();
    await running;
    demand.stop();
  });
}

Deno.test("collecting starts and ends with the kernel as the reader", async () => {
  await using recorded = openHistory(undefined, { keepMs: 60_000 });
  using clock = fakeClock();
  const demand = new Demand(0);
  const end = new AbortController();
  let reader: Reader = "engine";
  const running = keepCollecting([demand], { recorded, always: "auto" }, () => reader, end.signal);
  const states = [demand.active];
  for (reader of ["kernel", "engine", "kernel"] as const) {
    await clock.tickAsync(2000);
    states.push(demand.active);
  }
  assertEquals(states, [false, true, false, true]);
  end.abort();
  await running;
  demand.stop();
});
