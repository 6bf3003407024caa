import { openDatabase } from "../../../server/store/database.ts";
import { StackStore } from "../../../server/store/stack_store.ts";
import { writeCheckedCopy } from "../../../server/stacks/run/checked_copy.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

const COMPOSE = "services: {a: {image: a, env_file: app.env}}\n";

/** Plants something at the name of an environment file, and returns a function that writes the copies. */
async function planted(plant: (path: string, outside: string) => void) {
  const folder = temporaryFolder({ outside: "SECRET=1" });
  const database = openDatabase(":memory:");
  const store = new StackStore(database, folder.path("data"));
  const stack = { name: "web", hostId: "Localhost", status: "pending" as const, services: [] };
  await store.create({ ...stack, compose: COMPOSE, env: undefined });
  const paths = store.paths(1);
  plant(`${paths.folder}/app.env`, folder.path("outside"));
  const compose = new TextEncoder().encode(COMPOSE);
  const checked = { stackId: 1, paths, compose, env: undefined, adopted: false, isSafe: () => true };
  return {
    write: (isEnding: boolean) => writeCheckedCopy(store, { ...checked, isEnding }),
    copied: () => Deno.readTextFileSync(`${paths.run.folder}/files/app.env`),
    [Symbol.dispose]: () => {
      database.close();
      folder[Symbol.dispose]();
    },
  };
}

Deno.test("a link that leads out of the folder prevents a deployment, but not a stop or a removal", async () => {
  using it = await planted((path, outside) => Deno.symlinkSync(outside, path));
  await assertRejects(() => it.write(false), AppError, "leads out of the stack's folder");
  await using _copy = await it.write(true);
  assertEquals(it.copied(), "");
});

Deno.test("a plain file in the folder is copied for every command", async () => {
  using it = await planted((path) => Deno.writeTextFileSync(path, "A=1"));
  for (const isEnding of [true, false]) {
    await using _copy = await it.write(isEnding);
    assertEquals(it.copied(), "A=1");
  }
});

Deno.test("a pipe prevents a deployment, but not a stop or a removal", async () => {
  using it = await planted((path) => void new Deno.Command("mkfifo", { args: [path] }).outputSync());
  await assertRejects(() => it.write(false), AppError, '"app.env" is a pipe or device');
  await using _copy = await it.write(true);
  assertEquals(it.copied(), "");
});
