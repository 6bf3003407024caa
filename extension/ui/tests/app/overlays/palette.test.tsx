import { TestPage } from "../../dom.ts";
import { assertEquals, eventually } from "../../../../../tests/assert.ts";
import Palette from "../../../src/app/overlays/palette.tsx";
import { pageEntries } from "../../../src/app/overlays/palette_entries.ts";
import { StatsFeed } from "../../../src/features/containers/model/stats_feed.ts";
import { StackFeed } from "../../../src/features/stacks/model/stack_feed.ts";
import { fakeClient } from "../../fakes/client.ts";
import { host, message } from "../../fakes/messages.ts";

const PAGES = pageEntries([["containers", "Containers"], ["log", "DockStat log"]]);

Deno.test("finds a container by its name, and Enter opens it", async () => {
  const { client } = fakeClient();
  using stats = new StatsFeed(client);
  using stacks = new StackFeed(client);
  stats.take([message({ name: "web" })]);
  await eventually("the row", () => stats.view.value.rows.length === 1);
  await using page = new TestPage(client);
  let closed = 0;
  const view = page.render(<Palette stats={stats} stacks={stacks} pages={PAGES} onClose={() => closed++} />);
  await page.user.type(view.getByRole("combobox"), "we{Enter}");
  assertEquals([closed, location.hash], [1, `#/containers/Localhost/${"0".repeat(64)}`]);
});

Deno.test("searches for what was typed before it was loaded, once", async () => {
  const { client } = fakeClient();
  using stats = new StatsFeed(client);
  using stacks = new StackFeed(client);
  await using page = new TestPage(client);
  const typed = { current: "log" };
  const view = page.render(
    <Palette stats={stats} stacks={stacks} pages={PAGES} typed={typed} onClose={() => {}} />,
  );
  assertEquals(view.getByRole("combobox").getAttribute("value"), "log");
  assertEquals(view.getByRole("option").textContent, "DockStat logPage");
  assertEquals(typed.current, "");
});

Deno.test("arrows choose another result", async () => {
  const { client } = fakeClient();
  using stats = new StatsFeed(client);
  using stacks = new StackFeed(client);
  await using page = new TestPage(client);
  const view = page.render(<Palette stats={stats} stacks={stacks} pages={PAGES} onClose={() => {}} />);
  await page.user.type(view.getByRole("combobox"), "{ArrowDown}");
  const chosen = view.getByRole("option", { selected: true });
  assertEquals(chosen.textContent, "DockStat logPage");
  assertEquals(view.getByRole("combobox").getAttribute("aria-activedescendant"), chosen.id);
});

for (const [hostIds, count] of [[["Localhost"], 0], [["Localhost", "nas"], 1]] as const) {
  Deno.test(`lists ${count} matching hosts of ${hostIds.length}`, async () => {
    const { client } = fakeClient();
    using stats = new StatsFeed(client);
    using stacks = new StackFeed(client);
    stats.hosts.set(new Map(hostIds.map((hostId) => [hostId, host({ hostId })])));
    await using page = new TestPage(client);
    const view = page.render(<Palette stats={stats} stacks={stacks} pages={PAGES} onClose={() => {}} />);
    await page.user.type(view.getByRole("combobox"), "local host");
    assertEquals(view.queryAllByRole("option", { name: /^Localhost/ }).length, count);
  });
}
