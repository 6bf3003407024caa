import { openDatabase, transaction } from "../../server/store/database.ts";
import { TextRows } from "../../server/store/text_rows.ts";
import { Versions } from "../../server/store/versions.ts";
import { assertEquals, assertNotEquals } from "../assert.ts";

/** A database with one stack, and a way to save its texts. */
function opened() {
  const database = openDatabase(":memory:");
  database.exec(
    "INSERT INTO stacks (stack_id, name, host_id, status, services, created_at, updated_at) " +
      "VALUES (1, 'web', 'Localhost', 'pending', '[]', '', '')",
  );
  const [rows, versions] = [new TextRows(database), new Versions(database)];
  const save = (compose: string, env: string | null = null, reason = "changed") =>
    transaction(database, () => {
      const bytes = (text: string) => new TextEncoder().encode(text);
      rows.save(1, { compose: bytes(compose), env: env === null ? null : bytes(env) });
      versions.add(1, rows.get(1), reason);
    });
  return { database, versions, save, [Symbol.dispose]: () => database.close() };
}

const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

Deno.test("lists versions newest first, and marks the current one", () => {
  using it = opened();
  it.save("a: 1", null, "created");
  it.save("a: 2");
  const list = it.versions.list(1).map(({ version, reason, current, deployed_at }) => [
    ...[version, reason, current, deployed_at],
  ]);
  assertEquals(list, [[2, "changed", true, null], [1, "created", false, null]]);
});

Deno.test("a save without a change makes no version", () => {
  using it = opened();
  it.save("a: 1", "A=1");
  it.save("a: 1", "A=1");
  assertEquals(it.versions.list(1).length, 1);
});

Deno.test("keeps both texts of a version byte for byte", () => {
  using it = opened();
  it.save("a: 1\r\n", "A=ü");
  it.save("a: 2");
  const [first, second] = [it.versions.contents(1, 1), it.versions.contents(1, 2)];
  assertEquals([text(first?.compose), text(first?.env)], ["a: 1\r\n", "A=ü"]);
  assertEquals([text(second?.compose), second?.env], ["a: 2", undefined]);
  assertEquals(it.versions.contents(1, 3), undefined);
});

Deno.test("keeps the newest 50 versions, and no bytes of the others", () => {
  using it = opened();
  for (let number = 1; number <= 60; number++) it.save(`a: ${number}`);
  const list = it.versions.list(1);
  assertEquals([list.length, list[0]?.version, list.at(-1)?.version], [50, 60, 11]);
  assertEquals(it.database.prepare("SELECT count(*) AS n FROM blobs").get()?.["n"], 50);
});

Deno.test("contents are pending until they are deployed", () => {
  using it = opened();
  it.save("a: 1");
  assertEquals(it.versions.isPending(1), true);
  it.versions.deployed(1, it.versions.currentDigest(1)!, []);
  assertEquals(it.versions.isPending(1), false);
  it.save("a: 2");
  assertEquals(it.versions.isPending(1), true);
});

Deno.test("contents that are saved again as they were deployed are not pending", () => {
  using it = opened();
  it.save("a: 1");
  it.versions.deployed(1, it.versions.currentDigest(1)!, []);
  it.save("a: 2");
  it.save("a: 1");
  assertEquals(it.versions.isPending(1), false);
});

Deno.test("a deployment is noted with its images at the version that was deployed", () => {
  using it = opened();
  it.save("a: 1");
  const digest = it.versions.currentDigest(1)!;
  it.save("a: 2");
  const images = [{ service: "web", image: "busybox:1", digest: "sha256:0" }];
  it.versions.deployed(1, digest, images);
  const [second, first] = it.versions.list(1);
  assertEquals([second?.deployed_at, second?.images], [null, []]);
  assertNotEquals(first?.deployed_at, null);
  assertEquals(first?.images, images);
});

Deno.test("a forgotten stack leaves no versions and no bytes", () => {
  using it = opened();
  it.save("a: 1", "A=1");
  transaction(it.database, () => it.versions.forget(1));
  assertEquals(it.versions.list(1), []);
  assertEquals(it.database.prepare("SELECT count(*) AS n FROM blobs").get()?.["n"], 0);
});
