import { TestPage } from "../../dom.ts";
import { assertEquals } from "../../../../../tests/assert.ts";
import { copyText } from "../../../src/lib/browser/clipboard.ts";
import { fakeClipboard } from "../../fakes/clipboard.ts";

Deno.test("copies a text", async () => {
  await using _page = new TestPage();
  using clipboard = fakeClipboard();
  assertEquals([await copyText("a\nb"), clipboard.texts], [true, ["a\nb"]]);
});

Deno.test("copies a selection where there is no clipboard, and leaves nothing behind", async () => {
  await using _page = new TestPage();
  using clipboard = fakeClipboard({ denied: true, legacy: true });
  const button = document.createElement("button");
  document.body.append(button);
  button.focus();
  assertEquals([await copyText("text"), clipboard.texts], [true, ["text"]]);
  assertEquals([document.activeElement === button, document.querySelectorAll("textarea").length], [true, 0]);
});

Deno.test("reports that nothing could be copied", async () => {
  await using _page = new TestPage();
  using _clipboard = fakeClipboard({ denied: true });
  assertEquals(await copyText("text"), false);
});
