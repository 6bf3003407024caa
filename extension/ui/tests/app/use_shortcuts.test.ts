import { TestPage } from "../dom.ts";
import { assertEquals } from "../../../../tests/assert.ts";
import { type Overlay, useShortcuts } from "../../src/app/use_shortcuts.ts";

function open(page: TestPage) {
  const opened: Overlay[] = [];
  const overlay = (one: Overlay) => void opened.push(one);
  page.hook(() => useShortcuts(overlay));
  return opened;
}

Deno.test("a question mark opens the help, and Ctrl+K the palette", async () => {
  await using page = new TestPage();
  const opened = open(page);
  await page.user.keyboard("?{Control>}k{/Control}");
  assertEquals(opened, ["help", "palette"]);
});

Deno.test("g and a letter open a view", async () => {
  await using page = new TestPage();
  open(page);
  await page.user.keyboard("gs");
  assertEquals(location.hash, "#/stacks");
  await page.user.keyboard("gxc");
  assertEquals(location.hash, "#/stacks");
});

Deno.test("typed text is not a shortcut", async () => {
  await using page = new TestPage();
  const opened = open(page);
  const field = document.body.appendChild(document.createElement("input"));
  field.focus();
  await page.user.keyboard("?gs");
  assertEquals([opened, location.hash, field.value], [[], "", "?gs"]);
});

Deno.test("does nothing without access", async () => {
  await using page = new TestPage();
  page.hook(() => useShortcuts(undefined));
  await page.user.keyboard("gs");
  assertEquals(location.hash, "");
});
