import { openDatabase } from "../../server/store/database.ts";
import { SessionStore } from "../../server/store/session_store.ts";
import { assertEquals, assertThrows } from "../assert.ts";

/** A store in memory for one test. */
function openStore() {
  const database = openDatabase(":memory:");
  const store = new SessionStore(database);
  return { store, [Symbol.dispose]: () => database.close() };
}

const session = (id: string, createdAt: number) => ({ id, createdAt, lastUsedAt: createdAt });

Deno.test("finds a session by the hash of its secret only", () => {
  using it = openStore();
  it.store.add(session("a", 1), "hash-a", "token");
  assertEquals(it.store.find("hash-a"), session("a", 1));
  for (const hash of ["a", "", "hash-a ", "' OR 1=1 --"]) assertEquals(it.store.find(hash), undefined);
});

Deno.test("lists the newest session first", () => {
  using it = openStore();
  for (const [id, at] of [["b", 2], ["c", 3], ["a", 2]] as const) {
    it.store.add(session(id, at), `hash-${id}`, "token");
  }
  assertEquals(it.store.all().map(({ id }) => id), ["c", "a", "b"]);
});

Deno.test("stores the last use of one session", () => {
  using it = openStore();
  it.store.add(session("a", 1), "hash-a", "token");
  it.store.add(session("b", 1), "hash-b", "token");
  it.store.touch("a", 9);
  assertEquals(it.store.find("hash-a")?.lastUsedAt, 9);
  assertEquals(it.store.find("hash-b")?.lastUsedAt, 1);
});

Deno.test("removes a session once", () => {
  using it = openStore();
  it.store.add(session("a", 1), "hash-a", "token");
  assertEquals([it.store.remove("a"), it.store.remove("a"), it.store.all()], [true, false, []]);
});

Deno.test("removes the sessions of other tokens", () => {
  using it = openStore();
  it.store.add(session("a", 1), "hash-a", "old");
  it.store.add(session("b", 1), "hash-b", "new");
  it.store.removeOthers("new");
  assertEquals(it.store.all().map(({ id }) => id), ["b"]);
});

Deno.test("refuses two sessions with one secret", () => {
  using it = openStore();
  it.store.add(session("a", 1), "hash", "token");
  assertThrows(() => it.store.add(session("b", 1), "hash", "token"), Error, "UNIQUE");
  assertEquals(it.store.all().length, 1);
});
