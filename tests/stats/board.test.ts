import { toCounters, toSample } from "../../server/docker/sample.ts";
import { Board } from "../../server/stats/board.ts";
import type { ContainerUpdate } from "../../server/stats/update.ts";
import { assert, assertEquals } from "../assert.ts";
import { fakeContainer, idOf, steadyReading } from "../fakes/engine.ts";
import { recordedBoard } from "./recorded_board.ts";

const TRAITS = { cpus: 2, os: "linux", cpuClock: "system" } as const;

/** Creates a board with one running container and a sample, and collects what it publishes. */
function boardWithSample() {
  const published: ContainerUpdate[] = [];
  const board = new Board({
    hostId: "Localhost",
    keepMs: 60_000,
    publish: (updates) => published.push(...updates),
    listener: { started() {}, stopped() {}, changed() {} },
  });
  board.put(fakeContainer("web", { startedAt: Date.now() - 10_000 }));
  const read = (second: number) => toCounters(steadyReading(second), TRAITS)!;
  board.addSample(idOf("web"), toSample(read(1), read(2))!);
  board.flush();
  // Status texts change every second.
  const { now } = Date;
  Date.now = () => now() + 1500;
  return { board, published, [Symbol.dispose]: () => void (Date.now = now) };
}

Deno.test("holds the status text of a running container for its next sample", () => {
  using fresh = boardWithSample();
  fresh.board.refreshTexts();
  fresh.board.flush();
  assertEquals(fresh.published.length, 1);
});

Deno.test("publishes the aged status text without the old numbers when no sample comes", () => {
  using late = boardWithSample();
  late.board.expire({ firstMs: 0, nextMs: 0 });
  late.board.flush();
  const [before, after] = late.published.map(({ facts }) => facts);
  assert(before!.status !== after!.status);
  assertEquals([after!.sample, after!.stale], [undefined, true]);
});

Deno.test("a query returns current status texts and publishes nothing", () => {
  using queried = boardWithSample();
  const [before] = queried.published;
  const [update] = queried.board.newest();
  assert(update!.facts.status !== before!.facts.status);
  assertEquals(queried.published.length, 1);
});

Deno.test("a container that only a query has returned is still reported as removed", () => {
  using queried = boardWithSample();
  queried.board.put(fakeContainer("new", { state: "exited" }));
  queried.board.newest();
  queried.board.remove(idOf("new"));
  queried.board.flush();
  assertEquals(queried.published.at(-1)!.facts.container.state, "removed");
});

Deno.test("a flush without changes publishes nothing", () => {
  const it = recordedBoard();
  it.put();
  it.board.flush();
  assertEquals([it.batches, it.board.isComplete()], [[], false]);
  it.sample(2);
  assertEquals([it.flush(), it.flush(), it.board.isComplete()], [[["running", true]], [], true]);
});

Deno.test("several changes of a container between two flushes are one update", () => {
  const it = recordedBoard();
  it.put({ state: "exited" });
  it.put({ state: "exited", exitCode: 3 });
  it.put({ state: "dead" });
  assertEquals(it.flush(), [["dead", false]]);
});

Deno.test("a change before a sample stays marked as a change", () => {
  const it = recordedBoard();
  it.put();
  it.sample(2);
  it.flush();
  it.put({ health: "unhealthy" });
  it.sample(3);
  it.sample(4);
  assertEquals(it.board.newest().map(({ facts }) => facts.changed), [true]);
});

for (
  const [what, before, after, expected] of [
    ["a start", { state: "exited" }, { state: "running" }, ["started web"]],
    ["a restart between two readings", {}, { startedAt: 2 }, ["started web", "started web"]],
    ["an exit", {}, { state: "exited" }, ["started web", "stopped web"]],
    ["a pause", {}, { state: "paused" }, ["started web"]],
    ["the end of a pause", { state: "paused" }, { state: "running" }, ["started web", "started web"]],
    ["another health", {}, { health: "healthy" }, ["started web"]],
    ["the end of a stopped container", { state: "exited" }, { state: "dead" }, []],
  ] as const
) {
  Deno.test(`${what} makes the listener receive ${JSON.stringify(expected)}`, () => {
    const it = recordedBoard();
    it.put(before);
    it.put(after);
    assertEquals(it.calls, [...expected]);
  });
}

Deno.test("a removal stops the readings of a running container, once", () => {
  const it = recordedBoard();
  it.put();
  it.board.remove(idOf("web"));
  it.board.remove(idOf("web"));
  it.board.remove("unknown");
  assertEquals([it.calls, it.board.size], [["started web", "stopped web"], 0]);
});

Deno.test("a sample of an unknown, removed or stopped container is ignored", () => {
  const it = recordedBoard();
  it.sample(2, "unknown");
  it.put({ state: "exited" });
  it.flush();
  it.sample(2);
  assertEquals([it.flush(), it.board.history(idOf("web"), 0)], [[], []]);
  it.board.remove(idOf("web"));
  it.sample(3);
  assertEquals([it.flush(), it.board.history(idOf("web"), 0)], [[["removed", false]], []]);
});

Deno.test("dropped samples are not published, and the next sample is", () => {
  const it = recordedBoard();
  it.put();
  it.sample(2);
  it.board.dropSamples();
  assertEquals([it.flush(), it.board.newest(), it.board.isComplete()], [[], [], false]);
  it.sample(3);
  assertEquals(it.flush(), [["running", true]]);
});

Deno.test("a silent host marks its containers as stale once, and as current again once", () => {
  const it = recordedBoard();
  it.put({ state: "exited" });
  it.flush();
  const counts = [true, true, false, false].map((stale) => {
    it.board.setStale(stale);
    return it.flush().length;
  });
  assertEquals(counts, [1, 0, 1, 0]);
});

Deno.test("a paused container is published again only with other numbers", () => {
  const it = recordedBoard();
  it.put({ state: "paused" });
  it.sample(2);
  assertEquals(it.flush(), [["paused", true]]);
  it.sample(3);
  assertEquals(it.flush(), []);
  it.sample(4, "web", { memoryUsage: 99 });
  assertEquals(it.flush(), [["paused", true]]);
});

Deno.test("a stop that the engine reports before the end is a stop, until the next start", () => {
  using known = boardWithSample();
  const exited = fakeContainer("web", { state: "exited", exitCode: 137, finishedAt: 1 });
  const noted = (...ends: Parameters<Board["noteEnd"]>[1][]) => {
    for (const end of ends) known.board.noteEnd(idOf("web"), end);
    known.board.put(exited);
    return known.board.containers().map(({ endedBy }) => endedBy);
  };
  assertEquals(noted("stop", "itself"), ["stop"]);
  assertEquals(noted(null, "itself"), ["itself"]);
});
