import { openDatabase } from "../../server/store/database.ts";
import { stackOwner, statusEvent, withoutDetail } from "../../server/stacks/progress/events.ts";
import { Journal } from "../../server/store/journal.ts";
import { recoverStacks } from "../../server/store/stack_recovery.ts";
import { StackStore } from "../../server/store/stack_store.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";
import { storedService } from "../fakes/service.ts";
import { freshFolder } from "../client.ts";
import * as v from "valibot";
import { DetailedStackEvent, type StackEvent } from "../../server/protocol/stack_events.ts";

async function open(folder = freshFolder()) {
  await Deno.mkdir(folder, { recursive: true });
  const database = openDatabase(`${folder}/dockstat.db`);
  const store = new StackStore(database, folder);
  await recoverStacks(store);
  return { database, store, folder, [Symbol.dispose]: () => database.close() };
}

const WEB = {
  name: "web",
  hostId: "Localhost",
  status: "pending",
  services: [storedService("a")],
  compose: "x: 1\n",
  env: "A=1\n",
} as const;

Deno.test("keeps the order and the numbers of the newest 10,000 events", async () => {
  using opened = await open();
  const journal = new Journal(opened.database);
  const { stackId } = await opened.store.create(WEB);
  for (let i = 0; i < 12_500; i++) {
    journal.append(
      statusEvent(stackOwner({ stackId, hostId: "Localhost", name: "web" }), "running", String(i), "running"),
    );
  }
  const all = journal.after(0, 100_000);
  assert(all.length >= 10_000 && all.length < 12_500, String(all.length));
  assertEquals([all.at(-1)!.seq, journal.newest], [12_500, 12_500]);
  assertEquals(all.map(({ seq }) => seq), all.map((_, index) => all[0]!.seq + index));
  assertEquals(opened.store.get(stackId)?.status, "running");
});

Deno.test("replays events of versions that stored no structure", () => {
  using database = openDatabase(":memory:");
  const journal = new Journal(database);
  journal.begin({
    stackId: 3,
    hostId: "nas",
    project: "web",
    target: { kind: "stack", name: "web", id: null },
    action: "deploying",
  });
  const old = [
    {
      type: "stack-status",
      data: { stack_id: 3, status: "pending", message: "Creating stack configuration" },
    },
    {
      type: "stack-progress",
      data: { stack_id: 3, action: "deploying", message: "Pulling web", timestamp: "2026" },
    },
    { type: "stack-removed", data: { stack_id: 3, message: "Stack removed successfully" } },
  ];
  const insert = database.prepare("INSERT INTO events (stack_id, operation_id, json) VALUES (3, ?, ?)");
  old.forEach((event, index) => insert.run(index === 0 ? null : 1, JSON.stringify(event)));
  const entries = journal.after(0, 10);
  for (const { event } of entries) assert(v.is(DetailedStackEvent, event), JSON.stringify(event));
  assertEquals(entries.map(({ event: { data } }) => [data.host_id, data.project]), [
    [null, null],
    ["nas", "web"],
    ["nas", "web"],
  ]);
  assertEquals(entries.map(({ event }) => withoutDetail(event)), old as StackEvent[]);
});

/** Opens a journal in memory with one operation on a stack. */
function openJournal() {
  const database = openDatabase(":memory:");
  const journal = new Journal(database);
  const { operation_id: id } = journal.begin({
    stackId: 3,
    hostId: "nas",
    project: "web",
    target: { kind: "stack", name: "web", id: null },
    action: "deploying",
  });
  return { journal, id, database, [Symbol.dispose]: () => database.close() };
}

/** Creates an event of an operation with a message. */
const eventOf = (operationId: number | null, message: string) =>
  statusEvent(
    {
      stackId: 3,
      hostId: "nas",
      project: "web",
      operationId,
      target: { kind: "stack", name: "web", id: "3" },
    },
    "running",
    message,
    "running",
  );

Deno.test("an event that cannot be stored does not change the status of its stack", async () => {
  using opened = await open();
  const { stackId } = await opened.store.create(WEB);
  const journal = new Journal(opened.database);
  const event = statusEvent(
    stackOwner({ stackId, hostId: "Localhost", name: "web" }),
    "exited",
    "",
    "exited",
  );
  opened.database.exec("ALTER TABLE events RENAME TO lost");
  assertThrows(() => journal.append(event), Error, "no such table");
  assertEquals([opened.store.get(stackId)?.status, opened.database.isTransaction], ["pending", false]);
});

Deno.test("the events of an operation are its newest, without details, oldest first", () => {
  using it = openJournal();
  for (const message of ["a", "b", "c", "d"]) it.journal.append(eventOf(it.id, message), message === "c");
  it.journal.append(eventOf(null, "e"));
  it.journal.append(eventOf(it.id + 1, "f"));
  const messages = it.journal.ofOperation(it.id, 2).map(({ event }) => event.data.message);
  assertEquals(messages, ["b", "d"]);
});

Deno.test("a replay begins after its number, includes details and stops at its limit", () => {
  using it = openJournal();
  for (const message of ["a", "b", "c", "d"]) it.journal.append(eventOf(it.id, message), message === "b");
  assertEquals(it.journal.after(1, 2).map(({ seq, detailOnly }) => [seq, detailOnly]), [[2, true], [
    3,
    false,
  ]]);
  assertEquals(it.journal.after(4, 10), []);
  assertEquals(it.journal.after(Number.MAX_SAFE_INTEGER, 10), []);
});

Deno.test("an entry has the text of its event, when it is appended and when it is read", () => {
  using it = openJournal();
  const appended = it.journal.append(eventOf(it.id, 'a "quoted" word'));
  const [read] = it.journal.after(0, 10);
  assertEquals([read!.text, read!.event], [appended.text, appended.event]);
  assertEquals(JSON.parse(read!.text), eventOf(it.id, 'a "quoted" word'));
});

Deno.test("numbers of events are never used again", () => {
  using it = openJournal();
  it.journal.append(eventOf(it.id, "a"));
  it.database.exec("DELETE FROM events");
  assertEquals([it.journal.newest, it.journal.append(eventOf(it.id, "b")).seq], [1, 2]);
});

Deno.test("an operation keeps the time of its start when it ends", () => {
  using it = openJournal();
  it.journal.started(it.id);
  const { started_at } = it.journal.operation(it.id)!;
  it.journal.ended(it.id, "failed", 17, "port is taken");
  const operation = it.journal.operation(it.id)!;
  assert(started_at !== null && operation.ended_at !== null);
  assertEquals([operation.started_at, operation.state, operation.exit_code, operation.error], [
    started_at,
    "failed",
    17,
    "port is taken",
  ]);
});

Deno.test("the error of an operation is whole, also after a NUL", () => {
  using it = openJournal();
  it.journal.ended(it.id, "failed", null, 'Cannot run "a\0b": it is missing');
  assertEquals(it.journal.operation(it.id)?.error, 'Cannot run "a\ufffdb": it is missing');
});

Deno.test("operations that have not ended are those that a crash interrupts", () => {
  using it = openJournal();
  const ids = (["succeeded", "failed", "cancelled", "interrupted", "running"] as const).map((state) => {
    const { operation_id } = it.journal.begin({
      stackId: null,
      hostId: "nas",
      project: "db",
      target: { kind: "stack", name: "db", id: null },
      action: "stopping",
    });
    it.journal.ended(operation_id, state, null, null);
    return operation_id;
  });
  assertEquals(it.journal.unended().map(({ operation_id }) => operation_id), [it.id, ids[4]!]);
});

Deno.test("an operation that does not exist has no record, no notes and no events", () => {
  using it = openJournal();
  assertEquals(it.journal.operation(99), undefined);
  assertEquals(it.journal.notes(99), { warnings: [], output: [] });
  assertEquals(it.journal.ofOperation(99, 10), []);
});

Deno.test("lists the newest operations first, of all stacks or of one", () => {
  using it = openJournal();
  for (const stackId of [null, 3, 4]) {
    it.journal.begin({
      stackId,
      hostId: "nas",
      project: "db",
      target: { kind: "stack", name: "db", id: null },
      action: "stopping",
    });
  }
  const ids = (stackId: number | undefined, limit: number) =>
    it.journal.operations(stackId, limit).map(({ operation_id }) => operation_id);
  assertEquals([ids(undefined, 2), ids(3, 10), ids(99, 10)], [[4, 3], [3, 1], []]);
});

Deno.test("only an operation that kept paths has the key", () => {
  using it = openJournal();
  assert(!Object.hasOwn(it.journal.operation(it.id)!, "kept"));
  it.journal.kept(it.id, []);
  assertEquals(it.journal.operation(it.id)?.kept, []);
});
