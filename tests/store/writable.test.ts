import { isWritable } from "../../server/store/writable.ts";
import { assertEquals } from "../assert.ts";
import { temporaryFolder } from "../fakes/folder.ts";

Deno.test("a folder that can be created is writable, and nothing is left in it", async () => {
  using folder = temporaryFolder();
  assertEquals(await isWritable(folder.path("a/b")), true);
  assertEquals([...Deno.readDirSync(folder.path("a/b"))], []);
});

Deno.test("a folder below a file is not writable", async () => {
  using folder = temporaryFolder();
  Deno.writeTextFileSync(folder.path("file"), "");
  assertEquals([await isWritable(folder.path("file")), await isWritable(folder.path("file/data"))], [
    false,
    false,
  ]);
});
