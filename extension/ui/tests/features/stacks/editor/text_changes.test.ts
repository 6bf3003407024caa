import { textChanges } from "../../../../src/features/stacks/editor/text_changes.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";

const STORED = { compose: "a", env: "MODE=1", files: new Map() };

Deno.test("lists the texts and files that a save changes, with both contents", () => {
  const files = new Map([
    ["same.conf", { stored: "x", content: "x" }],
    ["gone.conf", { stored: "x", content: undefined }],
    ["new.bin", { stored: undefined, content: new Uint8Array(3) }],
  ]);
  assertEquals(textChanges(STORED, { compose: "a", env: "MODE=2", files }), [
    { title: "Environment (.env)", before: "MODE=1", after: "MODE=2" },
    { title: "gone.conf", before: "x", after: "" },
    { title: "new.bin", before: "", after: "3 bytes" },
  ]);
});

Deno.test("an unchanged form changes no text", () => assertEquals(textChanges(STORED, STORED), []));
