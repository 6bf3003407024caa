import fc from "fast-check";
import { openDatabase } from "../../server/store/database.ts";
import { recoverStacks } from "../../server/store/stack_recovery.ts";
import { StackStore } from "../../server/store/stack_store.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { storedService } from "../fakes/service.ts";
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
  services: [storedService("a")],
  compose: "x: 1\n",
  env: "A=1\n",
} as const;

Deno.test("stores the texts of a stack byte for byte, or refuses them", async () => {
  using opened = await open();
  const { stackId } = await opened.store.create(WEB);
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.constantFrom("", "A=pa$$word\r\n", "\ufeffA=1", "A='x'\n\n# c", "\0", "ünïcödé 🐳", "a\rb"),
  );
  await fc.assert(
    fc.asyncProperty(text, text, async (compose, env) => {
      fc.pre(compose.isWellFormed() && env.isWellFormed());
      await opened.store.change(stackId, { compose, env }, [storedService("a")]);
      assertEquals(opened.store.texts(stackId), { compose, env });
    }),
    { numRuns: 2500, seed: 20_260_801 },
  );
  assertEquals(names(`${opened.folder}/texts`), [String(stackId)]);
});

Deno.test("makes the files of a stack readable by their owner only", async () => {
  using opened = await open();
  const { stackId } = await opened.store.create(WEB);
  const { env, compose, folder } = opened.store.paths(stackId);
  const modes = [env, compose, folder, `${opened.folder}/dockstat.db`].map((path) =>
    Deno.statSync(path).mode! & 0o777
  );
  assertEquals(modes, [0o600, 0o600, 0o700, 0o600]);
});

Deno.test("accepts a name once per host", async () => {
  using opened = await open();
  await opened.store.create(WEB);
  await opened.store.create({ ...WEB, hostId: "nas" });
  const both = await Promise.allSettled([
    opened.store.create({ ...WEB, name: "db" }),
    opened.store.create({ ...WEB, name: "db" }),
  ]);
  assertEquals(both.filter(({ status }) => status === "rejected").length, 1);
  await assertRejects(
    () => opened.store.create(WEB),
    Error,
    'Cannot create stack "web": stack 1 on host "Localhost"',
  );
  assertEquals(opened.store.all().length, 3);
});

Deno.test("completes an interrupted write at the next start", async () => {
  const folder = freshFolder();
  {
    using opened = await open(folder);
    const { stackId } = await opened.store.create(WEB);
    // State after a kill: texts in the row, drafts beside the files, and the folder of a stack that was not created.
    opened.database.prepare("UPDATE stacks SET unwritten_compose = ?, unwritten_env = ? WHERE stack_id = ?")
      .run(new TextEncoder().encode("new: 1"), new TextEncoder().encode("B=2"), stackId);
    Deno.writeTextFileSync(`${opened.store.paths(stackId).env}.${crypto.randomUUID()}`, "half");
    Deno.mkdirSync(`${folder}/texts/new.${crypto.randomUUID()}`);
  }
  using opened = await open(folder);
  assertEquals(opened.store.texts(1), { compose: "new: 1", env: "B=2" });
  assertEquals(Deno.readTextFileSync(opened.store.paths(1).compose), "new: 1");
  assertEquals(names(`${folder}/texts`), ["1"]);
  assertEquals(names(`${folder}/texts/1`), [".env", "compose.yaml"]);
});

Deno.test("a failed write keeps the old texts", async () => {
  using opened = await open();
  const { stackId } = await opened.store.create(WEB);
  const { compose } = opened.store.paths(stackId);
  Deno.removeSync(compose);
  Deno.mkdirSync(`${compose}/in-the-way`, { recursive: true });
  await assertRejects(
    () => opened.store.change(stackId, { compose: "y: 2" }, [storedService("b")]),
    Error,
    "Cannot change stack 1",
  );
  assertEquals(opened.store.texts(stackId).compose, WEB.compose);
  assertEquals(opened.store.get(stackId)?.services, [storedService("a")]);
  assertEquals(opened.store.rows.allPending(), []);
});
