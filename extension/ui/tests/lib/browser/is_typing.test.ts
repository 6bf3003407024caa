import { TestPage } from "../../dom.ts";
import { assertEquals } from "../../../../../tests/assert.ts";
import { isTyping } from "../../../src/lib/browser/is_typing.ts";

Deno.test("text fields, dialogs and menus take keys themselves", async () => {
  await using _page = new TestPage();
  document.body.innerHTML = '<input><div role="dialog"><button></button></div><p></p>';
  const all = ["input", "button", "p"].map((selector) => isTyping(document.querySelector(selector)));
  assertEquals([...all, isTyping(null)], [true, true, false, false]);
});
