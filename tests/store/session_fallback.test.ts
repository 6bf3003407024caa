import { openDatabase } from "../../server/store/database.ts";
import { SessionFallback } from "../../server/store/session_fallback.ts";
import { SessionStore } from "../../server/store/session_store.ts";
import { assertEquals } from "../assert.ts";

/** A store whose database the test makes read-only. */
function openStore() {
  const database = openDatabase(":memory:");
  const stored = new SessionStore(database);
  const store = new SessionFallback(stored);
  return {
    stored,
    store,
    setReadOnly: (on: boolean) => database.exec(`PRAGMA query_only = ${Number(on)}`),
    [Symbol.dispose]() {
      store[Symbol.dispose]();
      database.close();
    },
  };
}

const session = (id: string, createdAt: number) => ({ id, createdAt, lastUsedAt: createdAt });

Deno.test("sessions are stored while the database can be written", () => {
  using it = openStore();
  it.store.add(session("a", 1), "hash-a", "token");
  assertEquals([it.stored.find("hash-a"), it.store.find("hash-a")], [session("a", 1), session("a", 1)]);
  assertEquals([it.store.remove("a"), it.store.remove("a"), it.stored.all()], [true, false, []]);
});

Deno.test("a session can be opened, used, listed and ended without a writable database", () => {
  using it = openStore();
  it.store.add(session("old", 1), "hash-old", "token");
  it.setReadOnly(true);
  it.store.add(session("new", 2), "hash-new", "token");
  it.store.touch("new", 5);
  assertEquals(it.store.find("hash-new"), { id: "new", createdAt: 2, lastUsedAt: 5 });
  assertEquals(it.store.all().map(({ id }) => id), ["new", "old"]);
  assertEquals([it.store.remove("new"), it.store.remove("new"), it.store.find("hash-new")], [
    true,
    false,
    undefined,
  ]);
});

Deno.test("a stored session ends even if it cannot be deleted", () => {
  using it = openStore();
  it.store.add(session("a", 1), "hash-a", "token");
  it.setReadOnly(true);
  assertEquals([it.store.remove("a"), it.store.remove("a")], [true, false]);
  assertEquals([it.store.find("hash-a"), it.store.all()], [undefined, []]);
});

Deno.test("sessions of another token end even if they cannot be deleted", () => {
  using it = openStore();
  it.store.add(session("old", 1), "hash-old", "old token");
  it.store.add(session("own", 2), "hash-own", "token");
  it.setReadOnly(true);
  it.store.removeOthers("token");
  assertEquals(it.store.all().map(({ id }) => id), ["own"]);
  assertEquals(it.store.find("hash-old"), undefined);
});

Deno.test("sessions are stored again when the database can be written again", () => {
  using it = openStore();
  it.setReadOnly(true);
  it.store.add(session("a", 1), "hash-a", "token");
  it.setReadOnly(false);
  it.store.add(session("b", 2), "hash-b", "token");
  assertEquals(it.stored.all().map(({ id }) => id), ["b"]);
  assertEquals(it.store.all().map(({ id }) => id), ["b", "a"]);
});
