import { logLines } from "../../server/log/log.ts";
import { Board } from "../../server/stats/board.ts";
import { Inspections } from "../../server/stats/inspections.ts";
import { assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { quietLog } from "../fakes/quiet_log.ts";

const SIGNAL = new AbortController().signal;
const NEVER = () => new Promise<never>(() => {});

function setUp(inspectMs: number, ...names: readonly string[]) {
  const engine = new FakeEngine(...names.map((name) => fakeContainer(name, { restarts: true })));
  let published = 0;
  const board = new Board({
    hostId: "nas",
    keepMs: 1000,
    publish: () => published++,
    listener: { started() {}, stopped() {}, changed() {} },
  });
  const listed = names.map((name) => fakeContainer(name, { state: "exited", inspected: false }));
  return {
    engine,
    board,
    listed,
    inspections: new Inspections(engine, board, inspectMs),
    published: () => published,
  };
}

Deno.test("puts what an inspection says on the board", async () => {
  const { board, listed, inspections } = setUp(60_000, "web");
  await inspections.run(listed, SIGNAL);
  assertEquals(board.containers().map(({ state, inspected }) => [state, inspected]), [["running", true]]);
});

Deno.test("a container that hangs keeps the facts of the list, over those of an earlier inspection", async () => {
  const { engine, board, listed, inspections } = setUp(1, "web");
  board.put(fakeContainer("web", { restarts: true, startedAt: 5 }));
  engine.onInspect = NEVER;
  await inspections.run(listed, SIGNAL);
  const [web] = board.containers();
  assertEquals([web!.state, web!.inspected, web!.restarts, web!.startedAt], ["exited", false, true, 5]);
});

Deno.test("many containers that hang hide no other", async () => {
  const names = Array.from({ length: 40 }, (_, index) => `c${index}`);
  const { engine, board, listed, inspections } = setUp(1, ...names);
  engine.onInspect = (id) => id === idOf("c39") ? Promise.resolve() : NEVER();
  await inspections.run(listed, SIGNAL);
  assertEquals([board.size, board.container(idOf("c39"))!.inspected], [40, true]);
});

Deno.test("a container that was removed meanwhile does not return", async () => {
  const { engine, board, listed, inspections } = setUp(60_000, "web", "db");
  const answer = Promise.withResolvers<void>();
  engine.onInspect = () => answer.promise;
  const run = inspections.run(listed, SIGNAL);
  inspections.forget(idOf("web"));
  answer.resolve();
  await run;
  assertEquals(board.containers().map(({ name }) => name), ["db"]);
});

Deno.test("the newest inspection of a container wins", async () => {
  const { engine, board, listed, inspections } = setUp(60_000, "web");
  const first = Promise.withResolvers<void>();
  engine.onInspect = () => first.promise;
  const slow = inspections.run(listed, SIGNAL);
  engine.onInspect = () => Promise.resolve();
  engine.containers.set(idOf("web"), fakeContainer("web", { health: "healthy" }));
  await inspections.run(listed, SIGNAL);
  first.resolve();
  await slow;
  assertEquals(board.containers().map(({ health }) => health), ["healthy"]);
});

Deno.test("slow answers are published later and do not delay the run", async () => {
  const { engine, board, listed, inspections, published } = setUp(60_000, "web");
  engine.containers.set(idOf("web"), fakeContainer("web", { state: "exited" }));
  const answer = Promise.withResolvers<void>();
  engine.onInspect = () => answer.promise;
  await inspections.run(listed, SIGNAL, 1);
  assertEquals(board.size, 0);
  answer.resolve();
  await eventually("the late answer", () => board.size === 1 && published() === 1);
});

Deno.test("an abort ends the run and puts nothing on the board", async () => {
  const { engine, board, listed, inspections } = setUp(60_000, "web");
  const stop = new AbortController();
  engine.onInspect = NEVER;
  const run = inspections.run(listed, stop.signal);
  stop.abort();
  await run;
  assertEquals(board.size, 0);
});

Deno.test("logs the container and what hung, once until it can be inspected again", async () => {
  using _quiet = quietLog();
  const { engine, listed, inspections } = setUp(1, "logged");
  engine.onInspect = NEVER;
  await inspections.run(listed, SIGNAL);
  await inspections.run(listed, SIGNAL);
  const warnings = logLines.tail(100, "WARN").filter(({ message }) => message.includes("logged"));
  assertEquals(warnings.length, 1);
  assertStringIncludes(
    warnings[0]!.message,
    'no answer to the inspection of container "logged" within 0.001 s',
  );
});
