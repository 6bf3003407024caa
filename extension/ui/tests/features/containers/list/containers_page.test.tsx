import { TestPage, within } from "../../../dom.ts";
import type { RenderResult } from "@testing-library/react";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import type { HostReport } from "../../../../../../server/protocol/hosts.ts";
import { COLUMNS } from "../../../../src/features/containers/model/columns.ts";
import { ContainersPage } from "../../../../src/features/containers/list/containers_page.tsx";
import { StatsFeed } from "../../../../src/features/containers/model/stats_feed.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { host, message } from "../../../fakes/messages.ts";

const CONTAINERS = [
  { name: "web", project: "shop", cpuUsage: 5 },
  { name: "db", project: "shop", cpuUsage: 50 },
  { name: "lone", state: "exited", status: "Exited (1)" },
] as const;

/** Returns the links of the rows. */
function links(view: RenderResult): readonly Element[] {
  return [...view.container.querySelectorAll("a.cover")];
}

function open(hosts?: readonly HostReport[]) {
  const { transport, client } = fakeClient();
  if (hosts !== undefined) transport.answers["/docker/hosts"] = hosts;
  const feed = new StatsFeed(client);
  const page = new TestPage(client);
  const view = page.render(<ContainersPage feed={feed} />);
  const { listener } = transport.channels[0]!;
  const send = async (...containers: Parameters<typeof message>[0][]) => {
    listener.opened();
    const messages = containers.map((changes, index) =>
      message({ id: String(index).padStart(64, "0"), ...changes })
    );
    listener.frame(JSON.stringify(messages));
    await eventually("the rows", () => links(view).length === containers.length);
  };
  const names = () => links(view).map(({ textContent }) => textContent);
  return { transport, listener, feed, page, view, send, names };
}

Deno.test("sorts containers by project and name", async () => {
  const { feed, page, send, names } = open([host()]);
  using _feed = feed;
  await using _page = page;
  await send(...CONTAINERS);
  assertEquals(names(), ["db", "web", "lone"]);
});

Deno.test("a click on a column sorts the table and is stored", async () => {
  const { feed, page, view, send, names } = open([host()]);
  using _feed = feed;
  await using _page = page;
  await send(...CONTAINERS);
  await page.user.click(view.getByRole("button", { name: "View" }));
  await page.user.click(await view.findByRole("menuitemcheckbox", { name: "Group by stack" }));
  await page.user.keyboard("{Escape}");
  const header = within(view.getAllByRole("row")[0]!).getByText(COLUMNS.cpu.label);
  await page.user.click(header);
  assertEquals(names(), ["db", "web", "lone"]);
  await page.user.click(header);
  assertEquals(names(), ["web", "db", "lone"]);
  view.unmount();
  const again = page.render(<ContainersPage feed={feed} />);
  assertEquals(links(again).map(({ textContent }) => textContent), ["web", "db", "lone"]);
});

Deno.test("a search filters the table, and a button clears it", async () => {
  const { feed, page, view, send, names } = open([host()]);
  using _feed = feed;
  await using _page = page;
  await send(...CONTAINERS);
  await page.user.type(view.getByRole("searchbox"), "shop d");
  assertEquals(names(), ["db"]);
  await page.user.type(view.getByRole("searchbox"), "xyz");
  assertEquals(view.queryByRole("table"), null);
  const heading = view.getByRole("heading", { level: 2 });
  await page.user.click(within(heading.parentElement!).getByRole("button"));
  assertEquals(names(), ["db", "web", "lone"]);
});

Deno.test("collapses and expands a project", async () => {
  const { feed, page, view, send, names } = open([host()]);
  using _feed = feed;
  await using _page = page;
  await send(...CONTAINERS);
  const fold = () => view.getByRole("button", { name: "shop" });
  await page.user.click(fold());
  assertEquals([names(), fold().getAttribute("aria-expanded")], [["lone"], "false"]);
  await page.user.click(fold());
  assertEquals(names(), ["db", "web", "lone"]);
});

Deno.test("updates the values", async () => {
  const { listener, feed, page, view, send } = open([host()]);
  using _feed = feed;
  await using _page = page;
  await send({ name: "web", cpuUsage: 5 });
  listener.frame(JSON.stringify([message({ cpuUsage: 12.34, timestamp: "2026-08-01T12:00:01.000Z" })]));
  await eventually(
    "the new number",
    () => within(view.getByRole("table")).queryAllByText("12.3 %").length > 0,
  );
});

Deno.test("drops a removed container", async () => {
  const { listener, feed, page, view, send } = open([host()]);
  using _feed = feed;
  await using _page = page;
  await send({ name: "web" }, { name: "db" });
  listener.frame(JSON.stringify([message({ state: "removed" })]));
  await eventually("one row", () => links(view).length === 1);
});

Deno.test("shows a progress bar before the server has answered", async () => {
  const { feed, page, view } = open();
  using _feed = feed;
  await using _page = page;
  assert(view.getByRole("progressbar"));
});

for (
  const [what, report, isWaiting] of [
    ["whose containers have not come yet", host({ containers: 3 }), true],
    ["without containers", host({ containers: 0 }), false],
    ["that does not answer", host({ state: "down", error: "no", containers: null }), false],
  ] as const
) {
  Deno.test(`with a host ${what} the page ${isWaiting ? "waits" : "says so"}`, async () => {
    const { listener, feed, page, view } = open([report]);
    using _feed = feed;
    await using _page = page;
    await page.act(() => listener.opened());
    await eventually("the hosts", () => feed.hosts.value !== undefined);
    await page.act(() => {});
    assertEquals(view.queryByRole("progressbar") !== null, isWaiting);
    assertEquals(view.queryByRole("heading", { level: 2 }) !== null, !isWaiting);
  });
}

Deno.test("does not report an empty list without a connection", async () => {
  const { listener, feed, page, view } = open();
  using _feed = feed;
  await using _page = page;
  await page.act(() => listener.closed({ code: 1006, reason: "" }));
  await eventually("the notice", () => view.queryByRole("alert"));
  assertEquals([view.queryByRole("progressbar"), view.queryByRole("table")], [null, null]);
  assert(view.getByRole("heading", { level: 2 }));
});

Deno.test("hides containers with the label, and shows them by a switch in the address", async () => {
  const { feed, page, view, listener, names } = open([host()]);
  using _feed = feed;
  await using _page = page;
  listener.opened();
  listener.frame(JSON.stringify([
    message({ id: "1".repeat(64), name: "web" }),
    message({ id: "2".repeat(64), name: "agent", hidden: true }),
  ]));
  await eventually("the row", () => links(view).length === 1);
  assertEquals(names(), ["web"]);
  await page.user.click(view.getByRole("button", { name: "1 hidden" }));
  assertEquals([names(), location.hash], [["agent", "web"], "#/containers?hidden=show"]);
  await page.user.click(view.getByRole("button", { name: "Hide 1 again" }));
  assertEquals(names(), ["web"]);
});

Deno.test("reports when all containers are hidden", async () => {
  const { feed, page, view, listener } = open([host()]);
  using _feed = feed;
  await using _page = page;
  listener.opened();
  listener.frame(JSON.stringify([message({ hidden: true })]));
  await eventually("the note", () => view.queryByText("All containers are hidden") !== null);
});

Deno.test("a hidden container needs no attention", async () => {
  const { feed, page, view, listener } = open([host()]);
  using _feed = feed;
  await using _page = page;
  listener.opened();
  listener.frame(JSON.stringify([
    message({ id: "1".repeat(64), name: "web" }),
    message({ id: "2".repeat(64), name: "agent", hidden: true, health: "unhealthy" }),
  ]));
  await eventually("the row", () => links(view).length === 1);
  assertEquals(view.queryByRole("region", { name: "Needs attention" }), null);
});
