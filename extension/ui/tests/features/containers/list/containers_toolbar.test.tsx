import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { ContainersToolbar } from "../../../../src/features/containers/list/containers_toolbar.tsx";
import type { StateFilter } from "../../../../src/features/containers/model/arrange.ts";

const COUNTS = { all: 5, unhealthy: 2, running: 4, stopped: 1 };

function open(
  page: TestPage,
  { hostIds = ["Localhost"], host = null, state = "all" }: {
    hostIds?: readonly string[];
    host?: string | null;
    state?: StateFilter;
  } = {},
) {
  const filters: unknown[] = [];
  const view = page.render(
    <ContainersToolbar
      filters={{ search: "", state, host }}
      onFilters={(changed) => filters.push(changed)}
      counts={COUNTS}
      preferences={{
        columns: ["name", "cpu"],
        order: { column: "name", descending: false },
        grouped: true,
        scale: "core",
        compact: false,
      }}
      onPreferences={() => {}}
      order={{ column: "name", descending: false }}
      onOrder={() => {}}
      hostIds={hostIds}
      hidden={0}
    />,
  );
  return { view, filters };
}

Deno.test("filters by the typed text", async () => {
  await using page = new TestPage();
  const { view, filters } = open(page);
  await page.user.type(view.getByRole("searchbox"), "w");
  assertEquals(filters, [{ search: "w" }]);
});

Deno.test("each state is a chip with its number of containers", async () => {
  await using page = new TestPage();
  const { view, filters } = open(page);
  const chips = [...view.getByRole("group").children];
  assertEquals(chips.map(({ textContent }) => textContent), [
    "All 5",
    "Attention 2",
    "Running 4",
    "Stopped 1",
  ]);
  await page.user.click(chips[1]!);
  assertEquals(filters, [{ state: "unhealthy" }]);
});

Deno.test("a click on the chosen chip shows all containers", async () => {
  await using page = new TestPage();
  const { view, filters } = open(page, { state: "running" });
  const chip = view.getByRole("button", { name: /Running/ });
  assertEquals(chip.getAttribute("aria-pressed"), "true");
  await page.user.click(chip);
  assertEquals(filters, [{ state: "all" }]);
});

Deno.test("offers no host filter for a single host", async () => {
  await using page = new TestPage();
  assertEquals(open(page).view.queryByRole("combobox"), null);
});

Deno.test("filters by one of several hosts, and clears the filter", async () => {
  await using page = new TestPage();
  const { view, filters } = open(page, { hostIds: ["Localhost", "nas"], host: "Localhost" });
  for (const name of ["nas", "All hosts"]) {
    await page.user.click(await view.findByRole("combobox"));
    await page.user.click(view.getByRole("option", { name }));
  }
  assertEquals(filters, [{ host: "nas" }, { host: null }]);
});

Deno.test("a host in the address that does not exist is not chosen", async () => {
  await using page = new TestPage();
  const { view } = open(page, { hostIds: ["Localhost", "nas"], host: "gone" });
  assertEquals((await view.findByRole("combobox")).textContent, "All hosts");
});
