import { assertEquals } from "../../../../../../tests/assert.ts";
import { namesChangedFiles } from "../../../../src/features/stacks/parts/use_task.ts";
import { Refusal } from "../../../../src/lib/transport/transport.ts";

function refusal(status: number, path?: string): Refusal {
  const errors = path === undefined ? {} : { errors: [{ path, message: "" }] };
  return new Refusal({ type: "about:blank", title: "", status, detail: "", ...errors });
}

Deno.test("offers to accept changed files for a conflict that names a text, and for nothing else", () => {
  assertEquals(namesChangedFiles(refusal(409, "compose")), true);
  assertEquals(namesChangedFiles(refusal(409, "env")), true);
  assertEquals(namesChangedFiles(refusal(409)), false);
  assertEquals(namesChangedFiles(refusal(422, "compose")), false);
  assertEquals(namesChangedFiles(new Error("no")), false);
});
