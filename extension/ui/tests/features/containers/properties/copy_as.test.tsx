import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { CopyAs } from "../../../../src/features/containers/properties/copy_as.tsx";
import { fakeClipboard } from "../../../fakes/clipboard.ts";
import { details } from "../../../fakes/details.ts";

Deno.test("copies a container as a command", async () => {
  await using page = new TestPage();
  using clipboard = fakeClipboard();
  const view = page.render(<CopyAs details={details()} />);
  await page.user.click(view.getByRole("button", { name: "Copy as docker run" }));
  assert(clipboard.texts[0]?.startsWith("docker run --detach"));
  assertEquals(view.getByRole("status").textContent, "Copied");
});

Deno.test("copies a container as a Compose file, under the name of its service", async () => {
  await using page = new TestPage();
  using clipboard = fakeClipboard();
  const view = page.render(<CopyAs details={details({ service: "front" })} />);
  await page.user.click(view.getByRole("button", { name: "Copy as Compose" }));
  await view.findByText("Copied");
  assert(clipboard.texts[0]?.startsWith("services:\n  front:"));
});

Deno.test("reports a clipboard that the browser denies", async () => {
  await using page = new TestPage();
  using _clipboard = fakeClipboard({ denied: true });
  const view = page.render(<CopyAs details={details()} />);
  await page.user.click(view.getByRole("button", { name: "Copy as docker run" }));
  assert(await view.findByText(/denied access/));
});
