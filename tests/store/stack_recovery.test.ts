import { logLines } from "../../server/log/log.ts";
import { openDatabase } from "../../server/store/database.ts";
import { digestOf } from "../../server/store/digest.ts";
import { recoverStacks } from "../../server/store/stack_recovery.ts";
import { StackStore } from "../../server/store/stack_store.ts";
import { bytesOf } from "../../server/store/text_rows.ts";
import { assertEquals } from "../assert.ts";
import { storedService } from "../fakes/service.ts";
import { freshFolder } from "../client.ts";
import { quietLog } from "../fakes/quiet_log.ts";

const WEB = {
  name: "web",
  hostId: "Localhost",
  status: "pending",
  services: [storedService("a")],
  compose: "x: 1\n",
} as const;

async function open(folder = freshFolder()) {
  await Deno.mkdir(folder, { recursive: true });
  const database = openDatabase(`${folder}/dockstat.db`);
  const store = new StackStore(database, folder);
  return { database, store, folder, [Symbol.dispose]: () => database.close() };
}

function write(path: string, text: string): void {
  Deno.mkdirSync(path.replace(/\/[^/]*$/, ""), { recursive: true });
  Deno.writeTextFileSync(path, text);
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

/** Creates a data folder of version 0.1.0 with one stack. */
async function oldLayout(folder: string): Promise<void> {
  using old = await open(folder);
  const sql = "INSERT INTO stacks (name, host_id, status, services, created_at, updated_at, old_layout) " +
    "VALUES ('web', 'Localhost', 'deployed', '[\"a\"]', '', '', 1)";
  old.database.exec(sql);
  write(`${folder}/stacks/1/compose.yaml`, "x: 1\n");
  write(`${folder}/stacks/1/.env`, "A=1\n");
  write(`${folder}/stacks/1/data/important`, "kept");
}

/** Checks that the stack of {@linkcode oldLayout} has moved, and that nothing else has changed. */
async function assertMoved(folder: string): Promise<void> {
  for (const _again of [1, 2]) {
    using it = await open(folder);
    await recoverStacks(it.store);
    assertEquals(it.store.texts(1), { compose: "x: 1\n", env: "A=1\n" });
    assertEquals(it.store.rows.get(1).env?.digest, digestOf(bytesOf("A=1\n")));
    assertEquals(names(`${folder}/texts/1`), [".env", "compose.yaml"]);
    assertEquals(names(`${folder}/stacks/1`), ["data"]);
    assertEquals(Deno.readTextFileSync(`${folder}/stacks/1/data/important`), "kept");
  }
}

const KILLS: Readonly<Record<string, (folder: string, store: StackStore) => void>> = {
  "before the first step": () => {},
  "once the texts are in the row": (_folder, { database }) => {
    database.prepare("UPDATE stacks SET unwritten_compose = ?, unwritten_env = ?")
      .run(bytesOf("x: 1\n"), bytesOf("A=1\n"));
  },
  "between the two new files": (folder, { database }) => {
    database.prepare("UPDATE stacks SET unwritten_compose = ?, unwritten_env = ?")
      .run(bytesOf("x: 1\n"), bytesOf("A=1\n"));
    write(`${folder}/texts/1/compose.yaml`, "x: 1\n");
    write(`${folder}/texts/1/.env.${crypto.randomUUID()}`, "A=");
  },
  "before the old files are removed": (folder, { rows }) => {
    write(`${folder}/texts/1/compose.yaml`, "x: 1\n");
    write(`${folder}/texts/1/.env`, "A=1\n");
    rows.save(1, { compose: bytesOf("x: 1\n"), env: bytesOf("A=1\n") });
  },
  "between the removals of the old files": (folder, { rows }) => {
    write(`${folder}/texts/1/compose.yaml`, "x: 1\n");
    write(`${folder}/texts/1/.env`, "A=1\n");
    rows.save(1, { compose: bytesOf("x: 1\n"), env: bytesOf("A=1\n") });
    Deno.removeSync(`${folder}/stacks/1/compose.yaml`);
  },
};

for (const [when, kill] of Object.entries(KILLS)) {
  Deno.test(`moves the texts of the old layout after a kill ${when}`, async () => {
    const folder = freshFolder();
    await oldLayout(folder);
    {
      using it = await open(folder);
      kill(folder, it.store);
    }
    await assertMoved(folder);
  });
}

Deno.test("does not follow a link that a container planted for the old compose file", async () => {
  const folder = freshFolder();
  await oldLayout(folder);
  Deno.removeSync(`${folder}/stacks/1/compose.yaml`);
  Deno.symlinkSync("/etc/passwd", `${folder}/stacks/1/compose.yaml`);
  using it = await open(folder);
  await recoverStacks(it.store);
  assertEquals(it.store.texts(1).compose, "");
});

Deno.test("keeps every folder when the database is lost, and logs the unknown ones", async () => {
  using _log = quietLog();
  const folder = freshFolder();
  write(`${folder}/stacks/3/data/important`, "kept");
  write(`${folder}/texts/3/compose.yaml`, "x: 1\n");
  write(`${folder}/stacks/3/compose.yaml.${crypto.randomUUID()}`, "only named like a draft");
  using it = await open(folder);
  await recoverStacks(it.store);
  assertEquals(Deno.readTextFileSync(`${folder}/stacks/3/data/important`), "kept");
  assertEquals(names(`${folder}/stacks/3`).length, 2);
  const warning = logLines.tail(50, "WARN").map(({ message }) => message).find((text) =>
    text.includes(folder)
  );
  assertEquals(warning?.includes(`${folder}/stacks/3, ${folder}/texts/3`), true, warning);
  const { stackId } = await it.store.create({ ...WEB, env: undefined });
  assertEquals(stackId, 4);
  assertEquals(Deno.readTextFileSync(`${folder}/texts/3/compose.yaml`), "x: 1\n");
});

Deno.test("deletes only its own files when a stack is removed, and returns the others", async () => {
  using it = await open();
  const { stackId } = await it.store.create({ ...WEB, env: "A=1\n" });
  const { folder } = it.store.paths(stackId);
  write(`${folder}/data/important`, "kept");
  assertEquals(await it.store.forget(stackId), [`${folder}/data`]);
  assertEquals(Deno.readTextFileSync(`${folder}/data/important`), "kept");
  assertEquals(names(`${it.folder}/texts`), []);
});

Deno.test("removes the project's folder when it is empty", async () => {
  using it = await open();
  const { stackId } = await it.store.create({ ...WEB, env: undefined });
  assertEquals(await it.store.forget(stackId), []);
  assertEquals(names(`${it.folder}/stacks`), []);
});

Deno.test("completes a removal that a kill interrupted", async () => {
  const folder = freshFolder();
  {
    using it = await open(folder);
    await it.store.create({ ...WEB, env: "A=1\n" });
    it.database.exec("INSERT INTO removals (stack_id) VALUES (1); DELETE FROM stacks");
    write(`${folder}/stacks/1/data/important`, "kept");
  }
  using it = await open(folder);
  await recoverStacks(it.store);
  assertEquals(names(`${folder}/texts`), []);
  assertEquals(names(`${folder}/stacks/1`), ["data"]);
});

Deno.test("keeps an adopted file that was edited after an interrupted write", async () => {
  const folder = freshFolder();
  const files = { folder: `${folder}/user`, compose: `${folder}/user/c.yaml`, env: `${folder}/user/.env` };
  write(files.compose, "x: 1\n");
  {
    using it = await open(folder);
    await it.store.create({ ...WEB, env: undefined, files });
    it.database.prepare("UPDATE stacks SET unwritten_compose = ?").run(bytesOf("x: 2\n"));
  }
  Deno.writeTextFileSync(files.compose, "x: 3 # by hand\n");
  using it = await open(folder);
  await recoverStacks(it.store);
  assertEquals(Deno.readTextFileSync(files.compose), "x: 3 # by hand\n");
});
