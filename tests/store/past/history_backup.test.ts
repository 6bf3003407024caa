import { openDatabase } from "../../../server/store/database.ts";
import { DatabaseSync } from "node:sqlite";
import { HistoryStore } from "../../../server/store/history/history_store.ts";
import { createBackup, restoreBackup } from "../../../server/store/past/backup.ts";
import { assertEquals } from "../../assert.ts";
import { fakeContainer } from "../../fakes/engine.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { Recorded, START } from "../../history/recorded.ts";

Deno.test("a backup has the history, also what a running server has not put into blocks", async () => {
  using folder = temporaryFolder();
  const [data, file, to] = ["data", "a.backup", "restored"].map(folder.path) as [string, string, string];
  await Deno.mkdir(data);
  openDatabase(`${data}/dockstat.db`).close();
  {
    await using it = new Recorded(`${data}/history.db`);
    it.seconds(650, fakeContainer("solo"), (second) => second);
    await it.settled();
    it.history.flush();
    await createBackup(data, file);
  }
  await restoreBackup(file, to, false);
  await using it = new Recorded(`${to}/history.db`, {}, START + 650_000);
  assertEquals(it.rows("Localhost/solo").history.map(([, cpu]) => cpu).slice(-3), [647, 648, 649]);
  assertEquals(it.rows("Localhost/solo").history.length, 650);
  assertEquals(Deno.statSync(`${to}/history.db`).mode! & 0o777, 0o600);
});

Deno.test("a restored database has no free pages where the history was", async () => {
  using folder = temporaryFolder();
  const [data, file, to] = ["data", "a.backup", "restored"].map(folder.path) as [string, string, string];
  await Deno.mkdir(data);
  using original = openDatabase(`${data}/dockstat.db`);
  original.exec("INSERT INTO sqlite_sequence (name, seq) VALUES ('stacks', 41)");
  {
    await using it = new Recorded(`${data}/history.db`);
    it.seconds(650, fakeContainer("solo"), (second) => second);
    await it.settled();
  }
  await createBackup(data, file);
  await restoreBackup(file, to, false);
  using database = openDatabase(`${to}/dockstat.db`);
  const schema = (one: typeof database) =>
    one.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").all();
  assertEquals(database.prepare("PRAGMA freelist_count").get()?.["freelist_count"], 0);
  assertEquals(schema(database), schema(original));
  assertEquals(database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'stacks'").get()?.["seq"], 41);
  assertEquals([...Deno.readDirSync(to)].filter(({ name }) => /-[0-9a-f]{4}-/.test(name)), []);
});

Deno.test("a backup without history removes the one of the folder", async () => {
  using folder = temporaryFolder();
  const [data, file, to] = ["data", "a.backup", "restored"].map(folder.path) as [string, string, string];
  for (const path of [data, to]) await Deno.mkdir(path);
  openDatabase(`${data}/dockstat.db`).close();
  await createBackup(data, file);
  {
    await using it = new Recorded(`${to}/history.db`);
    it.seconds(1, fakeContainer("solo"));
  }
  await restoreBackup(file, to, true);
  assertEquals(
    [...Deno.readDirSync(to)].map(({ name }) => name).filter((name) => name.startsWith("history")),
    [],
  );
});

Deno.test("a backup has the reasons for gaps, and one of an earlier version has none", async () => {
  using folder = temporaryFolder();
  const data = folder.path("data");
  await Deno.mkdir(data);
  openDatabase(`${data}/dockstat.db`).close();
  const restored = async (name: string) => {
    await createBackup(data, folder.path(`${name}.backup`));
    await restoreBackup(folder.path(`${name}.backup`), folder.path(name), false);
    using store = new HistoryStore(folder.path(`${name}/history.db`));
    return store.spans.all().length;
  };
  {
    await using it = new Recorded(`${data}/history.db`);
    it.history.flush();
  }
  assertEquals(await restored("newest"), 1);
  using database = new DatabaseSync(`${data}/history.db`);
  database.exec("DROP TABLE spans; PRAGMA user_version = 1");
  assertEquals(await restored("earlier"), 0);
});
