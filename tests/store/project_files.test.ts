import { AppError } from "../../server/errors.ts";
import { openDatabase, transaction } from "../../server/store/database.ts";
import { recoverStacks } from "../../server/store/stack_recovery.ts";
import { readReal } from "../../server/store/real_files.ts";
import { StackStore } from "../../server/store/stack_store.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { quietLog } from "../fakes/quiet_log.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const SAFE = () => true;

/** A store with one stack, whose folder is `stacks/1`. */
async function opened() {
  const folder = temporaryFolder({});
  const database = openDatabase(":memory:");
  const store = new StackStore(database, folder.path("data"));
  const stack = { name: "web", hostId: "Localhost", status: "pending" as const, services: [] };
  await store.create({ ...stack, compose: "a: 1", env: undefined });
  const [own, project] = [folder.path("data/texts/1/files"), folder.path("data/stacks/1")];
  const put = (path: string, text: string) =>
    store.further.change(1, new Map([[path, bytes(text)]]), `added ${path}`);
  return {
    ...{ folder, store, own, project, put },
    [Symbol.dispose]: () => {
      database.close();
      folder[Symbol.dispose]();
    },
  };
}

Deno.test("a file is in the list, in both trees, and in a version", async () => {
  using it = await opened();
  await it.put("conf/app.env", "A=1");
  const [file] = it.store.further.list(1);
  assertEquals([file?.path, file?.size], ["conf/app.env", 3]);
  for (const root of [it.own, it.project]) assertEquals(Deno.readTextFileSync(`${root}/conf/app.env`), "A=1");
  assertEquals(it.store.versions.list(1).map(({ reason }) => reason), ["added conf/app.env", "created"]);
});

Deno.test("a file is readable for the user of a container, the folder of its stack is not", async () => {
  using it = await opened();
  await it.put("html/index.html", "hi");
  assertEquals(Deno.statSync(`${it.project}/html/index.html`).mode! & 0o777, 0o644);
  assertEquals(Deno.statSync(it.own).mode! & 0o777, 0o700);
});

Deno.test("a removed file leaves both trees, with the folders that become empty", async () => {
  using it = await opened();
  await it.put("a/b/c.txt", "x");
  await it.store.further.change(1, new Map([["a/b/c.txt", null]]), "deleted");
  assertEquals(it.store.further.list(1), []);
  assertEquals([...Deno.readDirSync(it.project)].map(({ name }) => name), []);
});

for (const kind of ["link", "folder", "hard link"] as const) {
  Deno.test(`a file is not written over a ${kind} that a container has planted`, async () => {
    using it = await opened();
    const outside = it.folder.path("outside.txt");
    Deno.writeTextFileSync(outside, "precious");
    const planted = `${it.project}/app.env`;
    if (kind === "link") Deno.symlinkSync(outside, planted);
    else if (kind === "folder") Deno.mkdirSync(planted);
    else Deno.linkSync(outside, planted);
    const error = await assertRejects(() => it.put("app.env", "A=1"), AppError);
    assertEquals(error.code, "busy");
    assertEquals(Deno.readTextFileSync(outside), "precious");
    assertEquals(it.store.further.list(1), []);
  });
}

Deno.test("a file is not written below a link that a container has planted", async () => {
  using it = await opened();
  Deno.mkdirSync(it.folder.path("outside"));
  Deno.symlinkSync(it.folder.path("outside"), `${it.project}/conf`);
  await assertRejects(() => it.put("conf/app.env", "A=1"), AppError, "is not a folder");
  assertEquals([...Deno.readDirSync(it.folder.path("outside"))], []);
});

Deno.test("missing files are written again, and changed ones stay", async () => {
  using it = await opened();
  await it.put("lost.txt", "lost");
  await it.put("changed.txt", "stored");
  Deno.removeSync(it.project + "/lost.txt");
  Deno.writeTextFileSync(it.project + "/changed.txt", "by a container");
  await it.store.further.complete(1, SAFE);
  assertEquals(Deno.readTextFileSync(`${it.project}/lost.txt`), "lost");
  assertEquals(Deno.readTextFileSync(`${it.project}/changed.txt`), "by a container");
});

Deno.test("a missing file is not written where a container can move its folders", async () => {
  using it = await opened();
  await it.put("a/lost.txt", "lost");
  for (const root of [it.own, it.project]) Deno.removeSync(`${root}/a`, { recursive: true });
  await it.store.further.complete(1, () => false);
  assertEquals(Deno.readTextFileSync(`${it.own}/a/lost.txt`), "lost");
  assertEquals([...Deno.readDirSync(it.project)], []);
});

Deno.test("a removal deletes the files that DockStat wrote, and keeps those that were changed", async () => {
  using it = await opened();
  await it.put("a/same.txt", "same");
  await it.put("b/changed.txt", "stored");
  Deno.writeTextFileSync(`${it.project}/b/changed.txt`, "precious");
  assertEquals(await it.store.forget(1), [`${it.project}/b`]);
  assertEquals(Deno.readTextFileSync(`${it.project}/b/changed.txt`), "precious");
  assert(![...Deno.readDirSync(it.project)].some(({ name }) => name === "a"));
});

for (const name of [".env", "app.env"]) {
  Deno.test(`a removal does not read an endless file that a container has put in place of ${name}`, async () => {
    using it = await opened();
    await it.put("app.env", "A=1");
    using file = Deno.openSync(`${it.project}/${name}`, { create: true, write: true });
    file.truncateSync(2 ** 42);
    assertEquals(await it.store.forget(1), [`${it.project}/${name}`]);
  });
}

Deno.test("a removal keeps files whose folders a container can move", async () => {
  using it = await opened();
  for (const path of ["a/kept.txt", "gone.txt"]) await it.put(path, "x");
  assertEquals(await it.store.forget(1, (path) => path !== "a/kept.txt"), [`${it.project}/a`]);
  assertEquals(Deno.readTextFileSync(`${it.project}/a/kept.txt`), "x");
});

Deno.test("a release keeps every file and names where they are", async () => {
  using it = await opened();
  await it.put("app.env", "A=1");
  assertEquals(await it.store.release(1), [
    ...[it.folder.path("data/texts/1/compose.yaml"), it.own, `${it.project}/app.env`],
  ]);
  assertEquals(it.store.get(1), undefined);
  assertEquals(Deno.readTextFileSync(`${it.own}/app.env`), "A=1");
});

for (
  const [what, changes] of [
    ["1,001 files", Array.from({ length: 1001 }, (_, index) => [`f${index}`, bytes("x")] as const)],
    [
      "more than 16 MiB",
      Array.from(
        { length: 17 },
        (_, index) => [`f${index}`, new Uint8Array(1024 * 1024).fill(index)] as const,
      ),
    ],
  ] as const
) {
  Deno.test(`a stack cannot have ${what}`, async () => {
    using it = await opened();
    const error = await assertRejects(() => it.store.further.change(1, new Map(changes), "added"), AppError);
    assertEquals([error.code, it.store.further.list(1)], ["too-large", []]);
  });
}

Deno.test("reads no file through a link, no folder, no pipe, and none that is too long", async () => {
  using folder = temporaryFolder({ "a.txt": "text", "sub/b.txt": "text" });
  Deno.symlinkSync(folder.path("a.txt"), folder.path("link.txt"));
  Deno.symlinkSync(folder.path("sub"), folder.path("other"));
  new Deno.Command("mkfifo", { args: [folder.path("pipe")] }).outputSync();
  const root = folder.path("");
  const read = async (path: string, most = 100) => {
    const found = await readReal(root.replace(/\/$/, ""), path, most);
    return found && new TextDecoder().decode(found);
  };
  assertEquals([await read("a.txt"), await read("sub/b.txt")], ["text", "text"]);
  for (const path of ["link.txt", "other/b.txt", "sub", "pipe", "none.txt"]) {
    assertEquals(await read(path), undefined, path);
  }
  assertEquals(await read("a.txt", 3), undefined);
});

Deno.test("a change that a kill has interrupted is completed at the next start", async () => {
  using it = await opened();
  await it.put("gone.txt", "old");
  await it.put("changed.txt", "old");
  const changes = new Map([["gone.txt", null], ["changed.txt", bytes("new")], ["added.txt", bytes("new")]]);
  transaction(it.store.database, () => it.store.further.announce(1, changes));
  Deno.writeTextFileSync(`${it.folder.path("data/texts/1")}/added.txt.${crypto.randomUUID()}`, "draft");
  await recoverStacks(it.store);
  for (const root of [it.own, it.project]) {
    const names = [...Deno.readDirSync(root)].map(({ name }) => name).sort();
    assertEquals(names, ["added.txt", "changed.txt"]);
    for (const name of names) assertEquals(Deno.readTextFileSync(`${root}/${name}`), "new");
  }
  const texts = [...Deno.readDirSync(it.folder.path("data/texts/1"))].map(({ name }) => name).sort();
  assertEquals(texts, ["compose.yaml", "files"]);
});

Deno.test("what a container has put in the way of an interrupted change does not prevent a start", async () => {
  using _quiet = quietLog();
  using it = await opened();
  const changes = new Map([["link.txt", bytes("new")], ["folder.txt", bytes("new")]]);
  transaction(it.store.database, () => it.store.further.announce(1, changes));
  Deno.writeTextFileSync(it.folder.path("outside"), "precious");
  Deno.symlinkSync(it.folder.path("outside"), `${it.project}/link.txt`);
  Deno.mkdirSync(`${it.project}/folder.txt`);
  for (const _again of [1, 2]) await recoverStacks(it.store);
  assertEquals(Deno.readTextFileSync(it.folder.path("outside")), "precious");
  for (const path of changes.keys()) assertEquals(Deno.readTextFileSync(`${it.own}/${path}`), "new");
});

Deno.test("an interrupted change below a folder is completed where no container can move it", async () => {
  using it = await opened();
  transaction(it.store.database, () => it.store.further.announce(1, new Map([["a/b.txt", bytes("new")]])));
  await recoverStacks(it.store);
  await it.store.further.complete(1, () => false);
  assertEquals(Deno.readTextFileSync(`${it.own}/a/b.txt`), "new");
  assertEquals([...Deno.readDirSync(it.project)], []);
  await it.store.further.complete(1, SAFE);
  assertEquals(Deno.readTextFileSync(`${it.project}/a/b.txt`), "new");
});

Deno.test("a folder that a container creates during a change does not undo it", async () => {
  using _quiet = quietLog();
  using it = await opened();
  const { versions } = it.store;
  const add = versions.add.bind(versions);
  versions.add = (...args) => {
    Deno.mkdirSync(`${it.project}/app.env/x`, { recursive: true });
    add(...args);
  };
  const [texts, files] = [{ compose: "a: 2" }, new Map([["app.env", bytes("new")]])];
  await it.store.change(1, texts, [], { why: "restored", files });
  assertEquals(it.store.texts(1).compose, Deno.readTextFileSync(it.folder.path("data/texts/1/compose.yaml")));
  assertEquals(Deno.readTextFileSync(`${it.own}/app.env`), "new");
});

Deno.test("the changes to other files leave out those that are the same", async () => {
  using it = await opened();
  for (const path of ["same", "changed", "removed"]) await it.put(path, path);
  const files = [["same", "same"], ["changed", "new"], ["__proto__", "new"]] as const;
  const changes = it.store.further.changesTo(1, new Map(files.map(([path, text]) => [path, bytes(text)])));
  assertEquals([...changes].map(([path, bytes]) => [path, bytes === null]).sort(), [
    ...[["__proto__", false], ["changed", false], ["removed", true]],
  ]);
});

Deno.test("a start leaves files alone that no change was interrupted for", async () => {
  using it = await opened();
  await it.put("a.txt", "stored");
  Deno.writeTextFileSync(`${it.project}/a.txt`, "by a container");
  await recoverStacks(it.store);
  assertEquals(Deno.readTextFileSync(`${it.project}/a.txt`), "by a container");
});
