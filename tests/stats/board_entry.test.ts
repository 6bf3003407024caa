import { assertEquals } from "../assert.ts";
import { idOf } from "../fakes/engine.ts";
import { recordedBoard } from "./recorded_board.ts";

const NOW = { firstMs: 0, nextMs: 0 };
const NEVER = { firstMs: 60_000, nextMs: 60_000 };

Deno.test("a running container without numbers is reported after its time, once", () => {
  const it = recordedBoard();
  it.put();
  assertEquals([it.board.expire(NEVER), it.flush()], [[], []]);
  assertEquals(it.board.expire({ ...NEVER, firstMs: 0 }).map(({ name }) => name), ["web"]);
  assertEquals([it.flush(), it.board.expire(NOW), it.flush()], [[["running", false]], [], []]);
});

Deno.test("numbers that no longer come are dropped after their time, and return with the next sample", () => {
  const it = recordedBoard();
  it.put();
  it.sample(2);
  it.flush();
  assertEquals([it.board.expire({ ...NOW, nextMs: 60_000 }), it.flush()], [[], []]);
  it.board.expire({ ...NEVER, nextMs: 0 });
  assertEquals([it.flush(), it.board.newest()[0]!.facts.stale], [[["running", false]], true]);
  it.sample(3);
  assertEquals(it.board.newest().map(({ facts }) => [facts.stale, facts.changed]), [[false, true]]);
});

Deno.test("a change of a container without numbers is reported without numbers", () => {
  const it = recordedBoard();
  it.put();
  it.board.expire(NOW);
  it.flush();
  it.put({ health: "unhealthy" });
  assertEquals([it.flush(), it.board.newest()[0]!.facts.stale], [[["running", false]], true]);
});

Deno.test("a container that restarts waits for new numbers", () => {
  const it = recordedBoard();
  it.put();
  it.board.expire(NOW);
  it.flush();
  it.put({ startedAt: 2 });
  assertEquals([it.flush(), it.board.isComplete()], [[], false]);
});

Deno.test("containers that do not run have no numbers to wait for", () => {
  const it = recordedBoard();
  it.put({ state: "exited" });
  it.flush();
  assertEquals([it.board.expire(NOW), it.flush()], [[], []]);
});

Deno.test("a silent host sends no old numbers, and reports the containers that wait for their first", () => {
  const it = recordedBoard();
  it.put();
  it.sample(2);
  it.put({ id: idOf("new"), name: "new" });
  it.flush();
  it.board.setStale(true);
  assertEquals(it.flush(), [["running", false], ["running", false]]);
});

Deno.test("a new viewer gets no sample that is too old, but paused containers at any age", () => {
  const it = recordedBoard();
  it.put();
  it.put({ id: idOf("paused"), name: "paused", state: "paused" });
  it.sample(2);
  it.sample(2, "paused");
  assertEquals(it.board.newest(-1).map(({ facts }) => facts.container.name), ["paused"]);
  assertEquals([it.board.isComplete(-1), it.board.isComplete(60_000)], [false, true]);
});
