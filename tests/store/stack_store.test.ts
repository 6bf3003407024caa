import fc from "fast-check";
import { openDatabase } from "../../server/store/database.ts";
import { stackOwner, statusEvent } from "../../server/stacks/events.ts";
import { Journal } from "../../server/store/journal.ts";
import { recoverStacks } from "../../server/store/stack_recovery.ts";
import { StackStore } from "../../server/store/stack_store.ts";
import { assert, assertEquals, assertRejects, assertThrows } from "../assert.ts";
import { freshFolder } from "../client.ts";

async function open(folder = freshFolder()) {
  await Deno.mkdir(folder, { recursive: true });
  const database = openDatabase(`${folder}/dockstat.db`);
  const store = new StackStore(database, folder);
  await recoverStacks(store);
  return { database, store, folder, [Symbol.dispose]: () => database.close() };
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

const WEB = {
  name: "web",
  hostId: "Localhost",
  status: "pending",
  services: ["a"],
  compose: "x: 1\n",
  env: "A=1\n",
} as const;

Deno.test("the texts of a stack are kept byte for byte, or refused", async () => {
  using kept = await open();
  const { stackId } = await kept.store.create(WEB);
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.constantFrom("", "A=pa$$word\r\n", "\ufeffA=1", "A='x'\n\n# c", "\0", "ünïcödé 🐳", "a\rb"),
  );
  await fc.assert(
    fc.asyncProperty(text, text, async (compose, env) => {
      fc.pre(compose.isWellFormed() && env.isWellFormed());
      await kept.store.change(stackId, { compose, env }, ["a"]);
      assertEquals(kept.store.texts(stackId), { compose, env });
    }),
    { numRuns: 2500, seed: 20_260_801 },
  );
  assertEquals(names(`${kept.folder}/texts`), [String(stackId)]);
});

Deno.test("the files of a stack are for their owner alone", async () => {
  using kept = await open();
  const { stackId } = await kept.store.create(WEB);
  const { env, compose, folder } = kept.store.paths(stackId);
  const modes = [env, compose, folder, `${kept.folder}/dockstat.db`].map((path) =>
    Deno.statSync(path).mode! & 0o777
  );
  assertEquals(modes, [0o600, 0o600, 0o700, 0o600]);
});

Deno.test("a name is taken once per host", async () => {
  using kept = await open();
  await kept.store.create(WEB);
  await kept.store.create({ ...WEB, hostId: "nas" });
  const both = await Promise.allSettled([
    kept.store.create({ ...WEB, name: "db" }),
    kept.store.create({ ...WEB, name: "db" }),
  ]);
  assertEquals(both.filter(({ status }) => status === "rejected").length, 1);
  await assertRejects(
    () => kept.store.create(WEB),
    Error,
    'Cannot create stack "web": stack 1 on host "Localhost"',
  );
  assertEquals(kept.store.all().length, 3);
});

Deno.test("a kill between the row and its files is mended at the next start", async () => {
  const folder = freshFolder();
  {
    using kept = await open(folder);
    const { stackId } = await kept.store.create(WEB);
    // What a kill leaves behind: texts in the row, drafts beside the files, the folder of a stack that never was.
    kept.database.prepare("UPDATE stacks SET unwritten_compose = ?, unwritten_env = ? WHERE stack_id = ?")
      .run(new TextEncoder().encode("new: 1"), new TextEncoder().encode("B=2"), stackId);
    Deno.writeTextFileSync(`${kept.store.paths(stackId).env}.${crypto.randomUUID()}`, "half");
    Deno.mkdirSync(`${folder}/texts/new.${crypto.randomUUID()}`);
  }
  using kept = await open(folder);
  assertEquals(kept.store.texts(1), { compose: "new: 1", env: "B=2" });
  assertEquals(Deno.readTextFileSync(kept.store.paths(1).compose), "new: 1");
  assertEquals(names(`${folder}/texts`), ["1"]);
  assertEquals(names(`${folder}/texts/1`), [".env", "compose.yaml"]);
});

Deno.test("a change that cannot be written leaves the old texts", async () => {
  using kept = await open();
  const { stackId } = await kept.store.create(WEB);
  const { compose } = kept.store.paths(stackId);
  Deno.removeSync(compose);
  Deno.mkdirSync(`${compose}/in-the-way`, { recursive: true });
  await assertRejects(
    () => kept.store.change(stackId, { compose: "y: 2" }, ["b"]),
    Error,
    "Cannot change stack 1",
  );
  assertEquals(kept.store.texts(stackId).compose, WEB.compose);
  assertEquals(kept.store.get(stackId)?.services, ["a"]);
  assertEquals(kept.store.rows.allPending(), []);
});

Deno.test("a database of a newer DockStat is refused, and so is what is none", async () => {
  const folder = freshFolder();
  {
    using kept = await open(folder);
    kept.database.exec("PRAGMA user_version = 99");
  }
  assertThrows(() => openDatabase(`${folder}/dockstat.db`), Error, "a newer DockStat wrote it");
  Deno.writeTextFileSync(
    `${folder}/other.db`,
    "no database at all, but long enough to be looked at".repeat(30),
  );
  assertThrows(() => openDatabase(`${folder}/other.db`), Error, "Cannot use the database");
});

Deno.test("events keep their order and their numbers, and the newest 10,000 stay", async () => {
  using kept = await open();
  const journal = new Journal(kept.database);
  const { stackId } = await kept.store.create(WEB);
  for (let i = 0; i < 12_500; i++) {
    journal.append(
      statusEvent(stackOwner({ stackId, hostId: "Localhost", name: "web" }), "running", String(i)),
    );
  }
  const all = journal.after(0, 100_000);
  assert(all.length >= 10_000 && all.length < 12_500, String(all.length));
  assertEquals([all.at(-1)!.seq, journal.newest], [12_500, 12_500]);
  assertEquals(all.map(({ seq }) => seq), all.map((_, index) => all[0]!.seq + index));
  assertEquals(kept.store.get(stackId)?.status, "running");
});
