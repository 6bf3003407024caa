import { openDatabase } from "../../server/store/database.ts";
import { stackOwner, statusEvent, withoutDetail } from "../../server/stacks/events.ts";
import { Journal } from "../../server/store/journal.ts";
import { recoverStacks } from "../../server/store/stack_recovery.ts";
import { StackStore } from "../../server/store/stack_store.ts";
import { assert, assertEquals } from "../assert.ts";
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
  services: ["a"],
  compose: "x: 1\n",
  env: "A=1\n",
} as const;

Deno.test("keeps the order and the numbers of the newest 10,000 events", async () => {
  using opened = await open();
  const journal = new Journal(opened.database);
  const { stackId } = await opened.store.create(WEB);
  for (let i = 0; i < 12_500; i++) {
    journal.append(
      statusEvent(stackOwner({ stackId, hostId: "Localhost", name: "web" }), "running", String(i)),
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
  journal.begin({ stackId: 3, hostId: "nas", project: "web", action: "deploying" });
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
