import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { useRowKeys } from "../../../../src/features/containers/list/use_row_keys.ts";

function open(page: TestPage) {
  const table = document.body.appendChild(document.createElement("div"));
  table.innerHTML = '<a class="cover" href="#a">a</a><a class="cover" href="#b">b</a>';
  page.hook(() => useRowKeys({ current: table }));
  return () => document.activeElement?.textContent;
}

Deno.test("j and k move the focus between rows, and stop at the ends", async () => {
  await using page = new TestPage();
  const focused = open(page);
  const seen: unknown[] = [];
  for (const key of ["j", "j", "j", "k", "k"]) {
    await page.user.keyboard(key);
    seen.push(focused());
  }
  assertEquals(seen, ["a", "b", "b", "a", "a"]);
});

Deno.test("the arrows scroll the page until a row has the focus", async () => {
  await using page = new TestPage();
  const focused = open(page);
  await page.user.keyboard("{ArrowDown}");
  const before = focused() === "a";
  await page.user.keyboard("j{ArrowDown}");
  assertEquals([before, focused()], [false, "b"]);
});
