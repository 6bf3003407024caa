import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import { ContainersToolbar } from "../../../../src/features/containers/list/containers_toolbar.tsx";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { host } from "../../../fakes/messages.ts";
import type { StateFilter } from "../../../../src/features/containers/model/arrange.ts";

const TWO = [host({ hostId: "Localhost" }), host({ hostId: "nas", labels: { site: "home" } })];
const COUNTS = { all: 5, unhealthy: 2, running: 4, stopped: 1 };

function open(
  page: TestPage,
  { hosts = [host()], chosen = null, label = null, state = "all" }: {
    hosts?: readonly HostReport[];
    chosen?: string | null;
    label?: string | null;
    state?: StateFilter;
  } = {},
) {
  const filters: unknown[] = [];
  const view = page.render(
    <ContainersToolbar
      filters={{ search: "", state, host: chosen, label }}
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
      hosts={new Map(hosts.map((one) => [one.hostId, one]))}
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
  const { view, filters } = open(page, { hosts: TWO, chosen: "Localhost" });
  for (const name of ["nas", "All hosts"]) {
    await page.user.click(await view.findByRole("combobox"));
    await page.user.click(view.getByRole("option", { name }));
  }
  assertEquals(filters, [{ host: "nas", label: null }, { host: null, label: null }]);
});

Deno.test("a host in the address that does not exist is not chosen", async () => {
  await using page = new TestPage();
  const { view } = open(page, { hosts: TWO, chosen: "gone" });
  assertEquals((await view.findByRole("combobox")).textContent, "All hosts");
});

Deno.test("filters by a label of the hosts, and shows the chosen one", async () => {
  await using page = new TestPage();
  const { view, filters } = open(page, { hosts: TWO });
  await page.user.click(await view.findByRole("combobox"));
  await page.user.click(view.getByRole("option", { name: "site=home" }));
  assertEquals(filters, [{ host: null, label: "site=home" }]);
});

Deno.test("a label in the address is chosen", async () => {
  await using page = new TestPage();
  const { view } = open(page, { hosts: TWO, label: "site=home" });
  assertEquals((await view.findByRole("combobox")).textContent, "site=home");
});
