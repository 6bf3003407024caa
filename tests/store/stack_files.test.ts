import { digestOf } from "../../server/store/digest.ts";
import { readPlain, removeIfUnchanged, StackFiles } from "../../server/store/stack_files.ts";
import { namesIn } from "../../server/store/files.ts";
import { assertEquals } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("texts are outside the project's folder, where containers cannot write", () => {
  const { folder, compose, env, run } = new StackFiles("/data").paths(7);
  assertEquals([folder, compose, env], [
    "/data/stacks/7",
    "/data/texts/7/compose.yaml",
    "/data/texts/7/.env",
  ]);
  for (const path of [compose, env, run.compose, run.env]) assertEquals(path.startsWith(`${folder}/`), false);
});

Deno.test("an adopted stack keeps its own files", () => {
  const user = { folder: "/srv/shop", composeFile: "/srv/shop/docker-compose.yml", envFile: null };
  const { folder, compose, env } = new StackFiles("/data").paths(7, user);
  assertEquals([folder, compose, env], ["/srv/shop", "/srv/shop/docker-compose.yml", "/data/texts/7/.env"]);
});

Deno.test("creates no folder of an adopted stack", async () => {
  using data = temporaryFolder();
  const files = new StackFiles(data.path(""));
  const user = { folder: data.path("srv"), composeFile: data.path("srv/compose.yml"), envFile: null };
  await files.create(7, files.paths(7, user));
  assertEquals(await namesIn(data.path("")), ["texts"]);
});

Deno.test("a run leaves no folder of an adopted stack", async () => {
  using data = temporaryFolder();
  const files = new StackFiles(data.path(""));
  await files.create(7, files.paths(7));
  Deno.writeTextFileSync(data.path("texts/7/run/compose.yaml"), "services: {}");
  await files.removeRun(7);
  assertEquals(await namesIn(data.path("texts")), []);
});

Deno.test("numbers of folders count, whichever database made them", async () => {
  using data = temporaryFolder({
    "stacks/9/x": "",
    "texts/12/x": "",
    "stacks/007b/x": "",
    "stacks/lost+found/x": "",
  });
  const files = new StackFiles(data.path(""));
  assertEquals([files.highest(), new StackFiles(data.path("none")).highest()], [12, 0]);
  assertEquals(await files.above(9), [data.path("texts/12")]);
});

Deno.test("a removal keeps a changed .env and everything that DockStat did not write", async () => {
  using data = temporaryFolder({
    "stacks/7/.env": "A=2",
    "stacks/7/database/rows": "",
    "texts/7/compose.yaml": "",
    "texts/7/.env": "A=1",
    "texts/7/run/compose.yaml": "",
  });
  const files = new StackFiles(data.path(""));
  await files.remove(7, digestOf(bytes("A=1")));
  assertEquals(await namesIn(data.path("stacks/7")), [".env", "database"]);
  assertEquals(await namesIn(data.path("texts")), []);
  assertEquals(await files.left(7), [data.path("stacks/7/.env"), data.path("stacks/7/database")]);
});

Deno.test("the list of kept paths has 100 entries at most", async () => {
  using data = temporaryFolder(
    Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`stacks/7/file-${index}`, ""])),
  );
  assertEquals((await new StackFiles(data.path("")).left(7)).length, 100);
});

Deno.test("a planted link is neither read nor removed as DockStat's file", async () => {
  using data = temporaryFolder({ secret: "A=1" });
  Deno.symlinkSync(data.path("secret"), data.path(".env"));
  assertEquals(await readPlain(data.path(".env")), undefined);
  await removeIfUnchanged(data.path(".env"), digestOf(bytes("A=1")));
  assertEquals(await namesIn(data.path("")), [".env", "secret"]);
});

Deno.test("a file is removed only with the content that DockStat wrote", async () => {
  using data = temporaryFolder({ ".env": "A=1" });
  await removeIfUnchanged(data.path(".env"), null);
  await removeIfUnchanged(data.path(".env"), digestOf(bytes("A=2")));
  assertEquals(await namesIn(data.path("")), [".env"]);
  await removeIfUnchanged(data.path(".env"), digestOf(bytes("A=1")));
  assertEquals(await namesIn(data.path("")), []);
});
