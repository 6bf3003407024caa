import { TestPage } from "../../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import type { About } from "../../../../../../server/protocol/about.ts";
import HostsPage from "../../../../src/features/containers/hosts/hosts_page.tsx";
import { StatsFeed } from "../../../../src/features/containers/model/stats_feed.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { host } from "../../../fakes/messages.ts";
import { refusal } from "../../../fakes/transport.ts";

const HOSTS = [
  host(),
  host({ hostId: "nas", managed: true, labels: { site: "home" } }),
  host({ hostId: "vps", state: "down", error: "connect ECONNREFUSED 10.0.0.7:2376" }),
];

async function open(about: Partial<About> = {}) {
  const { transport, client } = fakeClient(about);
  transport.answers["/docker/hosts"] = HOSTS;
  const feed = new StatsFeed(client);
  const page = new TestPage(client);
  const view = page.render(<HostsPage feed={feed} />);
  const { listener } = transport.channels[0]!;
  listener.opened();
  await eventually("the hosts", () => view.queryByText("nas"));
  return { transport, listener, feed, page, view };
}

Deno.test("shows every host with its error, its labels and the sum", async () => {
  const { feed, page, view } = await open();
  using _feed = feed;
  await using _page = page;
  assert(view.getByText("connect ECONNREFUSED 10.0.0.7:2376"));
  assert(view.getByText("site=home"));
  assert(view.getByText("3 hosts"));
});

Deno.test("the containers of a host that has never answered are unknown, not zero", async () => {
  const { feed, page, view } = await open();
  using _feed = feed;
  await using _page = page;
  const cells = view.getByText("vps").closest("tr")!.querySelectorAll("td.number");
  assertEquals([...cells].map(({ textContent }) => textContent), ["–", "–", "–", "–"]);
});

Deno.test("a host is tested and added", async () => {
  const { transport, feed, page, view } = await open();
  using _feed = feed;
  await using _page = page;
  transport.answers["POST /hosts/test"] = { outcome: "untrusted" };
  transport.answers["POST /hosts"] = host({ hostId: "lab" });
  await page.user.click(view.getByRole("button", { name: "Add host" }));
  await page.user.type(view.getByRole("textbox", { name: /^Name/ }), "lab");
  await page.user.type(view.getByRole("textbox", { name: /^Address/ }), "tcp://lab:2376");
  await page.user.click(view.getByRole("button", { name: "Test" }));
  await eventually("the outcome", () => view.queryByText(/TLS or ssh refused the connection/));
  const dialog = view.getByRole("dialog");
  const submit = [...dialog.querySelectorAll("button")].find(({ type }) => type === "submit");
  await page.user.click(submit!);
  await eventually("the end of the dialog", () => view.queryByRole("dialog") === null);
  assertEquals(transport.bodies, [{ url: "tcp://lab:2376" }, { id: "lab", url: "tcp://lab:2376" }]);
});

Deno.test("a host that was added is removed after a question, and a refusal is shown", async () => {
  const { transport, feed, page, view } = await open();
  using _feed = feed;
  await using _page = page;
  transport.answers["DELETE /hosts/nas"] = refusal(409, "An operation runs on it");
  assertEquals(view.getAllByRole("button", { name: /^Remove host/ }).length, 1);
  await page.user.click(view.getByRole("button", { name: "Remove host nas" }));
  await page.user.click(view.getByRole("button", { name: "Remove" }));
  await eventually("the refusal", () => view.queryByText("An operation runs on it"));
});

Deno.test("clients that may not change anything see no buttons", async () => {
  const { feed, page, view } = await open({ readOnly: true });
  using _feed = feed;
  await using _page = page;
  assertEquals(view.queryAllByRole("button", { name: /Add|Remove/ }), []);
});

Deno.test("a configuration that was not reloaded is shown until one is", async () => {
  const { listener, feed, page, view } = await open();
  using _feed = feed;
  await using _page = page;
  listener.frame(JSON.stringify({ hostId: null, error: "dockstat.yaml:3:5: hosts[0].url is not valid" }));
  await eventually("the notice", () => view.queryByText(/was not reloaded. dockstat.yaml:3:5/));
  listener.frame(JSON.stringify({ hostId: null, error: null }));
  await eventually("its end", () => view.queryByText(/was not reloaded/) === null);
});
