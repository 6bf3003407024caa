import { TestPage } from "../dom.ts";
import { assertEquals } from "../../../../tests/assert.ts";
import { SkipLink } from "../../src/app/skip_link.tsx";
import { useFocusAfterMove } from "../../src/app/use_focus_after_move.ts";

Deno.test("the link moves the focus to the heading, and keeps the address", async () => {
  await using page = new TestPage();
  location.hash = "#/stacks";
  const view = page.render(
    <>
      <SkipLink />
      <main tabIndex={-1}>
        <h1>Stacks</h1>
      </main>
    </>,
  );
  await page.user.click(view.getByRole("link"));
  assertEquals([document.activeElement?.textContent, location.hash], ["Stacks", "#/stacks"]);
});

Deno.test("a move to another page focuses its content, and the first page does not", async () => {
  await using page = new TestPage();
  const main = document.body.appendChild(document.createElement("main"));
  main.tabIndex = -1;
  const { rerender } = page.hook(({ path }: { path: string }) => useFocusAfterMove(path), { path: "a" });
  const before = document.activeElement === main;
  rerender({ path: "b" });
  assertEquals([before, document.activeElement === main], [false, true]);
});
