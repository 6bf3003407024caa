import { toCounters, toSample } from "../../server/docker/sample.ts";
import { Board } from "../../server/stats/board.ts";
import type { ContainerUpdate } from "../../server/stats/update.ts";
import { assert, assertEquals } from "../assert.ts";
import { fakeContainer, idOf, steadyReading } from "../fakes/engine.ts";

const TRAITS = { cpus: 2, os: "linux", cpuClock: "system" } as const;

/** Creates a board with one running container and a sample of the given age, and collects what it publishes. */
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
  // Status texts change every second.
  const { now } = Date;
  Date.now = () => now() + 1500;
  return { board, published, [Symbol.dispose]: () => void (Date.now = now) };
}

Deno.test("holds the status text of a running container for its next sample", () => {
  using fresh = boardWith(0);
  fresh.board.refreshTexts(5000);
  fresh.board.flush();
  assertEquals(fresh.published.length, 1);
});

Deno.test("publishes an aged status text when no sample comes", () => {
  using late = boardWith(10_000);
  late.board.refreshTexts(5000);
  late.board.flush();
  assertEquals(late.published.length, 2);
});

Deno.test("a query returns current status texts and publishes nothing", () => {
  using queried = boardWith(0);
  const [before] = queried.published;
  const [update] = queried.board.newest();
  assert(update!.facts.status !== before!.facts.status);
  assertEquals(queried.published.length, 1);
});

Deno.test("a container that only a query has returned is still reported as removed", () => {
  using queried = boardWith(0);
  queried.board.put(fakeContainer("new", { state: "exited" }));
  queried.board.newest();
  queried.board.remove(idOf("new"));
  queried.board.flush();
  assertEquals(queried.published.at(-1)!.facts.container.state, "removed");
});
