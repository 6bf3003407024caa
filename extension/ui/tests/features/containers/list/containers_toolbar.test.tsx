import { TestPage, within } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { STATE_FILTERS } from "../../../../src/features/containers/model/arrange.ts";
import { ContainersToolbar } from "../../../../src/features/containers/list/containers_toolbar.tsx";

function open(page: TestPage, hostIds: readonly string[] = ["Localhost"], host: string | null = null) {
  const filters: unknown[] = [];
  const preferences: unknown[] = [];
  const view = page.render(
    <ContainersToolbar
      filters={{ search: "", state: "all", host }}
      onFilters={(changed) => filters.push(changed)}
      preferences={{
        columns: ["name", "cpu"],
        order: { column: "name", descending: false },
        grouped: true,
        scale: "core",
      }}
      onPreferences={(changed) => preferences.push(changed)}
      hostIds={hostIds}
    />,
  );
  return { view, filters, preferences };
}

Deno.test("filters by the typed text", async () => {
  await using page = new TestPage();
  const { view, filters } = open(page);
  await page.user.type(view.getByRole("searchbox"), "w");
  assertEquals(filters, [{ search: "w" }]);
});

Deno.test("offers every state filter", async () => {
  await using page = new TestPage();
  const { view, filters } = open(page);
  for (const index of STATE_FILTERS.keys()) {
    await page.user.click(view.getByRole("combobox"));
    await page.user.click(view.getAllByRole("option")[index]!);
  }
  // Choosing the current filter again changes nothing.
  assertEquals(filters, STATE_FILTERS.slice(1).map((state) => ({ state })));
});

Deno.test("offers no host filter for a single host", async () => {
  await using page = new TestPage();
  assertEquals(open(page).view.getAllByRole("combobox").length, 1);
});

Deno.test("filters by one of several hosts", async () => {
  await using page = new TestPage();
  const { view, filters } = open(page, ["Localhost", "nas"]);
  await page.user.click(view.getAllByRole("combobox")[1]!);
  await page.user.click(view.getByRole("option", { name: "nas" }));
  assertEquals(filters, [{ host: "nas" }]);
});

Deno.test("clears the host filter", async () => {
  await using page = new TestPage();
  const { view, filters } = open(page, ["Localhost", "nas"], "nas");
  await page.user.click(view.getAllByRole("combobox")[1]!);
  await page.user.click(view.getAllByRole("option")[0]!);
  assertEquals(filters, [{ host: null }]);
});

Deno.test("switches the grouping", async () => {
  await using page = new TestPage();
  const { view, preferences } = open(page);
  await page.user.click(view.getByRole("checkbox"));
  assertEquals(preferences, [{ grouped: false }]);
});

Deno.test("switches the CPU scale, which cannot be unset", async () => {
  await using page = new TestPage();
  const { view, preferences } = open(page);
  const scales = within(view.getByRole("group")).getAllByRole("button");
  assertEquals(scales.map((button) => button.getAttribute("aria-pressed")), ["true", "false"]);
  await page.user.click(scales[0]!);
  await page.user.click(scales[1]!);
  assertEquals(preferences, [{ scale: "host" }]);
});
