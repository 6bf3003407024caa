import { TestPage, within } from "../../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import type { About } from "../../../../../../server/protocol/about.ts";
import type { DetailedStatsMessage } from "../../../../../../server/protocol/stats.ts";
import { ContainerFeed } from "../../../../src/features/containers/model/container_feed.ts";
import { StatsFeed } from "../../../../src/features/containers/model/stats_feed.ts";
import { hasQuery } from "../../../fakes/address.ts";
import "../../../fakes/canvas.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { at, host, message } from "../../../fakes/messages.ts";
import { timelineEvent } from "../../../fakes/timeline.ts";

const { StatsView } = await import("../../../../src/features/containers/charts/stats_view.tsx");

const ID = "0".repeat(64);
const OTHER = message({ id: "1".repeat(64), name: "api" });

interface Opening {
  readonly query?: string;
  readonly about?: Partial<About>;
  readonly changes?: Partial<DetailedStatsMessage>;
  readonly cpuLimit?: number | null;
  readonly reader?: "kernel" | "engine";
}

/** Opens the charts of a container with three readings. */
async function open(
  { query = "", about = {}, changes = {}, cpuLimit = null, reader = "engine" }: Opening = {},
) {
  const { transport, client } = fakeClient(about);
  transport.answers["/docker/hosts"] = [host()];
  const feed = new StatsFeed(client);
  const own = new ContainerFeed(client, "Localhost", ID);
  const socket = transport.newest;
  const page = new TestPage(client);
  location.hash = `#/containers/Localhost/${ID}/stats${query}`;
  const newest = message({ timestamp: at(3), ...changes });
  feed.hosts.set(new Map([["Localhost", host()]]));
  feed.take([newest, OTHER]);
  for (const [second, cpuUsage] of [[1, 10], [2, 20], [3, 30]] as const) {
    socket.listener.frame(JSON.stringify(message({ timestamp: at(second), cpuUsage })));
  }
  const view = page.render(
    <StatsView feed={feed} own={own} message={newest} host={host({ reader })} cpuLimit={cpuLimit} />,
  );
  await eventually("the published containers", () => feed.view.value.rows.length === 2);
  const chart = (name: string) => view.getByRole("slider", { name: `${name} over time` });
  return { transport, feed, own, page, view, chart };
}

Deno.test("shows the newest values of four charts", async () => {
  const { feed, own, page, view, chart } = await open();
  using _feed = feed;
  using _own = own;
  await using _page = page;
  assertEquals(view.getAllByRole("slider").length, 4);
  assertEquals(chart("CPU").getAttribute("aria-valuetext"), "CPU 30.0 %");
});

Deno.test("arrow keys move one cursor through all charts", async () => {
  const { feed, own, page, chart } = await open();
  using _feed = feed;
  using _own = own;
  await using _page = page;
  chart("CPU").focus();
  await page.user.keyboard("{ArrowLeft}{ArrowLeft}");
  const time = new Date(at(2)).toLocaleTimeString("en-GB");
  assertEquals(chart("CPU").getAttribute("aria-valuetext"), `${time}: CPU 20.0 %`);
  assert(chart("Disk").getAttribute("aria-valuetext")?.startsWith(`${time}: read 0 B/s`));
  await page.user.keyboard("{Escape}");
  assertEquals(chart("CPU").getAttribute("aria-valuetext"), "CPU 30.0 %");
});

Deno.test("the address holds the range", async () => {
  const { feed, own, page, view } = await open();
  using _feed = feed;
  using _own = own;
  await using _page = page;
  await page.user.click(view.getByRole("button", { name: "1 h" }));
  assert(hasQuery("range", "1h"));
  assertEquals(view.getByRole("button", { name: "1 h" }).getAttribute("aria-pressed"), "true");
});

Deno.test("a zoom by keyboard stays in the address until it is reset", async () => {
  const { feed, own, page, view, chart } = await open();
  using _feed = feed;
  using _own = own;
  await using _page = page;
  chart("CPU").focus();
  await page.user.keyboard("+");
  assert(location.hash.includes("from=2026-08-01"));
  await page.user.click(view.getByRole("button", { name: /Reset zoom/ }));
  assertEquals(location.hash.includes("from="), false);
});

Deno.test("explains why a range is not complete without the token", async () => {
  const { transport, feed, own, page, view } = await open({ query: "?range=24h", about: { access: "view" } });
  using _feed = feed;
  using _own = own;
  await using _page = page;
  assert(view.getByText(/need the token/));
  assertEquals(transport.channels.some(({ path }) => path.includes("points")), false);
});

Deno.test("explains that a server offers only one hour", async () => {
  const { transport, feed, own, page, view } = await open({ query: "?range=24h" });
  using _feed = feed;
  using _own = own;
  await using _page = page;
  assert(view.getByText("Loading the history…"));
  for (const end of ["points=600", "history=24h"]) {
    const channel = await eventually(end, () => transport.channels.find(({ path }) => path.endsWith(end)));
    await page.act(() => channel.listener.closed({ code: 1006, reason: "" }));
  }
  assert(await view.findByText(/does not offer more than 1 h/));
});

Deno.test("shows mean, minimum and maximum of combined samples", async () => {
  const { transport, feed, own, page, chart, view } = await open({ query: "?range=24h" });
  using _feed = feed;
  using _own = own;
  await using _page = page;
  const channel = transport.channels.find(({ path }) => path.includes("points=600"))!;
  const columns = ["epochMs", "cpuUsage", "cpuUsageMin", "cpuUsageMax"];
  const history = [[Date.parse(at(-120)), 5, 1, 90]];
  await page.act(() => {
    channel.listener.opened();
    channel.listener.frame(
      JSON.stringify({ id: ID, hostId: "Localhost", key: "k", resolutionMs: 60_000, columns, history }),
    );
    channel.listener.frame(JSON.stringify(message()));
  });
  chart("CPU").focus();
  await page.user.keyboard("{Home}");
  const panel = within(view.getByRole("region", { name: "CPU" }));
  assert(panel.getByText("5.00 %"));
  assert(panel.getByText("1.00 % – 90.0 %"));
});

Deno.test("compares containers, which the address names", async () => {
  const { transport, feed, own, page, view, chart } = await open();
  using _feed = feed;
  using _own = own;
  await using _page = page;
  await page.user.click(view.getByRole("button", { name: "Compare…" }));
  await page.user.click(view.getByRole("menuitemcheckbox", { name: "api" }));
  assert(hasQuery("with", `Localhost/${"1".repeat(12)}`));
  await page.user.keyboard("{Escape}");
  const socket = transport.channels.findLast(({ path }) => path.includes(OTHER.id))!;
  await page.act(() => {
    for (const second of [2, 3]) {
      socket.listener.frame(JSON.stringify({ ...OTHER, timestamp: at(second), cpuUsage: 70 }));
    }
  });
  assertEquals(chart("CPU").getAttribute("aria-valuetext"), "web 30.0 %, api 70.0 %");
});

Deno.test("a comparison ends with its socket", async () => {
  const { transport, feed, own, page, view } = await open({ query: `?with=Localhost/${"1".repeat(12)}` });
  using _feed = feed;
  using _own = own;
  await using _page = page;
  const socket = await eventually(
    "the socket",
    () => transport.channels.find(({ path }) => path.includes(OTHER.id)),
  );
  await page.user.click(view.getByRole("button", { name: "Compare…" }));
  await page.user.click(view.getByRole("menuitemcheckbox", { name: "api" }));
  assertEquals([socket.closed, location.hash.includes("with=")], [true, false]);
});

Deno.test("a limit far above the curve is shown on request", async () => {
  const { feed, own, page, view } = await open({ cpuLimit: 8 });
  using _feed = feed;
  using _own = own;
  await using _page = page;
  const toggle = view.getByRole("button", { name: "limit 8 cores" });
  assertEquals(toggle.getAttribute("aria-pressed"), "false");
  await page.user.click(toggle);
  assertEquals(toggle.getAttribute("aria-pressed"), "true");
});

Deno.test("lists the events in the shown range", async () => {
  const { transport, feed, own, page, view } = await open();
  using _feed = feed;
  using _own = own;
  await using _page = page;
  const asked = await eventually(
    "the request",
    () => transport.asked.find((one) => one.includes("/events?")),
  );
  const query = new URLSearchParams(asked.split("?")[1]);
  assertEquals(query.getAll("container"), [ID, "web"]);
  assert(view.getByText(/No restarts, deployments or kills/));
});

Deno.test("lists restarts and kills, the newest first", async () => {
  const { transport, feed, own, page, view } = await open();
  using _feed = feed;
  using _own = own;
  await using _page = page;
  const answer = {
    events: [
      timelineEvent({ id: 1, kind: "oom", timestamp: at(1) }),
      timelineEvent({ id: 2, timestamp: at(2) }),
    ],
    next: null,
  };
  const { ask } = transport;
  transport.ask = (path, question) =>
    path.startsWith("/events")
      ? Promise.resolve(answer as never)
      : ask.call(transport, path, question) as never;
  await page.user.click(view.getByRole("button", { name: "1 h" }));
  assert(await view.findByText("Started"));
  const items = view.getAllByRole("listitem").map(({ textContent }) => textContent?.replace(/^[\d:]+/, ""));
  assertEquals(items, ["Started", "The kernel killed a process: out of memory"]);
});

Deno.test("reads ten times per second in the live minute where the kernel is read", async () => {
  const { transport, feed, own, page, chart } = await open({ query: "?range=1m", reader: "kernel" });
  using _feed = feed;
  using _own = own;
  await using _page = page;
  const fast = transport.channels.find(({ path }) => path.includes("interval=100ms"))!;
  await page.act(() => {
    for (const tenth of [31, 32, 33]) {
      fast.listener.frame(JSON.stringify(message({ timestamp: at(tenth / 10), cpuUsage: tenth })));
    }
  });
  chart("CPU").focus();
  await page.user.keyboard("{Home}{End}");
  assert(chart("CPU").getAttribute("aria-valuetext")?.endsWith("CPU 30.0 %"));
  await page.act(() =>
    fast.listener.frame(JSON.stringify({ hostId: "Localhost", intervalMs: 1000, reason: "" }))
  );
  assertEquals(fast.closed, true);
});
