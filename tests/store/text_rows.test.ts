import { openDatabase } from "../../server/store/database.ts";
import { digestOf } from "../../server/store/digest.ts";
import { bytesOf, TextRows } from "../../server/store/text_rows.ts";
import { assertEquals } from "../assert.ts";

/** Opens the rows of a database in memory. */
function openRows() {
  const database = openDatabase(":memory:");
  return { database, rows: new TextRows(database), [Symbol.dispose]: () => database.close() };
}

/** Inserts a stack whose texts are not in their files yet; returns its id. */
function insertStack({ database }: ReturnType<typeof openRows>, compose: string | null, env: string | null) {
  const { lastInsertRowid } = database.prepare(
    "INSERT INTO stacks (name, host_id, status, services, created_at, updated_at, unwritten_compose, unwritten_env) " +
      "VALUES (?, 'nas', 'pending', '[]', '', '', ?, ?)",
  ).run(crypto.randomUUID(), compose && bytesOf(compose), env && bytesOf(env));
  return Number(lastInsertRowid);
}

/** Returns the stored texts of a stack as strings. */
function textsOf(rows: TextRows, stackId: number) {
  const { compose, env } = rows.get(stackId);
  const decoder = new TextDecoder();
  return [compose && decoder.decode(compose.bytes), env && decoder.decode(env.bytes)];
}

Deno.test("a stack without rows has no texts", () => {
  using it = openRows();
  assertEquals(it.rows.get(7), { compose: undefined, env: undefined });
});

Deno.test("stores the digest of a text with its bytes, also of an empty one", () => {
  using it = openRows();
  const bytes = new Uint8Array([0xff, 0x00, 0x0d]);
  it.rows.save(1, { compose: bytes, env: new Uint8Array() });
  const { compose, env } = it.rows.get(1);
  assertEquals([[...compose!.bytes], compose!.digest], [[0xff, 0x00, 0x0d], digestOf(bytes)]);
  assertEquals([env!.bytes.length, env!.digest], [0, digestOf(new Uint8Array())]);
});

Deno.test("saving one text keeps the other, and null removes one", () => {
  using it = openRows();
  it.rows.save(1, { compose: bytesOf("a"), env: bytesOf("b") });
  it.rows.save(1, { compose: bytesOf("c") });
  assertEquals(textsOf(it.rows, 1), ["c", "b"]);
  it.rows.save(1, { env: null });
  assertEquals(textsOf(it.rows, 1), ["c", undefined]);
});

Deno.test("saving the texts of a stack does not change those of another", () => {
  using it = openRows();
  it.rows.save(1, { compose: bytesOf("a") });
  it.rows.save(2, { compose: bytesOf("b") });
  it.rows.save(2, { compose: bytesOf("c") });
  assertEquals([textsOf(it.rows, 1)[0], textsOf(it.rows, 2)[0]], ["a", "c"]);
});

Deno.test("a text without a digest is not a stored text", () => {
  using it = openRows();
  it.rows.save(1, { compose: bytesOf("a"), env: bytesOf("b") });
  it.database.exec("UPDATE stack_texts SET compose_digest = NULL");
  assertEquals(textsOf(it.rows, 1), [undefined, "b"]);
});

Deno.test("lists only stacks with a text that is not in its file", () => {
  using it = openRows();
  const ids = [insertStack(it, "a", null), insertStack(it, null, null), insertStack(it, null, "")];
  assertEquals(it.rows.allPending(), [ids[0]!, ids[2]!]);
});

Deno.test("settling stores the texts that waited, keeps the others, and has no effect the second time", () => {
  using it = openRows();
  const id = insertStack(it, "new", null);
  it.rows.save(id, { compose: bytesOf("old"), env: bytesOf("A=1") });
  it.rows.settle(id);
  it.rows.settle(id);
  assertEquals(textsOf(it.rows, id), ["new", "A=1"]);
  assertEquals(it.rows.pending(id), { compose: null, env: null });
});

Deno.test("dropping forgets the texts that waited and keeps the stored ones", () => {
  using it = openRows();
  const [id, other] = [insertStack(it, "new", "B=2"), insertStack(it, "other", null)];
  it.rows.save(id, { compose: bytesOf("old") });
  it.rows.drop(id);
  assertEquals([textsOf(it.rows, id), it.rows.allPending()], [["old", undefined], [other]]);
});

Deno.test("the highest id counts stacks that are removed, and is 0 before the first", () => {
  using it = openRows();
  assertEquals(it.rows.highestId(), 0);
  const ids = [insertStack(it, null, null), insertStack(it, null, null)];
  it.database.exec("DELETE FROM stacks");
  assertEquals(it.rows.highestId(), ids[1]!);
});
