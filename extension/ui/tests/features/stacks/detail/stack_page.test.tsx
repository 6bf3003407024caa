import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { StackPage } from "../../../../src/features/stacks/detail/stack_page.tsx";
import type { Run } from "../../../../src/features/stacks/model/runs.ts";
import { Refusal } from "../../../../src/lib/transport/transport.ts";
import { operation, project, service, serviceContainer, stack } from "../../../fakes/messages.ts";
import { fakeStackFeed, type FakeStacks } from "../../../fakes/stack_feed.ts";
import { refusal } from "../../../fakes/transport.ts";

async function open(server: FakeStacks, { stackKey = "#12", isRead = true } = {}) {
  const { transport, client, feed } = await fakeStackFeed(server, isRead);
  transport.answers["/operations?stack_id=12"] = server.operations ?? [];
  const page = new TestPage(client);
  let view!: ReturnType<TestPage["render"]>;
  await page.act(() => void (view = page.render(<StackPage feed={feed} stackKey={stackKey} />)));
  return {
    transport,
    feed,
    page,
    view,
    posts: () => transport.asked.filter((request) => !request.startsWith("GET")),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("shows name, status, host and services of a stack", async () => {
  await using stackPage = await open({ stacks: [stack({ services: [service()] })] });
  const { view } = stackPage;
  assert(view.getByRole("heading", { name: "shop", level: 1 }));
  assertEquals(view.getAllByText("Running").length, 2);
  assert(view.getByText("on host Localhost"));
  const link = view.getByRole("link", { name: "shop-web-1: statistics and output" });
  assertEquals(link.getAttribute("href"), `#/containers/Localhost/${"c".repeat(64)}`);
});

Deno.test("shows how many of the wanted containers run, and each of them on request", async () => {
  const containers = [
    serviceContainer(),
    serviceContainer({ id: "d".repeat(64), name: "shop-web-2", state: "exited", exitCode: 3, number: 2 }),
  ];
  await using stackPage = await open({
    stacks: [stack({ services: [service({ replicas: 1, wanted: 2, containers })] })],
  });
  const { view, page } = stackPage;
  assert(view.getByRole("cell", { name: "1 of 2" }));
  assertEquals(view.queryByText("shop-web-2"), null);
  const toggle = view.getByRole("button", { name: "2 containers of web" });
  assertEquals(toggle.getAttribute("aria-expanded"), "false");
  await page.user.click(toggle);
  assertEquals(toggle.getAttribute("aria-expanded"), "true");
  assert(view.getByRole("row", { name: "shop-web-2: statistics and output Exited with code 3" }));
});

Deno.test("does not describe the services of a host that is down", async () => {
  await using stackPage = await open({ stacks: [stack({ status: "unknown" })] });
  assert(stackPage.view.getByRole("row", { name: /^web Unknown/ }));
});

Deno.test("finds a project by host and name", async () => {
  await using stackPage = await open({ stacks: [project()] }, { stackKey: "Localhost/legacy" });
  assert(stackPage.view.getByRole("heading", { name: "legacy", level: 1 }));
});

Deno.test("reports a stack that does not exist", async () => {
  await using stackPage = await open({});
  assert(stackPage.view.getByRole("heading", { name: "Stack not found" }));
});

Deno.test("reports a stack that was removed", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  stackPage.transport.answers["/stacks"] = [];
  await stackPage.page.act(async () => {
    stackPage.feed.runs.set(new Map([["#12", { action: "removing", resources: [] } as unknown as Run]]));
    await stackPage.feed.reload();
  });
  assert(stackPage.view.getByRole("heading", { name: "Stack removed" }));
});

Deno.test("shows why the stack was not loaded", async () => {
  await using stackPage = await open({}, { isRead: false });
  await stackPage.page.act(() => stackPage.feed.reload());
  assert(stackPage.view.getByRole("heading", { name: "Cannot load this stack" }));
  assert(stackPage.view.getByText("nobody there"));
});

Deno.test("shows a refused command until it is dismissed", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  stackPage.transport.answers["/stacks/12/stop"] = refusal(503, "the engine is down");
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Stop" }));
  assert(await stackPage.view.findByText("the engine is down"));
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Close" }));
  assertEquals(stackPage.view.queryByText("the engine is down"), null);
});

Deno.test("offers to accept files that were changed outside DockStat", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  const errors = [{ path: "compose", message: "changed" }];
  const problem = { type: "about:blank", title: "Conflict", status: 409, detail: "changed", errors };
  stackPage.transport.answers["/stacks/12/deploy"] = new Refusal(problem);
  stackPage.transport.answers["/stacks/12/accept"] = {};
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Deploy" }));
  await stackPage.page.user.click(
    await stackPage.view.findByRole("button", { name: "Accept the changed files" }),
  );
  assertEquals(stackPage.posts(), ["POST /stacks/12/deploy", "POST /stacks/12/accept"]);
});

Deno.test("opens the page of the stack after a project was adopted", async () => {
  await using stackPage = await open({ stacks: [project()] }, { stackKey: "Localhost/legacy" });
  stackPage.transport.answers["/stacks/adopt"] = stack({ stack_id: 31 });
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Adopt" }));
  assertEquals(stackPage.transport.bodies, [{ project: "legacy", hostId: "Localhost" }]);
  assertEquals(location.hash, "#/stacks/31");
});

Deno.test("removes a stack after a confirmation", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  const { view, page } = stackPage;
  stackPage.transport.answers["/stacks/12?volumes=1"] = {};
  await page.user.click(view.getByRole("button", { name: "Remove" }));
  await page.user.click(view.getByLabelText("Also remove the volumes"));
  await page.user.click(view.getByRole("button", { name: "Remove" }));
  assertEquals(stackPage.posts().at(-1), "DELETE /stacks/12?volumes=1");
  assertEquals(view.queryByRole("dialog"), null);
});

Deno.test("removes a project after a confirmation", async () => {
  await using stackPage = await open({ stacks: [project()] }, { stackKey: "Localhost/legacy" });
  const { view, page } = stackPage;
  stackPage.transport.answers["/projects/Localhost/legacy"] = {};
  await page.user.click(view.getByRole("button", { name: "Remove" }));
  await view.findByText(/^Cannot list what will be removed/);
  await page.user.click(view.getByRole("button", { name: "Remove" }));
  assertEquals(stackPage.posts().at(-1), "DELETE /projects/Localhost/legacy");
});

Deno.test("names the paths that stay after a release", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  const { view, page, transport } = stackPage;
  transport.answers["/stacks/12?keep=1"] = operation({ action: "removing", kept: ["/data/stacks/12"] });
  await page.user.click(view.getByRole("button", { name: "Remove" }));
  await page.user.click(view.getByLabelText(/^Release:/));
  await page.user.click(view.getByRole("button", { name: "Release" }));
  assert(view.getByRole("heading", { name: "Released “shop”" }));
  assert(view.getByText("/data/stacks/12"));
  const link = view.getByRole("link", { name: "Open the project" });
  assertEquals(link.getAttribute("href"), "#/stacks/project/Localhost/shop");
});

Deno.test("shows the reason of a release that failed", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  const { view, page, transport } = stackPage;
  transport.answers["/stacks/12?keep=1"] = operation({ state: "failed", error: "the disk is full" });
  await page.user.click(view.getByRole("button", { name: "Remove" }));
  await page.user.click(view.getByLabelText(/^Release:/));
  await page.user.click(view.getByRole("button", { name: "Release" }));
  assert(view.getByText("the disk is full"));
  assert(view.getByRole("heading", { name: "shop", level: 1 }));
});

Deno.test("names the paths that a removal by another client kept", async () => {
  const removal = operation({ action: "removing", kept: ["/data/stacks/12/uploads"] });
  await using stackPage = await open({ operations: [removal] });
  assert(stackPage.view.getByRole("heading", { name: "Stack removed" }));
  assert(stackPage.view.getByText("/data/stacks/12/uploads"));
});

Deno.test("sends pull and update of a stack", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  for (const [name, command] of [["Pull", "pull"], ["Update", "update"]] as const) {
    stackPage.transport.answers[`/stacks/12/${command}`] = {};
    await stackPage.page.user.click(stackPage.view.getByRole("button", { name }));
  }
  assertEquals(stackPage.posts(), ["POST /stacks/12/pull", "POST /stacks/12/update"]);
});

for (
  const [about, name, isDisabled] of [
    [{}, "Edit", null],
    [{ readOnly: true }, "View files", null],
    [{ access: "view" }, "Edit", "true"],
  ] as const
) {
  Deno.test(`labels the files "${name}" for ${JSON.stringify(about)}, disabled: ${isDisabled}`, async () => {
    await using stackPage = await open({ stacks: [stack()], about });
    assertEquals(stackPage.view.getByRole("button", { name }).getAttribute("aria-disabled"), isDisabled);
  });
}

Deno.test("opens the editor of a stack", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Edit" }));
  assertEquals(location.hash, "#/stacks/12/edit");
});

Deno.test("cancels a running operation", async () => {
  const running = operation({ state: "running", ended_at: null });
  await using stackPage = await open({ stacks: [stack({ operation: running })], operations: [running] });
  stackPage.transport.answers["/stacks/12/cancel"] = {};
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Cancel" }));
  assertEquals(stackPage.posts(), ["POST /stacks/12/cancel"]);
});
