import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { ColumnMenu } from "../../../../src/features/containers/list/column_menu.tsx";
import { COLUMN_IDS, type ColumnId } from "../../../../src/features/containers/model/column_ids.ts";
import { COLUMNS } from "../../../../src/features/containers/model/columns.ts";

async function open(page: TestPage, columns: readonly ColumnId[]) {
  const changes: (readonly ColumnId[])[] = [];
  const view = page.render(<ColumnMenu columns={columns} onColumns={(chosen) => changes.push(chosen)} />);
  await page.user.click(view.getByRole("button"));
  const item = (id: ColumnId) => view.getByRole("menuitemcheckbox", { name: COLUMNS[id].label });
  return { view, changes, item };
}

Deno.test("offers every column except the name and checks the shown ones", async () => {
  await using page = new TestPage();
  const { view } = await open(page, ["name", "cpu", "status"]);
  const items = view.getAllByRole("menuitemcheckbox");
  assertEquals(items.length, COLUMN_IDS.length - 1);
  assertEquals(items.filter((item) => item.getAttribute("aria-checked") === "true").length, 2);
});

Deno.test("inserts an added column in table order", async () => {
  await using page = new TestPage();
  const { changes, item } = await open(page, ["name", "cpu", "status"]);
  await page.user.click(item("memory"));
  assertEquals(changes, [["name", "cpu", "memory", "status"]]);
});

Deno.test("removes a column and keeps the others", async () => {
  await using page = new TestPage();
  const { changes, item } = await open(page, ["name", "cpu", "status"]);
  await page.user.click(item("cpu"));
  assertEquals(changes, [["name", "status"]]);
});

Deno.test("the menu stays open after a choice, and Escape closes it", async () => {
  await using page = new TestPage();
  const { view, item } = await open(page, ["name", "cpu"]);
  await page.user.click(item("cpu"));
  assertEquals(view.queryAllByRole("menu").length, 1);
  await page.user.keyboard("{Escape}");
  assertEquals(view.queryAllByRole("menu").length, 0);
});
