import { openDatabase } from "../../../server/store/database.ts";
import { StackStore } from "../../../server/store/stack_store.ts";
import { writeCheckedCopy } from "../../../server/stacks/run/checked_copy.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";

const COMPOSE = "services: {a: {image: a, env_file: app.env}}\n";

/** Plants something at the name of an environment file, and returns a function that writes the copies. */
async function planted(plant: (path: string, outside: string) => void, text = COMPOSE, adopted = false) {
  const folder = temporaryFolder({ outside: "SECRET=1" });
  const database = openDatabase(":memory:");
  const store = new StackStore(database, folder.path("data"));
  const stack = { name: "web", hostId: "Localhost", status: "pending" as const, services: [] };
  await store.create({ ...stack, compose: text, env: undefined });
  const paths = store.paths(1);
  plant(`${paths.folder}/app.env`, folder.path("outside"));
  const compose = new TextEncoder().encode(text);
  const checked = { stackId: 1, paths, compose, env: undefined, adopted, isSafe: () => true };
  return {
    write: (isEnding: boolean) => writeCheckedCopy(store, { ...checked, isEnding }),
    text: () => Deno.readTextFileSync(paths.run.compose),
    files: paths.run.files,
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

Deno.test("a file that is missing is looked for where no container can create it", async () => {
  using it = await planted(() => {});
  await using _copy = await it.write(false);
  assertEquals(it.text(), COMPOSE.replace("app.env", JSON.stringify(`${it.files}/app.env`)));
});

Deno.test("a name that a copy cannot replace prevents a deployment, but not a stop or a removal", async () => {
  using it = await planted(() => {}, "services: {a: {image: a, env_file: &e app.env, command: *e}}\n");
  await assertRejects(() => it.write(false), AppError, '"app.env" has an anchor');
  await using _copy = await it.write(true);
});

Deno.test("a file of an adopted stack is copied, also through a link within its folder", async () => {
  const plant = (path: string) => {
    Deno.writeTextFileSync(`${path}.real`, "A=1");
    Deno.symlinkSync("app.env.real", path);
  };
  using it = await planted(plant, COMPOSE, true);
  await using _copy = await it.write(false);
  assertEquals([it.copied(), it.text().includes(it.files)], ["A=1", true]);
});

Deno.test("the label file of an adopted stack keeps its name, so that its container is not recreated", async () => {
  const text = "services: {a: {image: a, label_file: app.env}}\n";
  using it = await planted((path) => Deno.writeTextFileSync(path, "A=1"), text, true);
  await using _copy = await it.write(false);
  assertEquals(it.text(), text);
});

Deno.test("a link out of the folder of an adopted stack prevents a deployment", async () => {
  using it = await planted((path, outside) => Deno.symlinkSync(outside, path), COMPOSE, true);
  await assertRejects(() => it.write(false), AppError, "leads out of the stack's folder");
  await using _copy = await it.write(true);
  assertEquals(it.copied(), "");
});
