import { TestPage, within } from "../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../tests/assert.ts";
import LogsPage from "../../../src/features/output/logs_page.tsx";
import { fakeClient } from "../../fakes/client.ts";
import { at } from "../../fakes/messages.ts";
import { idOf } from "../../fakes/output_log.ts";

const CONTAINERS = [
  { id: idOf("web"), hostId: "nas", name: "shop-web-1", project: "shop", state: "running" },
  { id: idOf("db"), hostId: "nas", name: "shop-db-1", project: "shop", state: "exited" },
  { id: idOf("mail"), hostId: "nas", name: "mail", project: null, state: "running" },
];

function open(
  path: readonly string[],
  changes: Parameters<typeof fakeClient>[0] = {},
  containers = CONTAINERS,
) {
  const { transport, client } = fakeClient(changes);
  transport.answers["/docker/stats?detail=full"] = containers;
  const page = new TestPage(client);
  const view = page.render(<LogsPage path={path} />);
  const write = (name: string, message: string) =>
    page.act(() => {
      const line = { timestamp: at(0), message, stream: "stdout", containerId: idOf(name), hostId: "nas" };
      transport.newest.listener.frame(JSON.stringify([line]));
    });
  const texts = () =>
    [...view.container.querySelectorAll("[role=listitem] .text")].map(({ textContent }) => textContent);
  return { transport, page, view, write, texts };
}

Deno.test("asks to choose a project or containers", async () => {
  const { page, view, transport } = open([]);
  await using _ = page;
  await view.findByRole("heading", { name: "Choose a project or containers" });
  assertEquals(transport.channels.length, 0);
});

Deno.test("links to each project and each container without one", async () => {
  const { page, view } = open([]);
  await using _ = page;
  const links = await view.findAllByRole("link");
  assertEquals(links.map((link) => [link.textContent, link.getAttribute("href")]), [
    ["shop1 of 2 running", "#/logs/project/shop"],
    ["mailrunning", `#/logs/containers/nas/${idOf("mail")}`],
  ]);
});

Deno.test("names the host of each link when there are several, and counts those that are left out", async () => {
  const many = Array.from(
    { length: 50 },
    (_, index) => ({ ...CONTAINERS[0]!, hostId: `host-${100 + index}` }),
  );
  const { page, view } = open([], {}, many);
  await using _ = page;
  const links = await view.findAllByRole("link");
  assertEquals([links.length, links[0]?.textContent, links[0]?.getAttribute("href")], [
    48,
    "shophost-100 · 1 of 1 running",
    "#/logs/project/shop/host-100",
  ]);
  assert(view.getByText("2 more: search in the field above."));
});

Deno.test("a choice leads to its log", async () => {
  const { page, view } = open([]);
  await using _ = page;
  await page.user.click(view.getByRole("combobox"));
  await page.user.click(await view.findByRole("option", { name: "shop" }));
  assertEquals(location.hash, "#/logs/project/shop");
  await page.user.click(await view.findByRole("option", { name: "mail" }));
  assertEquals(location.hash, `#/logs/containers/nas/${idOf("mail")}`);
});

Deno.test("a further container is added to the chosen ones", async () => {
  const { page, view } = open(["containers", "nas", idOf("mail")]);
  await using _ = page;
  await page.user.click(view.getByRole("combobox"));
  await page.user.click(await view.findByRole("option", { name: "shop-web-1" }));
  assertEquals(location.hash, `#/logs/containers/nas/${idOf("mail")}/nas/${idOf("web")}`);
});

Deno.test("shows the container of each line, and mutes it", async () => {
  const { page, view, write, texts } = open(["project", "shop"]);
  await using _ = page;
  const chips = await view.findByRole("group", { name: "Containers of the log" });
  await eventually("the chips", () => within(chips).queryAllByRole("button").length === 2);
  await write("web", "one");
  await write("db", "two");
  await eventually("both lines", () => texts().length === 2);
  assertEquals(view.container.querySelector(".source")?.textContent, "web-1");
  await page.user.click(within(chips).getByRole("button", { name: "web-1" }));
  assertEquals(texts(), ["two"]);
  await page.user.click(within(chips).getByRole("button", { name: "web-1" }));
  assertEquals(texts(), ["one", "two"]);
});

Deno.test("shows all running containers", async () => {
  const { page, transport } = open(["all"]);
  await using _ = page;
  const socket = await eventually("the socket", () => transport.channels[0]);
  const options = new URLSearchParams(socket.path.split("?")[1]);
  assertEquals(options.getAll("container"), [idOf("mail"), idOf("web")]);
});

Deno.test("shows no logs without the token", async () => {
  const { page, view, transport } = open(["project", "shop"], { access: "view" });
  await using _ = page;
  assert(view.getByRole("heading", { name: "Sign in to read logs" }));
  assertEquals(transport.channels.length, 0);
});

Deno.test("shows the containers in the address, as other views link to them", async () => {
  const keys = ["web", "db"].map((name) => `container=${encodeURIComponent(`nas/${idOf(name)}`)}`);
  location.hash = `#/logs?${keys.join("&")}`;
  const { page, transport } = open([]);
  await using _ = page;
  const socket = await eventually("the socket", () => transport.channels[0]);
  const options = new URLSearchParams(socket.path.split("?")[1]);
  assertEquals(options.getAll("container"), [idOf("web"), idOf("db")]);
});
