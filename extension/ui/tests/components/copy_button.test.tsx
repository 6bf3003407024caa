import { TestPage } from "../dom.ts";
import { assert, assertEquals } from "../../../../tests/assert.ts";
import { CopyButton } from "../../src/components/copy_button.tsx";
import { fakeClipboard } from "../fakes/clipboard.ts";

Deno.test("copies its text and names the result", async () => {
  await using page = new TestPage();
  using clipboard = fakeClipboard();
  const view = page.render(<CopyButton text="nginx" label="Copy image" />);
  await page.user.click(view.getByRole("button", { name: "Copy image" }));
  assert(view.getByRole("button", { name: "Copy image: Copied" }));
  assertEquals(clipboard.texts, ["nginx"]);
});

Deno.test("names a clipboard that the browser denies", async () => {
  await using page = new TestPage();
  using _clipboard = fakeClipboard({ denied: true });
  const view = page.render(<CopyButton text="nginx" label="Copy image" />);
  await page.user.click(view.getByRole("button", { name: "Copy image" }));
  assert(view.getByRole("button", { name: /Copy image: The browser denied/ }));
});

Deno.test("forgets the result when the focus leaves", async () => {
  await using page = new TestPage();
  using _clipboard = fakeClipboard();
  const view = page.render(<CopyButton text="nginx" label="Copy image" />);
  await page.user.click(view.getByRole("button", { name: "Copy image" }));
  await page.user.tab();
  assert(view.getByRole("button", { name: "Copy image" }));
});
