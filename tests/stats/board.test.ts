import { toCounters, toSample } from "../../server/docker/sample.ts";
import { Board } from "../../server/stats/board.ts";
import type { ContainerUpdate } from "../../server/stats/update.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer, idOf, steadyReading } from "../fakes/engine.ts";

const TRAITS = { cpus: 2, os: "linux", cpuClock: "system" } as const;

/** A board with one container that has run for so long, and a sample of that age; and what is published then. */
function boardWith(sampleAgeMs: number) {
  const published: ContainerUpdate[] = [];
  const board = new Board({
    hostId: "Localhost",
    keepMs: 60_000,
    publish: (updates) => published.push(...updates),
    listener: { started() {}, stopped() {}, changed() {} },
  });
  board.put(fakeContainer("web", { startedAt: Date.now() - 10_000 }));
  const read = (ageMs: number, second: number) =>
    toCounters({ ...steadyReading(second), read: new Date(Date.now() - ageMs).toISOString() }, TRAITS)!;
  board.addSample(idOf("web"), toSample(read(sampleAgeMs + 1000, 1), read(sampleAgeMs, 2))!);
  board.flush();
  // The text grows older from second to second.
  const { now } = Date;
  Date.now = () => now() + 1500;
  return { board, published, [Symbol.dispose]: () => void (Date.now = now) };
}

Deno.test("the status text of a container that runs goes with its next sample, not by itself", () => {
  using made = boardWith(0);
  made.board.refreshTexts(5000);
  made.board.flush();
  assertEquals(made.published.length, 1);
});

Deno.test("it goes by itself when no sample comes, or when somebody asks", () => {
  using late = boardWith(10_000);
  late.board.refreshTexts(5000);
  late.board.flush();
  assertEquals(late.published.length, 2);
  using asked = boardWith(0);
  asked.board.newest();
  assertEquals(asked.published.length, 2);
});
