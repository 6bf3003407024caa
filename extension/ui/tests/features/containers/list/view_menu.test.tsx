import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { ViewMenu } from "../../../../src/features/containers/list/view_menu.tsx";
import type { Preferences } from "../../../../src/features/containers/model/preferences.ts";

const PREFERENCES: Preferences = {
  columns: ["name", "cpu", "status"],
  order: { column: "name", descending: false },
  grouped: true,
  scale: "core",
  compact: false,
};

async function open(page: TestPage) {
  const changes: unknown[] = [];
  const view = page.render(
    <ViewMenu
      preferences={PREFERENCES}
      onPreferences={(changed) => changes.push(changed)}
      order={PREFERENCES.order}
      onOrder={(column) => changes.push(column)}
    />,
  );
  await page.user.click(view.getByRole("button"));
  await view.findByRole("menu");
  const choose = (name: string) => page.user.click(view.getByRole("menuitemcheckbox", { name }));
  return { view, changes, choose };
}

Deno.test("switches grouping, density and the CPU scale", async () => {
  await using page = new TestPage();
  const { changes, choose } = await open(page);
  await choose("Group by stack");
  await choose("Compact rows");
  await choose("CPU: 100 % is the host");
  assertEquals(changes, [{ grouped: false }, { compact: true }, { scale: "host" }]);
});

Deno.test("a chosen column is inserted in display order, and another one is removed", async () => {
  await using page = new TestPage();
  const { changes, choose } = await open(page);
  await choose("Image");
  await choose("CPU");
  assertEquals(changes, [{ columns: ["name", "image", "cpu", "status"] }, { columns: ["name", "status"] }]);
});

Deno.test("exposes what is chosen, and keeps the name", async () => {
  await using page = new TestPage();
  const { view } = await open(page);
  const checked = (name: string) => view.getByRole("menuitemcheckbox", { name }).getAttribute("aria-checked");
  assertEquals([checked("Group by stack"), checked("CPU"), checked("Image")], ["true", "true", "false"]);
  assertEquals(view.queryByRole("menuitemcheckbox", { name: "Name" }), null);
});

Deno.test("sorts on a phone, which has no headings", async () => {
  await using page = new TestPage();
  const { view, changes } = await open(page);
  const checked = view.getByRole("menuitemradio", { name: "Name" }).getAttribute("aria-checked");
  await page.user.click(view.getByRole("menuitemradio", { name: "Memory" }));
  assertEquals([checked, ...changes], ["true", "memory"]);
});
