import { TestPage, within } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { HostRow } from "../../../../src/features/containers/model/host_usage.ts";
import { HostCards } from "../../../../src/features/containers/overview/host_cards.tsx";
import { host } from "../../../fakes/messages.ts";
import { usage } from "../../../fakes/host_usage.ts";

function cards(page: TestPage, hosts: readonly HostReport[], rows: readonly HostRow[] = [], narrow = false) {
  const view = page.render(
    <HostCards
      hosts={new Map(hosts.map((one) => [one.hostId, one]))}
      view={{ totals: new Map(), usage: new Map(rows.map((row) => [row.newest.hostId, row])) }}
      narrow={narrow}
    />,
  );
  const card = (name: string) => view.getByRole("region", { name }).textContent ?? "";
  return { view, card };
}

Deno.test("a card has CPU, memory, disk and load of its host", async () => {
  await using page = new TestPage();
  const text = cards(page, [host()], [new HostRow(usage())]).card("Localhost");
  for (const part of ["25 %", "2.00 of 8.00 GiB", "41.0 of 100 GiB", "0.62"]) {
    assert(text.includes(part), text);
  }
});

Deno.test("cards side by side have shares, and the amount of memory in a tooltip", async () => {
  await using page = new TestPage();
  const hosts = [host(), host({ hostId: "nas" })];
  const { view, card } = cards(page, hosts, [new HostRow(usage())]);
  const text = card("Localhost");
  for (const part of ["CPU25 %", "Memory25 %", "Disk41 %", "0.62"]) assert(text.includes(part), text);
  assert(view.getByTitle("2.00 of 8.00 GiB"));
});

Deno.test("three cards leave out the load, for which they have no room", async () => {
  await using page = new TestPage();
  const hosts = ["Localhost", "attic", "nas"].map((hostId) => host({ hostId }));
  const { card } = cards(page, hosts, [new HostRow(usage())]);
  assert(card("Localhost").includes("Disk41 %"));
  assert(!card("Localhost").includes("Load"));
});

Deno.test("the only card of a phone has shares", async () => {
  await using page = new TestPage();
  const { view } = cards(page, [host()], [new HostRow(usage())], true);
  assert(view.container.textContent?.includes("Memory25 %"));
});

Deno.test("the disk leads to what fills it", async () => {
  await using page = new TestPage();
  const { view } = cards(page, [host()], [new HostRow(usage())]);
  const disk = view.getByRole("link", { name: /^Disk/ });
  assertEquals(disk.getAttribute("href"), "#/resources");
});

Deno.test("the counts of a host are whole in a tooltip", async () => {
  await using page = new TestPage();
  const { view } = cards(page, [host()]);
  const counts = view.container.querySelector(".counts");
  assert(counts?.textContent);
  assertEquals(counts.getAttribute("title"), counts.textContent);
});

Deno.test("an unknown value is a dash, not zero", async () => {
  await using page = new TestPage();
  const { view } = cards(page, [host()], [new HostRow(usage({ diskUsedBytes: null, load1: null }))]);
  assertEquals(view.getAllByRole("img", { name: "Unknown" }).length, 2);
});

Deno.test("a silent host names the start of its silence, and comes first", async () => {
  await using page = new TestPage();
  const { view, card } = cards(page, [host(), host({ hostId: "nas", state: "down" })]);
  assert(card("nas").includes("not reachable since"));
  const names = within(view.getByRole("region", { name: "Hosts" })).getAllByRole("region")
    .map((region) => region.getAttribute("aria-label"));
  assertEquals(names, ["nas", "Localhost"]);
});

Deno.test("many hosts are one card, which unfolds them", async () => {
  await using page = new TestPage();
  const many = Array.from({ length: 50 }, (_, index) => host({ hostId: `host-${index}` }));
  const { view } = cards(page, many);
  assertEquals(view.queryByRole("region", { name: "host-7" }), null);
  await page.user.click(view.getByRole("button", { name: "Show hosts" }));
  assert(view.getByRole("region", { name: "host-7" }));
  assert(location.hash.includes("hosts="));
});

Deno.test("the name of a card shows only the containers of its host, and then those of all again", async () => {
  await using page = new TestPage();
  const { view } = cards(page, [host(), host({ hostId: "nas" })]);
  const name = view.getByRole("button", { name: "nas" });
  await page.user.click(name);
  assert(location.hash.includes("host=nas"));
  assertEquals(name.getAttribute("aria-pressed"), "true");
  await page.user.click(name);
  assert(!location.hash.includes("host=nas"));
});

Deno.test("the place of the card is reserved until the hosts are known", async () => {
  await using page = new TestPage();
  const view = page.render(
    <HostCards hosts={undefined} view={{ totals: new Map(), usage: new Map() }} narrow={false} />,
  );
  const places = [...view.getByRole("region", { name: "Hosts" }).children];
  assertEquals(places.map((place) => [place.getAttribute("style"), place.textContent]), [[
    "height: 54px;",
    "",
  ]]);
});
