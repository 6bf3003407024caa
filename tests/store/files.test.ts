import {
  AtomicWrites,
  draftFolder,
  draftFolders,
  namesIn,
  readText,
  removeTemporaryFiles,
} from "../../server/store/files.ts";
import { assertEquals, assertMatch, assertRejects } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

const UUID = "01234567-89ab-cdef-0123-456789abcdef";
const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("reads a text byte for byte, with its byte order mark and line ends", async () => {
  const text = "\uFEFFservices:\r\n  web: ü\r";
  using folder = temporaryFolder({ "compose.yaml": text });
  assertEquals(await readText(folder.path("compose.yaml")), text);
});

Deno.test("a file that does not exist, or is below a file, has no text", async () => {
  using folder = temporaryFolder({ file: "" });
  for (const name of ["none", "none/below", "file/below"]) {
    assertEquals(await readText(folder.path(name)), undefined);
  }
});

Deno.test("refuses a folder, a file that is too long, and text that is not UTF-8", async () => {
  using folder = temporaryFolder({ "folder/file": "", long: "12345" });
  Deno.writeFileSync(folder.path("latin"), new Uint8Array([0xfc]));
  await assertRejects(() => readText(folder.path("folder"), 10), TypeError, "is not a plain file");
  await assertRejects(() => readText(folder.path("long"), 4), TypeError, "at most 4 bytes");
  await assertRejects(() => readText(folder.path("latin")), TypeError);
  assertEquals(await readText(folder.path("long"), 5), "12345");
});

Deno.test("a written file appears when the writes are settled, readable by its owner only", async () => {
  using folder = temporaryFolder({ "compose.yaml": "old" });
  const path = folder.path("compose.yaml");
  await using writes = new AtomicWrites();
  await writes.write(path, bytes("new"));
  assertEquals(Deno.readTextFileSync(path), "old");
  await writes.settle();
  assertEquals([Deno.readTextFileSync(path), await namesIn(folder.path(""))], ["new", ["compose.yaml"]]);
  assertEquals(Deno.statSync(path).mode! & 0o777, 0o600);
});

Deno.test("writes that are not settled leave the old files and no others", async () => {
  using folder = temporaryFolder({ "compose.yaml": "old" });
  {
    await using writes = new AtomicWrites();
    await writes.write(folder.path("compose.yaml"), bytes("new"));
    await writes.write(folder.path(".env"), bytes("A=1"));
  }
  assertEquals(await namesIn(folder.path("")), ["compose.yaml"]);
  assertEquals(Deno.readTextFileSync(folder.path("compose.yaml")), "old");
});

Deno.test("overwriting a user's file creates its lost folder again", async () => {
  using folder = temporaryFolder({});
  await using writes = new AtomicWrites();
  await writes.overwrite(folder.path("lost/project/compose.yaml"), bytes("new"));
  await writes.settle();
  assertEquals(Deno.readTextFileSync(folder.path("lost/project/compose.yaml")), "new");
});

Deno.test("overwriting a user's file follows its link and keeps its mode", async () => {
  using folder = temporaryFolder({ "real/compose.yaml": "old" });
  const real = folder.path("real/compose.yaml");
  Deno.chmodSync(real, 0o640);
  Deno.symlinkSync("real/compose.yaml", folder.path("link.yaml"));
  await using writes = new AtomicWrites();
  await writes.overwrite(folder.path("link.yaml"), bytes("new"));
  await writes.settle();
  assertEquals(Deno.readTextFileSync(real), "new");
  assertEquals([Deno.lstatSync(folder.path("link.yaml")).isSymlink, Deno.statSync(real).mode! & 0o777], [
    true,
    0o640,
  ]);
});

Deno.test("removes only drafts of the given names", async () => {
  using folder = temporaryFolder({
    [`compose.yaml.${UUID}`]: "",
    [`.env.${UUID}`]: "",
    [`data.${UUID}`]: "",
    "compose.yaml.backup": "",
    "compose.yaml": "",
  });
  await removeTemporaryFiles(folder.path(""), ["compose.yaml", ".env"]);
  assertEquals(await namesIn(folder.path("")), ["compose.yaml", "compose.yaml.backup", `data.${UUID}`]);
});

Deno.test("finds draft folders by their whole name", async () => {
  using folder = temporaryFolder({
    [`new.${UUID}/x`]: "",
    "new.backup/x": "",
    [`old.${UUID}/x`]: "",
    "7/x": "",
  });
  assertEquals(await draftFolders(folder.path("")), [`new.${UUID}`]);
  assertMatch(draftFolder("/data/texts"), /^\/data\/texts\/new\.[0-9a-f-]{36}$/);
});
