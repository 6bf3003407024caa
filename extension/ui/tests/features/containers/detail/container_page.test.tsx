import { TestPage, within } from "../../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { StatsFeed } from "../../../../src/features/containers/model/stats_feed.ts";
import { Client } from "../../../../src/lib/client.ts";
import type { DesktopClient } from "../../../../src/lib/transport/desktop.ts";
import "../../../fakes/canvas.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { details } from "../../../fakes/details.ts";
import { about, at, host, message } from "../../../fakes/messages.ts";

const { default: ContainerPage } = await import(
  "../../../../src/features/containers/detail/container_page.tsx"
);

const ID = "0".repeat(64);

interface Opening {
  readonly hostId?: string;
  readonly desktop?: DesktopClient;
  readonly tab?: string;
}

function open({ hostId = "Localhost", desktop, tab = "" }: Opening = {}) {
  const { transport } = fakeClient();
  const client = new Client(transport, desktop);
  client.about.set(about());
  transport.answers["/docker/hosts"] = [host({ hostId })];
  const feed = new StatsFeed(client);
  const page = new TestPage(client);
  location.hash = `#/containers/${hostId}/${ID}${tab}`;
  const view = page.render(
    <ContainerPage
      feed={feed}
      hostId={hostId}
      containerId={ID}
      output={(name) => <p>The output of {name}</p>}
    />,
  );
  const own = transport.channels.find(({ path }) => path.includes(ID))!;
  const send = (...frames: object[]) =>
    page.act(() => frames.forEach((frame) => own.listener.frame(JSON.stringify(frame))));
  return { client, feed, page, view, own, send };
}

Deno.test("opens with name, facts and logs of a container", async () => {
  const { feed, page, view, send } = open();
  using _feed = feed;
  await using _page = page;
  await send(message({ timestamp: at(1), name: "web", cpuUsage: 12.34 }));
  assertEquals(view.getByRole("heading", { level: 1 }).textContent, "web");
  assert(view.getByText("nginx:1.29"));
  assert(view.getByText("12.3 %"));
  assert(view.getByText("The output of web"));
});

Deno.test("each page of a container has its own address", async () => {
  const { feed, page, view, send } = open();
  using _feed = feed;
  await using _page = page;
  await send(message());
  const links = view.getAllByRole("tab").map((tab) => [tab.textContent, tab.getAttribute("href")]);
  const own = `#/containers/Localhost/${ID}`;
  const others = ["Stats", "Details", "Terminal"].map((name) => [name, `${own}/${name.toLowerCase()}`]);
  assertEquals(links, [["Logs", own], ...others]);
});

Deno.test("leads to the containers and to the stack of the container", async () => {
  const { feed, page, view, send } = open();
  using _feed = feed;
  await using _page = page;
  await send(message({ project: "shop", service: "web" }));
  const hrefOf = (name: string) => view.getByRole("link", { name }).getAttribute("href");
  assertEquals([hrefOf("Containers"), hrefOf("shop")], ["#/containers", "#/stacks/project/Localhost/shop"]);
});

Deno.test("explains the exit of a container that ran out of memory", async () => {
  const { feed, page, view, send } = open();
  using _feed = feed;
  await using _page = page;
  const killed = { exitCode: 137, oomKilled: true, restartCount: 0 };
  await send({ ...message({ state: "exited", status: "Exited (137) 5 seconds ago" }), ...killed });
  assert(view.getByText("out of memory"));
});

Deno.test("links to the same page of the other containers of the project", async () => {
  const { feed, page, view, send } = open({ tab: "/stats" });
  using _feed = feed;
  await using _page = page;
  const id = "1".repeat(64);
  await page.act(() =>
    feed.take([
      message({ project: "shop", service: "web" }),
      message({ id, name: "shop-db-1", project: "shop", service: "db" }),
      message({ id: "2".repeat(64), name: "other", project: "blog", service: "api" }),
    ])
  );
  await eventually("the published containers", () => feed.view.value.rows.length === 3);
  await send(message({ project: "shop", service: "web" }));
  const links = within(view.getByRole("navigation", { name: "Other containers of shop" })).getAllByRole(
    "link",
  );
  assertEquals(links.map((link) => link.getAttribute("href")), [`#/containers/Localhost/${id}/stats`]);
});

Deno.test("shows why a container is unhealthy", async () => {
  const { client, feed, page, view, send } = open();
  using _feed = feed;
  await using _page = page;
  const check = { start: null, end: null };
  const log = [
    { ...check, exitCode: 1, output: "connection refused\nmore" },
    { ...check, exitCode: 0, output: "" },
  ];
  const health = { status: "unhealthy", failingStreak: 3, log };
  client.transport.ask = () => Promise.resolve(details({ health }) as never);
  await send(message({ health: "unhealthy" }));
  assert(await view.findByText("Health check: connection refused"));
});

Deno.test("reports a silent host", async () => {
  const { feed, page, view, send } = open();
  using _feed = feed;
  await using _page = page;
  await send(message({ stale: true, cpuUsage: null, memoryUsage: null }));
  const down = host({ state: "down", error: "connect ECONNREFUSED" });
  await page.act(() => feed.hosts.set(new Map([["Localhost", down]])));
  assert(view.getByRole("alert").textContent?.includes("connect ECONNREFUSED"));
});

Deno.test("does not report a missing container before the server has answered", async () => {
  const { feed, page, view, own } = open();
  using _feed = feed;
  await using _page = page;
  const before = view.getByRole("heading", { level: 1 }).textContent;
  await page.act(() => own.listener.opened());
  assertEquals(view.getByRole("heading", { level: 1 }).textContent === before, false);
  assert(view.getAllByRole("link").some((link) => link.getAttribute("href") === "#/containers"));
});

Deno.test("shows markup and names such as __proto__ as text", async () => {
  const { feed, page, view, send } = open();
  using _feed = feed;
  await using _page = page;
  await send(message({ name: "<b>__proto__</b>", project: "constructor", service: "__proto__" }));
  assertEquals(view.getByRole("heading", { level: 1 }).textContent, "<b>__proto__</b>");
  assert(view.getByRole("link", { name: "constructor" }));
});

Deno.test("closing the page closes the socket", async () => {
  const { client, feed, page, view, own } = open();
  using _feed = feed;
  await using _page = page;
  assert(client.sockets.value.has("Charts"));
  view.unmount();
  assertEquals([own.closed, client.sockets.value.has("Charts")], [true, false]);
});

Deno.test("refuses a host that is not configured", async () => {
  const { feed, page, view, own } = open({ hostId: "nas" });
  using _feed = feed;
  await using _page = page;
  feed.client.transport.ask = () => Promise.resolve([] as never);
  await page.act(() => own.listener.closed({ code: 1006, reason: "" }));
  const alert = await eventually("the refusal", () => view.queryByRole("alert"));
  assert(alert.textContent?.includes("nas"));
});

for (const [hostId, links] of [["Localhost", 2], ["nas", 0]] as const) {
  Deno.test(`Docker Desktop's pages are ${links ? "" : "not "}offered for ${hostId}`, async () => {
    const opened: string[] = [];
    const navigate = {
      viewContainer: (id: string) => opened.push(`container ${id}`),
      viewContainerTerminal: (id: string) => opened.push(`terminal ${id}`),
    };
    const desktop = { desktopUI: { navigate } } as unknown as DesktopClient;
    const { feed, page, view, send } = open({ hostId, desktop });
    using _feed = feed;
    await using _page = page;
    await send(message({ hostId }));
    for (const button of view.queryAllByRole("button")) await page.user.click(button);
    assertEquals(opened, links ? [`container ${ID}`, `terminal ${ID}`] : []);
  });
}
