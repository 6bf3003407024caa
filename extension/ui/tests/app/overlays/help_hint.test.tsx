import { TestPage } from "../../dom.ts";
import { assertEquals } from "../../../../../tests/assert.ts";
import { page as browser } from "../../window.ts";
import { HelpHint } from "../../../src/app/overlays/help_hint.tsx";

Deno.test("offers the help until it was opened once", async () => {
  await using page = new TestPage();
  browser.happyDOM.setViewport({ width: 1024, height: 768 });
  let opened = 0;
  const view = page.render(<HelpHint onHelp={() => opened++} />);
  await page.user.click(view.getByRole("button"));
  assertEquals([opened, view.queryByRole("button")], [1, null]);
  view.unmount();
  assertEquals(page.render(<HelpHint onHelp={() => {}} />).queryByRole("button"), null);
});
