import { TestPage } from "../dom.ts";
import { assertEquals } from "../../../../tests/assert.ts";
import { ConfirmDialog } from "../../src/components/confirm_dialog.tsx";

function open(page: TestPage) {
  const calls: string[] = [];
  const view = page.render(
    <ConfirmDialog
      title="Sure?"
      action="Go ahead"
      cancel="Stay"
      onConfirm={() => calls.push("confirm")}
      onCancel={() => calls.push("cancel")}
    >
      The details
    </ConfirmDialog>,
  );
  return { view, calls };
}

Deno.test("a dialog is named by its title and shows its contents", async () => {
  await using page = new TestPage();
  const { view } = open(page);
  const dialog = view.getByRole("dialog", { name: "Sure?" });
  assertEquals(dialog.textContent?.includes("The details"), true);
});

Deno.test("the safe button has the focus, so that Enter cancels", async () => {
  await using page = new TestPage();
  const { calls } = open(page);
  await page.user.keyboard("{Enter}");
  assertEquals(calls, ["cancel"]);
});

Deno.test("the action button confirms", async () => {
  await using page = new TestPage();
  const { view, calls } = open(page);
  await page.user.click(view.getByRole("button", { name: "Go ahead" }));
  assertEquals(calls, ["confirm"]);
});

Deno.test("Escape cancels", async () => {
  await using page = new TestPage();
  const { calls } = open(page);
  await page.user.keyboard("{Escape}");
  assertEquals(calls, ["cancel"]);
});
