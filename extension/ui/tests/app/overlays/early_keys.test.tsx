import { TestPage } from "../../dom.ts";
import { assertEquals } from "../../../../../tests/assert.ts";
import { EarlyKeys } from "../../../src/app/overlays/early_keys.ts";

/** Renders it, and counts the keys that reach the page. */
function open(page: TestPage) {
  const typed = { current: "of an earlier search" };
  const seen: string[] = [];
  let closed = 0;
  const view = page.render(<EarlyKeys typed={typed} onClose={() => closed++} />);
  const listen = ({ key }: KeyboardEvent) => void seen.push(key);
  addEventListener("keydown", listen);
  return {
    typed,
    seen,
    unmount: view.unmount,
    closed: () => closed,
    [Symbol.dispose]: () => removeEventListener("keydown", listen),
  };
}

Deno.test("keeps what is typed until the palette is loaded, and no key acts as a shortcut", async () => {
  await using page = new TestPage();
  using early = open(page);
  await page.user.keyboard("gsx{Backspace}/");
  assertEquals([early.typed.current, early.seen, early.closed()], ["gs/", [], 0]);
  early.unmount();
  await page.user.keyboard("c");
  assertEquals([early.typed.current, early.seen], ["gs/", ["c"]]);
});

Deno.test("Escape closes the palette before it is loaded", async () => {
  await using page = new TestPage();
  using early = open(page);
  await page.user.keyboard("{Escape}");
  assertEquals([early.closed(), early.seen], [1, []]);
});
