import { askYes, isYes } from "../../server/cli/confirm.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { Captured } from "./stacks/client.ts";

Deno.test("only y and yes mean yes", () => {
  assertEquals(["y\n", "Y", " yes \n", "YES"].map(isYes), [true, true, true, true]);
  assertEquals(["", "\n", "n", "yo", "yes please"].map(isYes), [false, false, false, false, false]);
});

Deno.test("reads the answer from standard input, and its end is no", async () => {
  for (const [answer, expected] of [["yes\n", true], ["no\n", false], ["", false]] as const) {
    using captured = new Captured(answer);
    assertEquals(await askYes("Remove it?", new AbortController().signal), expected);
    assertEquals(captured.err, "Remove it? [y/N] ");
  }
});

Deno.test("a question ends when the signal aborts", async () => {
  using _captured = new Captured("y\n");
  await assertRejects(() => askYes("Remove it?", AbortSignal.abort(new Error("stop"))), Error, "stop");
});
