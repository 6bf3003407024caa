import { readText, readTexts } from "../../../server/cli/stacks/texts.ts";
import { AppError } from "../../../server/errors.ts";
import { assertEquals, assertRejects } from "../../assert.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { Captured } from "./client.ts";

Deno.test("the texts of a folder are its compose file and its .env", async () => {
  using folder = temporaryFolder({ "compose.yml": "one", "docker-compose.yml": "two", ".env": "A=1" });
  const { compose, env, label, files } = await readTexts({ dir: `${folder.path("")}/` });
  assertEquals([compose, env, label, files.size], ["one", "A=1", folder.path("compose.yml"), 0]);
});

Deno.test("a given compose file replaces both texts of the folder", async () => {
  using folder = temporaryFolder({ "compose.yaml": "one", ".env": "A=1", "stack.yaml": "two", "x.txt": "x" });
  const texts = await readTexts({ dir: folder.path(""), file: folder.path("stack.yaml") });
  assertEquals([texts.compose, texts.env, [...texts.files.keys()]], ["two", undefined, ["x.txt"]]);
  assertEquals(texts.skipped, [".env", "compose.yaml"]);
});

Deno.test("texts keep their byte order mark and line ends", async () => {
  using folder = temporaryFolder({ "compose.yaml": "\ufeffa\r\n" });
  assertEquals(await readText("--file", folder.path("compose.yaml")), "\ufeffa\r\n");
});

Deno.test("standard input is read to its end", async () => {
  using _captured = new Captured("services: {}\n");
  assertEquals(await readTexts({ envFile: "-" }), {
    ...{ files: new Map(), modes: new Map(), skipped: [], label: "compose file" },
    env: "services: {}\n",
  });
});

Deno.test("a text that is too long, missing or not UTF-8 is refused", async () => {
  using folder = temporaryFolder();
  Deno.writeFileSync(folder.path("latin1"), new Uint8Array([0xe4, 0x0a]));
  await assertRejects(() => readText("--file", folder.path("latin1")), AppError, "it is not UTF-8");
  await assertRejects(() => readText("--file", folder.path("none")), AppError, "there is no such file");
  using _captured = new Captured("x".repeat(1024 * 1024 + 1));
  const error = await assertRejects(() => readText("--file", "-"), AppError, "it is larger than 1 MiB");
  assertEquals(error.message, "--file: cannot read standard input: it is larger than 1 MiB");
});
