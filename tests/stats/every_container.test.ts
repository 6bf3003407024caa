import { toCounters, toSample } from "../../server/docker/sample.ts";
import { Board } from "../../server/stats/board.ts";
import { everyContainer } from "../../server/stats/every_container.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer, idOf, steadyReading } from "../fakes/engine.ts";

const TRAITS = { cpus: 2, os: "linux", cpuClock: "system" } as const;

Deno.test("a running container without a number, or with an old one, is reported without", () => {
  const board = new Board({
    ...{ hostId: "nas", keepMs: 60_000, publish: () => {} },
    listener: { started() {}, stopped() {}, changed() {} },
  });
  for (const name of ["web", "stuck"]) board.put(fakeContainer(name, { startedAt: Date.now() - 10_000 }));
  board.put(fakeContainer("done", { state: "exited" }));
  const read = (second: number) => toCounters(steadyReading(second), TRAITS)!;
  board.addSample(idOf("web"), toSample(read(1), read(2))!);
  const reported = (maxAgeMs: number) =>
    everyContainer({ hostId: "nas", board }, maxAgeMs).map((
      { hostId, facts: { container, sample, stale } },
    ) => [hostId, container.name, sample !== undefined, stale]).sort();
  const done = ["nas", "done", false, false];
  const stuck = ["nas", "stuck", false, true];
  assertEquals(reported(Infinity), [done, stuck, ["nas", "web", true, false]]);
  assertEquals(reported(-1), [done, stuck, ["nas", "web", false, true]]);
});
