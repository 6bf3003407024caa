import { openDatabase } from "../../../server/store/database.ts";
import type { NewEvent } from "../../../server/store/past/event_rows.ts";
import { type EventBounds, EventStore } from "../../../server/store/past/event_store.ts";
import { assertEquals, assertThrows } from "../../assert.ts";

const DAY = 86_400_000;

function open(bounds: Partial<EventBounds> = {}) {
  const database = openDatabase(":memory:");
  const all = { keepMs: 90 * DAY, rows: 100, logBytes: 1000, step: 10, ...bounds };
  const store = new EventStore(database, all);
  const add = (event: Partial<NewEvent>, now = 0) =>
    store.write({ events: [newEvent(event)], containers: [], hosts: [] }, now);
  return { database, store, add, [Symbol.dispose]: () => database.close() };
}

function newEvent(changes: Partial<NewEvent>): NewEvent {
  return {
    at: 0,
    ...{ hostId: "nas", kind: "start", containerId: "abc123", name: "web", project: "shop", stack_id: 3 },
    ...{ service: "web", exitCode: null, state: null, action: null, operation_id: null, message: null },
    late: false,
    ...changes,
  };
}

Deno.test("events are returned as they were stored, oldest first", () => {
  using it = open();
  it.add({ at: 2000, kind: "exit", exitCode: 137, message: "secret", late: true });
  it.add({ at: 1000 });
  const [first, second] = it.store.page({}, 10);
  assertEquals([first?.id, second?.id], [2, 1]);
  const { at: _, ...stored } = newEvent({ kind: "exit", exitCode: 137, message: "secret", late: true });
  assertEquals(second, { ...stored, count: 1, id: 1, timestamp: "1970-01-01T00:00:02.000Z", hasLog: false });
});

Deno.test("the message of an event is whole, also after a NUL", () => {
  using it = open();
  it.add({ kind: "health", message: "no\0answer" });
  assertEquals(it.store.page({}, 10)[0]?.message, "no\ufffdanswer");
});

Deno.test("each filter selects its events", () => {
  using it = open();
  it.add({ at: 1 });
  it.add({ at: 2, name: "db", containerId: "def456", hostId: "vps", stack_id: 4, project: "x", kind: "oom" });
  const ids = (filter: Parameters<EventStore["page"]>[0]) => it.store.page(filter, 10).map(({ id }) => id);
  assertEquals(ids({ containers: ["db"] }), [2]);
  assertEquals(ids({ containers: ["abc", "def"] }), [1, 2]);
  assertEquals(ids({ containers: ["b"] }), []);
  assertEquals(ids({ hosts: ["vps"] }), [2]);
  assertEquals(ids({ stacks: [3] }), [1]);
  assertEquals(ids({ projects: ["x"] }), [2]);
  assertEquals(ids({ kinds: ["oom", "exit"] }), [2]);
  assertEquals(ids({ since: 2 }), [2]);
  assertEquals(ids({ until: 2 }), [1]);
  assertEquals(ids({ after: 1 }), [2]);
  assertEquals(ids({ before: { at: 2, id: 2 } }), [1]);
});

Deno.test("a batch is stored completely or not at all", () => {
  using it = open();
  const broken = { ...newEvent({}), hostId: null } as unknown as NewEvent;
  const facts = {
    name: "web",
    project: null,
    service: null,
    covered: 1,
    endedAt: null,
    health: null,
    oomAt: null,
  };
  const batch = { events: [newEvent({}), broken], containers: [["nas", "abc", facts]], hosts: [] } as const;
  assertThrows(() => it.store.write(batch, 0), Error, "NOT NULL");
  assertEquals([it.store.page({}, 10).length, it.store.containers("nas").size], [0, 0]);
});

Deno.test("states of containers and hosts are stored, and forgotten with the container", () => {
  using it = open();
  const facts = {
    name: "web",
    project: null,
    service: null,
    covered: 1,
    endedAt: null,
    health: null,
    oomAt: null,
  };
  it.store.write({ events: [], containers: [["nas", "abc", facts]], hosts: [["nas", "down"]] }, 0);
  assertEquals([...it.store.containers("nas")], [["abc", facts]]);
  assertEquals([it.store.host("nas"), it.store.host("vps")], ["down", undefined]);
  it.store.write({ events: [], containers: [["nas", "abc", null]], hosts: [] }, 0);
  assertEquals(it.store.containers("nas").size, 0);
});

Deno.test("the age is that of the storage, so an event of the year 9999 removes nothing and is removed", () => {
  using it = open();
  it.add({ at: Date.UTC(9999, 0) }, 0);
  it.add({ at: 0 }, 50 * DAY);
  it.store.prune(89 * DAY);
  assertEquals(it.store.page({}, 10).length, 2);
  it.store.prune(91 * DAY);
  assertEquals(it.store.page({}, 10).map(({ id }) => id), [2]);
});

Deno.test("a clock that jumps removes one step at most", () => {
  using it = open({ step: 2 });
  for (let count = 0; count < 5; count++) it.add({}, 0);
  it.store.prune(Date.UTC(9999, 0));
  assertEquals(it.store.page({}, 10).length, 3);
});

Deno.test("the newest rows and the newest logs stay within their bounds", () => {
  using it = open({ rows: 3, logBytes: 250 });
  for (let count = 0; count < 5; count++) it.add({ kind: "remove", gzip: new Uint8Array(100) });
  it.store.prune(0);
  assertEquals(it.store.page({}, 10).map(({ id, hasLog }) => [id, hasLog]), [
    [3, false],
    [4, true],
    [5, true],
  ]);
  assertEquals([it.store.log(5)?.length, it.store.log(3), it.store.log(1)], [100, undefined, undefined]);
});

Deno.test("the code of an end is added to the newest one without a code around its time", () => {
  using it = open();
  it.add({ at: 1000, kind: "exit", exitCode: null });
  it.add({ at: 200_000, kind: "exit", exitCode: null });
  it.add({ at: 201_000, kind: "exit", exitCode: 5 });
  it.add({ at: 200_000, kind: "exit", exitCode: null, containerId: "other" });
  const exit = { hostId: "nas", containerId: "abc123", at: 200_100, exitCode: 3 };
  it.store.write({ events: [], containers: [], hosts: [], exits: [exit, { ...exit, at: 900_000 }] }, 0);
  assertEquals(it.store.page({}, 10).map(({ id, exitCode }) => [id, exitCode]), [
    [1, null],
    [2, 3],
    [4, null],
    [3, 5],
  ]);
});

Deno.test("an event for several restarts keeps their number", () => {
  using it = open();
  it.add({ kind: "restart", count: 7 });
  assertEquals(it.store.page({}, 10).map(({ count }) => count), [7]);
});
