import { assertEquals } from "../../assert.ts";
import { updateTable } from "../../../server/cli/resources/updates.ts";
import type { ImageUpdate } from "../../../server/protocol/images/updates.ts";

function update(changes: Partial<ImageUpdate>): ImageUpdate {
  return {
    ...{ hostId: "nas", image: "nginx:1", state: "current", reason: null, since: null, checkedAt: null },
    ...{ digest: `sha256:${"1".repeat(64)}`, newestDigest: `sha256:${"2".repeat(64)}` },
    ...{ newerTag: null, sourceUrl: null, containers: [] },
    ...changes,
  };
}

Deno.test("the table lists newer images first, then newer tags", () => {
  const table = updateTable([
    update({ image: "c" }),
    update({ image: "b", newerTag: "2" }),
    update({ image: "a", state: "newer" }),
  ]);
  const lines = table.trimEnd().split("\n").map((line) => line.split(/ {2,}/));
  assertEquals(lines.map(([image]) => image), ["IMAGE", "a", "b", "c"]);
  assertEquals(lines[1], ["a", "newer", "111111111111", "222222222222", "nas"]);
});

Deno.test("a line replaces an empty table", () => {
  assertEquals(updateTable([]), "No container has an image to compare.\n");
});

Deno.test("the table has no control characters of images", () => {
  assertEquals(updateTable([update({ image: "a\u001b[2J" })]).includes("\u001b"), false);
});
