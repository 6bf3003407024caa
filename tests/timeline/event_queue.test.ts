import { openDatabase } from "../../server/store/database.ts";
import type { NewEvent } from "../../server/store/past/event_rows.ts";
import { EventStore } from "../../server/store/past/event_store.ts";
import { EventQueue } from "../../server/timeline/event_queue.ts";
import { assertEquals, eventually } from "../assert.ts";
import { quietLog } from "../fakes/quiet_log.ts";

const EVENT: NewEvent = {
  ...{ at: 0, hostId: "nas", kind: "start", containerId: null, name: "web", project: null, stack_id: null },
  ...{ service: null, exitCode: null, state: null, action: null, operation_id: null, message: null },
  late: false,
};
const TIMES = { delayMs: 1, retryMs: 1, pruneMs: 60_000, waiting: 5 };

function open(delayMs = 60_000) {
  const database = openDatabase(":memory:");
  const store = new EventStore(database);
  const queue = new EventQueue(store, { ...TIMES, delayMs });
  const stored = () => store.page({}, 100).length;
  return { database, store, queue, stored, [Symbol.dispose]: () => database.close() };
}

Deno.test("events are stored together, some time after they are added", async () => {
  using it = open(1);
  using queue = it.queue;
  for (let count = 0; count < 3; count++) queue.add(EVENT);
  assertEquals(it.stored(), 0);
  await eventually("the batch", () => it.stored() === 3);
});

Deno.test("a reader that flushes sees everything, and the end of the server stores the rest", () => {
  using it = open();
  {
    using queue = it.queue;
    queue.add(EVENT);
    queue.flush();
    assertEquals(it.stored(), 1);
    queue.add(EVENT);
    queue.knowHost("nas", "down");
  }
  assertEquals([it.stored(), it.store.host("nas")], [2, "down"]);
});

Deno.test("a full disk delays events, and stores each once when it has space again", async () => {
  using _log = quietLog();
  using it = open(1);
  using queue = it.queue;
  const { write } = it.store;
  let failures = 0;
  it.store.write = () => {
    failures++;
    throw new Error("database or disk is full");
  };
  queue.add(EVENT);
  await eventually("two attempts", () => failures > 1);
  queue.add(EVENT);
  it.store.write = write;
  await eventually("the events", () => it.stored() > 0);
  assertEquals(it.stored(), 2);
});

Deno.test("events that wait for the disk are bounded, the newest are kept", () => {
  using it = open();
  using queue = it.queue;
  for (let count = 1; count <= 7; count++) queue.add({ ...EVENT, exitCode: count });
  queue.flush();
  assertEquals(it.store.page({}, 100).map(({ exitCode }) => exitCode), [3, 4, 5, 6, 7]);
});
