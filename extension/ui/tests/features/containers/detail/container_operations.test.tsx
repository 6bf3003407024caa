import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { About } from "../../../../../../server/protocol/about.ts";
import { StatsFeed } from "../../../../src/features/containers/model/stats_feed.ts";
import "../../../fakes/canvas.ts";
import { fakeClient } from "../../../fakes/client.ts";
import { details } from "../../../fakes/details.ts";
import { host, message, operation } from "../../../fakes/messages.ts";

const { default: ContainerPage } = await import(
  "../../../../src/features/containers/detail/container_page.tsx"
);

const ID = "0".repeat(64);
const PATH = `/containers/Localhost/${ID}`;

/** Opens the page of a running container. */
async function open({ tab = "", about = {} }: { tab?: string; about?: Partial<About> } = {}) {
  const { transport, client } = fakeClient(about);
  transport.answers["/docker/hosts"] = [host()];
  transport.answers[PATH] = details();
  const feed = new StatsFeed(client);
  const page = new TestPage(client);
  location.hash = `#/containers/Localhost/${ID}${tab}`;
  const view = page.render(
    <ContainerPage feed={feed} hostId="Localhost" containerId={ID} output={() => <p>The output</p>} />,
  );
  const own = transport.channels.find(({ path }) => path.includes(ID))!;
  const send = (frame: object) => page.act(() => own.listener.frame(JSON.stringify(frame)));
  await send(message());
  return { transport, feed, page, view, send };
}

Deno.test("shows published ports as links beside the name", async () => {
  const { feed, page, view } = await open();
  using _feed = feed;
  await using _page = page;
  const link = view.getByRole("link", { name: /8080 → 80/ });
  assertEquals(new URL(link.getAttribute("href")!).port, "8080");
});

Deno.test("runs a command and shows its result", async () => {
  const { transport, feed, page, view } = await open();
  using _feed = feed;
  await using _page = page;
  transport.answers[`POST ${PATH}/stop`] = { stack_id: null, operation_id: 3 };
  transport.answers["/operations/3"] = { ...operation(), messages: ["Container stopped"] };
  await page.user.click(view.getByRole("button", { name: "Stop" }));
  assert(await view.findByText("Container stopped"));
});

Deno.test("without the token the buttons are disabled with the reason", async () => {
  const { transport, feed, page, view } = await open({ about: { access: "view" } });
  using _feed = feed;
  await using _page = page;
  const stop = view.getByRole("button", { name: "Stop" });
  assertEquals(stop.getAttribute("aria-disabled"), "true");
  await page.user.click(stop);
  assertEquals(transport.asked.some((asked) => asked.startsWith("POST")), false);
});

Deno.test("a running container is removed only by force, after a preview", async () => {
  const { transport, feed, page, view } = await open();
  using _feed = feed;
  await using _page = page;
  const volumes = [{ name: "anonymous", bytes: 1024 }];
  const preview = { containers: ["web"], networks: [], volumes, files: { deleted: [], kept: [] } };
  transport.answers[`DELETE ${PATH}?dryRun=1`] = { ...preview, volumes: [] };
  transport.answers[`DELETE ${PATH}?dryRun=1&volumes=1`] = preview;
  await page.user.click(view.getByRole("button", { name: "More actions" }));
  await page.user.click(await view.findByRole("menuitem", { name: /Remove/ }));
  const remove = await view.findByRole("button", { name: "Remove" });
  assertEquals(remove.hasAttribute("disabled"), true);
  await page.user.click(view.getByRole("checkbox", { name: /Kill/ }));
  await page.user.click(view.getByRole("checkbox", { name: /volumes/ }));
  assert(await view.findByText(/anonymous, 1.00 KiB/));
  await page.user.click(remove);
  assert(transport.asked.includes(`DELETE ${PATH}?volumes=1&force=1`));
});

Deno.test("secrets are masked until they are requested", async () => {
  const { transport, feed, page, view } = await open({ tab: "/details" });
  using _feed = feed;
  await using _page = page;
  transport.answers[`${PATH}?secrets=1`] = details({
    env: [{ name: "DB_PASSWORD", value: "hunter2", masked: false }],
  });
  assert(view.getByRole("img", { name: "masked" }));
  await page.user.click(view.getByRole("button", { name: "Show secrets" }));
  assert(await view.findByText("hunter2"));
});

Deno.test("changes only the limits that were edited", async () => {
  const { transport, feed, page, view } = await open({ tab: "/details" });
  using _feed = feed;
  await using _page = page;
  transport.answers[`PATCH ${PATH}`] = { stack_id: null, operation_id: 4 };
  transport.answers["/operations/4"] = { ...operation(), messages: ["Changed"] };
  await page.user.click(view.getByRole("button", { name: "Edit limits" }));
  await page.user.type(view.getByLabelText("Memory, MiB"), "64");
  await page.user.click(view.getByRole("button", { name: "Save" }));
  assertEquals(transport.bodies, [{ memoryBytes: 64 * 1024 ** 2 }]);
});

Deno.test("details ask for the token", async () => {
  const { transport, feed, page, view } = await open({ tab: "/details", about: { access: "view" } });
  using _feed = feed;
  await using _page = page;
  assert(view.getByText(/Sign in to see ports/));
  assertEquals(transport.asked.includes(`GET ${PATH}`), false);
});

Deno.test("the page of a removed container links to its successor", async () => {
  const { feed, page, view, send } = await open();
  using _feed = feed;
  await using _page = page;
  const id = "1".repeat(64);
  await send(message({ state: "removed" }));
  await page.act(() => feed.take([message({ id })]));
  const link = await view.findByRole("link", { name: "Open web" });
  assertEquals(link.getAttribute("href"), `#/containers/Localhost/${id}`);
});

Deno.test("a command can be undone, and the undoing too", async () => {
  const { transport, feed, page, view } = await open();
  using _feed = feed;
  await using _page = page;
  transport.answers[`POST ${PATH}/stop`] = { stack_id: null, operation_id: 3 };
  transport.answers["/operations/3"] = { ...operation(), messages: ["Container stopped"] };
  transport.answers[`POST ${PATH}/start`] = { stack_id: null, operation_id: 4 };
  transport.answers["/operations/4"] = { ...operation(), messages: ["Container started"] };
  await page.user.click(view.getByRole("button", { name: "Stop" }));
  await page.user.click(await view.findByRole("button", { name: "Undo: Start" }));
  assert(await view.findByText("Container started"));
  assert(view.getByRole("button", { name: "Undo: Stop" }));
});

Deno.test("the removal of a container says that it cannot be undone before it runs", async () => {
  const { transport, feed, page, view } = await open();
  using _feed = feed;
  await using _page = page;
  transport.answers[`DELETE ${PATH}?dryRun=1`] = {
    containers: ["web"],
    volumes: [],
    networks: [],
    images: [],
  };
  await page.user.click(view.getByRole("button", { name: "More actions" }));
  await page.user.click(await view.findByRole("menuitem", { name: /Remove/ }));
  assert(await view.findByText(/This cannot be undone/));
  assertEquals(transport.asked.filter((asked) => asked === `DELETE ${PATH}`), []);
});
