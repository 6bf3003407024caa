import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { RemoveDialog } from "../../../../src/features/stacks/detail/remove_dialog.tsx";

function open(page: TestPage) {
  const calls: string[] = [];
  const view = page.render(
    <RemoveDialog
      name="shop"
      onRemove={(volumes) => calls.push(`remove, volumes: ${volumes}`)}
      onCancel={() => calls.push("cancel")}
    />,
  );
  return { view, calls };
}

Deno.test("names the stack in the title of the dialog", async () => {
  await using page = new TestPage();
  const { view } = open(page);
  assert(view.getByRole("dialog", { name: "Remove “shop”?" }));
});

Deno.test("keeps the volumes by default", async () => {
  await using page = new TestPage();
  const { view, calls } = open(page);
  assert(view.getByText("The volumes and their data are kept."));
  await page.user.click(view.getByRole("button", { name: "Remove" }));
  assertEquals(calls, ["remove, volumes: false"]);
});

Deno.test("removes the volumes when that is selected, and warns about it", async () => {
  await using page = new TestPage();
  const { view, calls } = open(page);
  await page.user.click(view.getByLabelText("Also remove the volumes"));
  assert(view.getByText("This permanently deletes the data in the volumes."));
  await page.user.click(view.getByRole("button", { name: "Remove" }));
  assertEquals(calls, ["remove, volumes: true"]);
});

Deno.test("removes nothing after a cancel", async () => {
  await using page = new TestPage();
  const { view, calls } = open(page);
  await page.user.click(view.getByRole("button", { name: "Cancel" }));
  assertEquals(calls, ["cancel"]);
});
