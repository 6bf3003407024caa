import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { StackListPage } from "../../../../src/features/stacks/list/stack_list_page.tsx";
import { host, project, stack } from "../../../fakes/messages.ts";
import { fakeStackFeed, type FakeStacks } from "../../../fakes/stack_feed.ts";

async function open(server: FakeStacks, isRead = true) {
  const { transport, client, feed } = await fakeStackFeed(server, isRead);
  const page = new TestPage(client);
  const view = page.render(<StackListPage feed={feed} />);
  return {
    transport,
    feed,
    page,
    view,
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("lists stacks and projects in separate tables", async () => {
  await using list = await open({ stacks: [stack(), project()] });
  const tables = list.view.getAllByRole("table").map((table) => table.getAttribute("aria-label"));
  assertEquals(tables, ["Stacks", "Other Compose projects"]);
});

Deno.test("filters stacks by name", async () => {
  await using list = await open({ stacks: [stack(), stack({ stack_id: 13, name: "blog" })] });
  await list.page.user.type(list.view.getByLabelText("Filter stacks"), "BLO");
  assertEquals(list.view.queryAllByRole("link").map(({ textContent }) => textContent), ["blog"]);
});

Deno.test("reports a filter without matches", async () => {
  await using list = await open({ stacks: [stack()] });
  await list.page.user.type(list.view.getByLabelText("Filter stacks"), "wiki");
  assert(list.view.getByText("No matching stacks"));
  assert(list.view.getByText("Nothing matches “wiki”."));
  assertEquals(list.view.queryAllByRole("table").length, 0);
});

Deno.test("invites to deploy a first stack", async () => {
  await using list = await open({});
  assert(list.view.getByText("No stacks yet"));
  assert(list.view.getByText("Paste a compose.yaml to deploy one."));
});

Deno.test("explains why a client without the token cannot create a stack", async () => {
  await using list = await open({ about: { access: "view" } });
  const button = list.view.getByRole("button", { name: "New stack" });
  assertEquals(button.getAttribute("aria-disabled"), "true");
  assert(list.view.getByText(/token/));
});

Deno.test("opens the form of a new stack", async () => {
  await using list = await open({});
  await list.page.user.click(list.view.getByRole("button", { name: "New stack" }));
  assertEquals(location.hash, "#/stacks/new");
});

Deno.test("shows that the list is loading until the server answers", async () => {
  await using list = await open({}, false);
  assert(list.view.getByRole("status", { name: "Loading stacks" }));
  assertEquals(list.view.queryByText("No stacks yet"), null);
});

Deno.test("shows why the list was not loaded", async () => {
  await using list = await open({}, false);
  await list.page.act(() => list.feed.reload());
  assert(list.view.getByText("Cannot load the stacks"));
  assert(list.view.getByText("nobody there"));
  assert(list.view.getByRole("button", { name: "Retry" }));
});

Deno.test("keeps the list after a failed request, and says that it may be out of date", async () => {
  await using list = await open({ stacks: [stack()] });
  delete list.transport.answers["/stacks"];
  await list.page.act(() => list.feed.reload());
  assert(list.view.getByText("This page may be out of date: nobody there"));
  assert(list.view.getByRole("link", { name: "shop" }));
});

Deno.test("reports a host that is down", async () => {
  await using list = await open({ hosts: [host({ hostId: "nas", state: "down", error: "refused" })] });
  assert(list.view.getByText("Host “nas” is not reachable: refused. DockStat keeps retrying."));
});

Deno.test("says that simulated projects cannot be changed", async () => {
  await using list = await open({ stacks: [project()], about: { simulated: true } });
  assert(list.view.getByText("Simulated projects cannot be changed."));
});

Deno.test("hides stacks all of whose containers are hidden, and shows them by a switch", async () => {
  await using list = await open({ stacks: [stack(), project()] });
  await list.page.act(() => list.feed.hidden.set(new Set([`${project().hostId}/${project().name}`])));
  assertEquals(list.view.queryAllByRole("table").length, 1);
  await list.page.user.click(list.view.getByRole("button", { name: "1 hidden" }));
  assertEquals(list.view.queryAllByRole("table").length, 2);
});

Deno.test("hides a stack without containers whose text has the label", async () => {
  await using list = await open({ stacks: [stack({ hidden: true, services: [] }), project()] });
  assertEquals(list.view.queryAllByRole("table").length, 1);
  assert(list.view.getByRole("button", { name: "1 hidden" }));
});
