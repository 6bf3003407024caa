import { createBackup, restoreBackup } from "../../../server/store/past/backup.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { recoverStacks } from "../../../server/store/stack_recovery.ts";
import { StackStore } from "../../../server/store/stack_store.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

const COMPOSE = "services: {web: {image: busybox}}\n";

/** Opens a data folder with one stack that has an environment and a further file. */
async function openData(folder: string) {
  await Deno.mkdir(folder, { recursive: true });
  const database = openDatabase(`${folder}/dockstat.db`);
  const store = new StackStore(database, folder);
  await recoverStacks(store);
  const { stackId } = await store.create({
    ...{ name: "shop", hostId: "Localhost", status: "pending", services: [] },
    ...{ compose: COMPOSE, env: "A=1" },
  });
  await store.further.change(
    stackId,
    new Map([["conf/app.env", new TextEncoder().encode("B=2")]]),
    "changed",
  );
  await Deno.writeTextFile(`${folder}/token`, "the-token", { mode: 0o600 });
  return { store, stackId, [Symbol.dispose]: () => database.close() };
}

Deno.test("a backup of a folder in use has the stacks, their files and the token, for its owner only", async () => {
  using folder = temporaryFolder();
  const [data, file, to] = ["data", "a.backup", "restored"].map(folder.path) as [string, string, string];
  using _open = await openData(data);
  await createBackup(data, file);
  assertEquals((await Deno.stat(file)).mode! & 0o777, 0o600);
  assertEquals([...Deno.readDirSync(folder.path(""))].map(({ name }) => name).sort(), ["a.backup", "data"]);
  await restoreBackup(file, to, false);
  const read = (path: string) => Deno.readTextFileSync(`${to}/${path}`);
  assertEquals(
    ["texts/1/compose.yaml", "texts/1/.env", "texts/1/files/conf/app.env", "stacks/1/conf/app.env", "token"]
      .map(read),
    [COMPOSE, "A=1", "B=2", "B=2", "the-token"],
  );
  assertEquals((await Deno.stat(`${to}/token`)).mode! & 0o777, 0o600);
  using database = openDatabase(`${to}/dockstat.db`);
  const versions = new StackStore(database, to).versions;
  assertEquals(versions.currentDigest(1), _open.store.versions.currentDigest(1));
});

Deno.test("a backup has the certificates of hosts that were added in DockStat, and nothing else of their folder", async () => {
  using folder = temporaryFolder();
  const [data, file, to] = ["data", "a.backup", "to"].map(folder.path) as [string, string, string];
  using _open = await openData(data);
  const host = "hosts/nas-0123abcd";
  await Deno.mkdir(`${data}/${host}`, { recursive: true });
  for (const name of ["key.pem", "notes.txt"]) await Deno.writeTextFile(`${data}/${host}/${name}`, name);
  await createBackup(data, file);
  await restoreBackup(file, to, false);
  assertEquals([...Deno.readDirSync(`${to}/${host}`)].map(({ name }) => name), ["key.pem"]);
  assertEquals(Deno.statSync(`${to}/${host}/key.pem`).mode! & 0o777, 0o600);
});

Deno.test("a folder that is not empty is replaced only with force, and changed texts go back", async () => {
  using folder = temporaryFolder();
  const [data, file] = [folder.path("data"), folder.path("a.backup")];
  {
    using open = await openData(data);
    await createBackup(data, file);
    await open.store.change(open.stackId, { compose: "services: {}\n" }, []);
  }
  await Deno.writeTextFile(`${data}/texts/1/files/conf/app.env`, "changed");
  const refused = await assertRejects(() => restoreBackup(file, data, false), AppError, "--force");
  assertEquals(refused.code, "busy");
  await restoreBackup(file, data, true);
  assertEquals(await Deno.readTextFile(`${data}/texts/1/compose.yaml`), COMPOSE);
  assertEquals(await Deno.readTextFile(`${data}/texts/1/files/conf/app.env`), "B=2");
});

Deno.test("a folder that a server uses is refused, also with force", async () => {
  using folder = temporaryFolder();
  const [data, file] = [folder.path("data"), folder.path("a.backup")];
  using open = await openData(data);
  await createBackup(data, file);
  for (const force of [true, false]) {
    await assertRejects(() => restoreBackup(file, data, force), AppError, "Stop the server first");
  }
  assertEquals(open.store.texts(1).compose, COMPOSE);
});

Deno.test("other files are neither replaced nor restored, an earlier backup is replaced", async () => {
  using folder = temporaryFolder({ "notes.txt": "mine" });
  const [data, file, notes] = ["data", "a.backup", "notes.txt"].map(folder.path) as [string, string, string];
  await assertRejects(() => createBackup(data, file), AppError, "it has no database");
  using _open = await openData(data);
  await assertRejects(() => createBackup(data, notes), AppError, "another file has this name");
  const none = folder.path("none");
  await assertRejects(() => restoreBackup(none, folder.path("to"), false), AppError, "no such file");
  for (const path of [notes, `${data}/dockstat.db`]) {
    await assertRejects(() => restoreBackup(path, folder.path("to"), false), AppError, "not a backup");
  }
  for (const _ of [1, 2]) await createBackup(data, file);
});

Deno.test("damaged backups, and those of a newer DockStat, change nothing", async () => {
  using folder = temporaryFolder();
  const [data, file, to] = ["data", "a.backup", "to"].map(folder.path) as [string, string, string];
  using _open = await openData(data);
  await createBackup(data, file);
  const bytes = await Deno.readFile(file);
  const damaged = bytes.slice();
  damaged.fill(0xff, 8192, 24_576);
  await Deno.writeFile(folder.path("damaged"), damaged);
  await assertRejects(() => restoreBackup(folder.path("damaged"), to, false), AppError, "Cannot restore");
  // The version is stored at this place of the header.
  bytes.set([0, 0, 0, 99], 60);
  await Deno.writeFile(file, bytes);
  await assertRejects(() => restoreBackup(file, to, false), AppError, "a newer DockStat wrote it");
  await assertRejects(() => Deno.stat(to), Deno.errors.NotFound);
});

Deno.test("names in a changed backup cannot leave the folder", async () => {
  using folder = temporaryFolder();
  const [data, file, to] = ["data", "a.backup", "to"].map(folder.path) as [string, string, string];
  using _open = await openData(data);
  await createBackup(data, file);
  {
    using database = openDatabase(file);
    for (const name of ["../evil", "dockstat.db", "..", "hosts/../../evil", "hosts/../evil/ca.pem"]) {
      database.prepare("INSERT INTO backup_files (name, bytes) VALUES (?, x'00')").run(name);
    }
    database.exec("PRAGMA journal_mode = DELETE");
  }
  await restoreBackup(file, to, false);
  await assertRejects(() => Deno.stat(folder.path("evil")), Deno.errors.NotFound);
});
