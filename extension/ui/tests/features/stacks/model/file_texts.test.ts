import { assertEquals } from "../../../../../../tests/assert.ts";
import {
  isFilePath,
  languageOf,
  textOf,
  uploadPath,
} from "../../../../src/features/stacks/model/file_texts.ts";

Deno.test("reads UTF-8 byte for byte, with its byte order mark", () => {
  assertEquals(textOf(new TextEncoder().encode("\ufeffzwölf\r\n")), "\ufeffzwölf\r\n");
});

for (const [name, bytes] of [["invalid UTF-8", [255, 254]], ["NUL", [65, 0, 66]]] as const) {
  Deno.test(`reads no text from ${name}`, () => {
    assertEquals(textOf(new Uint8Array(bytes)), undefined);
  });
}

Deno.test("names an upload by the wanted path, folder, or its own name", () => {
  const paths = ["", " config/ ", "config/app.env"].map((wanted) => uploadPath(wanted, "local.env"));
  assertEquals(paths, ["local.env", "config/local.env", "config/app.env"]);
});

Deno.test("refuses paths that an address would change", () => {
  const paths = ["a", "a/b.env", "", "/a", "a//b", "../a", "a/./b", "a/"].map(isFilePath);
  assertEquals(paths, [true, true, false, false, false, false, false, false]);
});

Deno.test("highlights YAML by its name", () => {
  assertEquals(["a.yaml", "b.YML", "c.env"].map(languageOf), ["yaml", "yaml", "env"]);
});
