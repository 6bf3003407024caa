import { AuditStore, type NewAudit } from "../../../server/store/past/audit_store.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { assertEquals } from "../../assert.ts";

const DAY = 86_400_000;

function open() {
  const database = openDatabase(":memory:");
  const store = new AuditStore(database, { keepMs: 90 * DAY, rows: 4, refused: 2, step: 10 });
  const add = (changes: Partial<NewAudit> = {}, now = 0) =>
    store.add(
      { action: "sign-in", target: "/sessions", status: 201, actor: "none", address: "10.0.0.5", ...changes },
      now,
    );
  return { store, add, [Symbol.dispose]: () => database.close() };
}

Deno.test("entries are returned as they were stored, and can be filtered", () => {
  using it = open();
  it.add();
  it.add({ action: "remove", target: "/stacks/3", actor: "token" }, 1000);
  assertEquals(it.store.page({ actions: ["remove"] }, 10), [{
    id: 2,
    timestamp: "1970-01-01T00:00:01.000Z",
    action: "remove",
    target: "/stacks/3",
    status: 201,
    actor: "token",
    address: "10.0.0.5",
  }]);
  const ids = (filter: Parameters<AuditStore["page"]>[0]) => it.store.page(filter, 10).map(({ id }) => id);
  assertEquals(
    [ids({ since: 1000 }), ids({ until: 1000 }), ids({ after: 1 }), ids({ before: 2 })],
    [[2], [1], [2], [1]],
  );
});

Deno.test("entries are removed after 90 days", () => {
  using it = open();
  it.add({}, 0);
  it.add({}, 50 * DAY);
  it.store.prune(91 * DAY);
  assertEquals(it.store.page({}, 10).map(({ id }) => id), [2]);
});

Deno.test("wrong tokens cannot evict other entries", () => {
  using it = open();
  it.add({ action: "remove" });
  for (let count = 0; count < 10; count++) it.add({ status: 401 });
  it.store.prune(0);
  assertEquals(it.store.page({}, 10).map(({ id }) => id), [1, 10, 11]);
});

Deno.test("the newest entries stay within the bound", () => {
  using it = open();
  for (let count = 0; count < 6; count++) it.add();
  it.store.prune(0);
  assertEquals(it.store.page({}, 10).map(({ id }) => id), [3, 4, 5, 6]);
});
