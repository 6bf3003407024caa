import { assertEquals } from "../../../../../../../tests/assert.ts";
import {
  draftTexts,
  editedFiles,
  filesToCheck,
  hasUnstoredBytes,
  sameContent,
} from "../../../../../src/features/stacks/editor/files/edited_files.ts";

const bytes = (...all: number[]) => new Uint8Array(all);
const FILES = new Map([
  ["same", { stored: "1", content: "1" }],
  ["new", { stored: undefined, content: "" }],
  ["edited", { stored: "1", content: "2" }],
  ["image", { stored: undefined, content: bytes(0, 1) }],
]);

Deno.test("finds the files that differ, in order", () => {
  assertEquals(editedFiles(FILES).map(([path]) => path), ["edited", "image", "new"]);
  assertEquals(draftTexts(FILES), [{ path: "edited", text: "2" }, { path: "new", text: "" }]);
  assertEquals(hasUnstoredBytes(FILES), true);
});

Deno.test("compares bytes by value", () => {
  assertEquals(
    [[bytes(1, 2), bytes(1, 2)], [bytes(1), bytes(2)], [bytes(1), bytes(1, 2)], ["1", bytes(1)]].map(
      ([one, other]) => sameContent(one, other),
    ),
    [true, false, false, false],
  );
});

Deno.test("checks texts as far as they fit, and other files by their path", () => {
  const long = "x".repeat(300 * 1024);
  const files = new Map([["a", { stored: undefined, content: long }], ...FILES]);
  assertEquals(filesToCheck(files), [
    { path: "a" },
    { path: "edited", text: "2" },
    { path: "image" },
    { path: "new", text: "" },
  ]);
  assertEquals(filesToCheck(new Map()), undefined);
});
