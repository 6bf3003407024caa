/** Permissions of further files in the database, on the disk and in versions. */
import { openDatabase, transaction } from "../../../server/store/database.ts";
import { recoverStacks } from "../../../server/store/stack_recovery.ts";
import { FILE_MODES } from "../../../server/store/further/schema.ts";
import { StackStore } from "../../../server/store/stack_store.ts";
import { assertEquals } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A store with one stack that has the executable file `run.sh`. */
async function opened() {
  const folder = temporaryFolder({});
  const database = openDatabase(folder.path("dockstat.db"));
  const store = new StackStore(database, folder.path("data"));
  const stack = { name: "web", hostId: "Localhost", status: "pending" as const, services: [] };
  await store.create({ ...stack, compose: "a: 1", env: undefined });
  const put = (text: string, mode?: number) =>
    store.further.change(
      1,
      new Map([["run.sh", bytes(text)]]),
      "put",
      new Map(mode ? [["run.sh", mode]] : []),
    );
  await put("one", 0o755);
  return {
    ...{ folder, store, put },
    modes: () =>
      ["texts/1/files", "stacks/1"].map((root) =>
        (Deno.lstatSync(folder.path(`data/${root}/run.sh`)).mode! & 0o777).toString(8)
      ),
    [Symbol.dispose]: () => {
      database.close();
      folder[Symbol.dispose]();
    },
  };
}

Deno.test("a file gets its permissions in both trees, and keeps them when it is changed", async () => {
  using it = await opened();
  assertEquals(it.modes(), ["755", "755"]);
  await it.put("two");
  assertEquals([it.modes(), it.store.further.list(1)[0]?.mode], [["755", "755"], 0o755]);
});

Deno.test("other permissions alone are a change and a version", async () => {
  using it = await opened();
  await it.put("one", 0o600);
  assertEquals(it.modes(), ["600", "600"]);
  assertEquals(it.store.versions.list(1).length, 3);
  await it.put("one", 0o600);
  assertEquals(it.store.versions.list(1).length, 3);
});

Deno.test("a version has the permissions of its files", async () => {
  using it = await opened();
  await it.put("one", 0o644);
  const { versions, further } = it.store;
  assertEquals([2, 3].map((version) => versions.contents(1, version)?.modes.get("run.sh")), [0o755, 0o644]);
  const { files, modes } = versions.contents(1, 2)!;
  const changes = further.changesTo(1, files, modes);
  assertEquals([...changes.keys()], ["run.sh"]);
  await further.change(1, changes, "restored", modes);
  assertEquals(it.modes(), ["755", "755"]);
});

Deno.test("a change of permissions that a kill has interrupted is completed at the next start", async () => {
  using it = await opened();
  const changes = new Map([["run.sh", bytes("one")]]);
  transaction(it.store.database, () => it.store.further.announce(1, changes, new Map([["run.sh", 0o600]])));
  await recoverStacks(it.store);
  assertEquals(it.modes(), ["600", "600"]);
});

Deno.test("a lost file is written again with its permissions", async () => {
  using it = await opened();
  for (const root of ["texts/1/files", "stacks/1"]) Deno.removeSync(it.folder.path(`data/${root}/run.sh`));
  await it.store.further.complete(1, () => true);
  assertEquals(it.modes(), ["755", "755"]);
});

Deno.test("an upgrade keeps the modes of executable files of repositories, also in earlier versions", async () => {
  using folder = temporaryFolder({});
  using database = openDatabase(folder.path("dockstat.db"));
  {
    const store = new StackStore(database, folder.path("data"));
    const stack = { name: "web", hostId: "Localhost", status: "pending" as const, services: [] };
    await store.create({ ...stack, compose: "a: 1", env: undefined });
    await store.further.change(1, new Map([["run.sh", bytes("one")], ["a", bytes("a")]]), "Git 1");
    database.prepare("INSERT INTO git_stacks (stack_id, json) VALUES (1, ?)")
      .run(JSON.stringify({ executables: ["run.sh", "gone.sh"] }));
    database.exec("ALTER TABLE stack_files DROP COLUMN mode; ALTER TABLE versions DROP COLUMN modes");
    database.exec(FILE_MODES);
  }
  const { further, versions } = new StackStore(database, folder.path("data"));
  assertEquals(further.list(1).map(({ path, mode }) => [path, mode]), [["a", 0o644], ["run.sh", 0o755]]);
  const modes = (version: number) => Object.fromEntries(versions.contents(1, version)!.modes);
  assertEquals([modes(1), modes(2)], [{}, { a: 0o644, "run.sh": 0o755 }]);
});
