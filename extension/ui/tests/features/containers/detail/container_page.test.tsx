import { TestPage } from "../../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import { StatsFeed } from "../../../../src/features/containers/model/stats_feed.ts";
import { Client } from "../../../../src/lib/client.ts";
import type { DesktopClient } from "../../../../src/lib/transport/desktop.ts";
import "../../../fakes/canvas.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { about, at, host, message } from "../../../fakes/messages.ts";

const { default: ContainerPage } = await import(
  "../../../../src/features/containers/detail/container_page.tsx"
);

const ID = "0".repeat(64);

function open({ hostId = "Localhost", desktop }: { hostId?: string; desktop?: DesktopClient } = {}) {
  const { transport } = fakeClient();
  const client = new Client(transport, desktop);
  client.about.set(about());
  transport.answers["/docker/hosts"] = [host({ hostId })];
  const feed = new StatsFeed(client);
  const page = new TestPage(client);
  const view = page.render(
    <ContainerPage feed={feed} hostId={hostId} containerId={ID} output={<p>The output</p>} />,
  );
  const own = transport.channels.find(({ path }) => path.includes(ID))!;
  const send = (...frames: object[]) =>
    page.act(() => frames.forEach((frame) => own.listener.frame(JSON.stringify(frame))));
  return { client, feed, page, view, own, send };
}

Deno.test("shows name, facts, charts and logs of a container", async () => {
  const { feed, page, view, send } = open();
  using _feed = feed;
  await using _page = page;
  await send(
    message({ timestamp: at(1), name: "web" }),
    message({ timestamp: at(2), cpuUsage: 12.34, name: "web" }),
  );
  assertEquals(view.getByRole("heading", { level: 1 }).textContent, "web");
  assert(view.getByText("nginx:1.29"));
  assert(view.getByText("The output"));
  assertEquals(view.getAllByRole("img").length, 4);
});

Deno.test("a chart has its newest value as its accessible name", async () => {
  const { feed, page, view, send } = open();
  using _feed = feed;
  await using _page = page;
  await send(message({ timestamp: at(1) }), message({ timestamp: at(2), cpuUsage: 12.34 }));
  const labels = view.getAllByRole("img").map((chart) => chart.getAttribute("aria-label") ?? "");
  assert(labels[0]!.includes("12.3 %"), labels[0]);
  await send(message({ timestamp: at(3), cpuUsage: 55.5 }));
  assert(view.getAllByRole("img")[0]!.getAttribute("aria-label")!.includes("55.5 %"));
});

Deno.test("a stopped container keeps its charts, but has no current value", async () => {
  const { feed, page, view, send } = open();
  using _feed = feed;
  await using _page = page;
  await send(
    message({ timestamp: at(1) }),
    message({ timestamp: at(2), cpuUsage: 12.34 }),
    message({ timestamp: at(2), state: "exited" }),
  );
  const [cpu] = view.getAllByRole("img");
  assert(cpu!.getAttribute("aria-label")?.includes("n/a"));
});

Deno.test("a container that did not run within the last hour has no charts", async () => {
  const { feed, page, view, send } = open();
  using _feed = feed;
  await using _page = page;
  await send(message({ state: "exited", timestamp: null }));
  assertEquals(view.queryAllByRole("img"), []);
  assert(view.getByText("The output"));
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
  assert(view.getByText(/constructor.*__proto__/));
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
