import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import { Refusal } from "../../../../src/lib/transport/transport.ts";
import { operation, project, service, serviceContainer, stack } from "../../../fakes/messages.ts";
import { within } from "../../../dom.ts";
import { openStackPage as open } from "../../../fakes/stack_page.tsx";
import { refusal } from "../../../fakes/transport.ts";

Deno.test("shows a refused command until it is dismissed", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  stackPage.transport.answers["/stacks/12/stop"] = refusal(503, "the engine is down");
  await stackPage.choose(/^Stop/);
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
  await stackPage.choose(/^Deploy/);
  await stackPage.confirm();
  await stackPage.page.user.click(
    await stackPage.view.findByRole("button", { name: "Accept the changed files" }),
  );
  assertEquals(stackPage.posts(), ["POST /stacks/12/deploy", "POST /stacks/12/accept"]);
});

Deno.test("opens the page of the stack after a project was adopted", async () => {
  await using stackPage = await open({ stacks: [project()] }, { stackKey: "Localhost/legacy" });
  stackPage.transport.answers["/stacks/adopt"] = { ...stack({ stack_id: 31 }), warnings: [] };
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Adopt" }));
  assertEquals(stackPage.posts(), []);
  await stackPage.confirm("Adopt");
  // The first body is that of the plan.
  const named = { project: "legacy", hostId: "Localhost" };
  assertEquals(stackPage.transport.bodies, [named, named]);
  assertEquals(location.hash, "#/stacks/31");
});

Deno.test("removes a stack after a confirmation", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  const { view, page } = stackPage;
  stackPage.transport.answers["/stacks/12?volumes=1"] = {};
  await stackPage.choose(/^Remove/);
  await page.user.click(view.getByLabelText("Also remove the volumes"));
  await view.findByText(/^Cannot list what will be removed/);
  await page.user.click(view.getByRole("button", { name: "Remove" }));
  assertEquals(stackPage.posts().at(-1), "DELETE /stacks/12?volumes=1");
  assertEquals(view.queryByRole("dialog"), null);
});

Deno.test("removes a project after a confirmation", async () => {
  await using stackPage = await open({ stacks: [project()] }, { stackKey: "Localhost/legacy" });
  const { view, page } = stackPage;
  stackPage.transport.answers["/projects/Localhost/legacy"] = {};
  await stackPage.choose(/^Remove/);
  await view.findByText(/^Cannot list what will be removed/);
  await page.user.click(view.getByRole("button", { name: "Remove" }));
  assertEquals(stackPage.posts().at(-1), "DELETE /projects/Localhost/legacy");
});

Deno.test("names the paths that stay after a release", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  const { view, page, transport } = stackPage;
  transport.answers["/stacks/12?keep=1"] = operation({ action: "removing", kept: ["/data/stacks/12"] });
  await stackPage.choose(/^Remove/);
  await page.user.click(view.getByLabelText(/^Release:/));
  await view.findByText(/^Cannot list what will be removed/);
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
  await stackPage.choose(/^Remove/);
  await page.user.click(view.getByLabelText(/^Release:/));
  await view.findByText(/^Cannot list what will be removed/);
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

for (
  const [entry, query] of [["Build images", "build=1"], ["Recreate containers", "recreate=1"]] as const
) {
  Deno.test(`deploys with ${query} from the menu`, async () => {
    await using stackPage = await open({ stacks: [stack()] });
    stackPage.transport.answers[`/stacks/12/deploy?${query}`] = {};
    await stackPage.choose(new RegExp(`^${entry}`));
    await stackPage.confirm();
    assertEquals(stackPage.posts(), [`POST /stacks/12/deploy?${query}`]);
    assertEquals(stackPage.view.queryByRole("menu"), null);
  });
}

Deno.test("offers to deploy saved changes", async () => {
  await using stackPage = await open({ stacks: [stack({ pending_changes: true })] });
  stackPage.transport.answers["/stacks/12/deploy"] = {};
  assert(stackPage.view.getByText("Saved changes are not deployed"));
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Deploy changes" }));
  await stackPage.confirm();
  assertEquals(stackPage.posts(), ["POST /stacks/12/deploy"]);
});

for (
  const [reason, changes] of [
    ["without changes", {}],
    ["of a stack that was never deployed", { pending_changes: true, status: "never_deployed" }],
    ["during an operation", {
      pending_changes: true,
      operation: operation({ state: "running", ended_at: null }),
    }],
  ] as const
) {
  Deno.test(`shows no pending changes ${reason}`, async () => {
    await using stackPage = await open({ stacks: [stack(changes)] });
    assertEquals(stackPage.view.queryByText("Saved changes are not deployed"), null);
  });
}

Deno.test("shows no pending changes beside the failure of their deployment", async () => {
  await using stackPage = await open({
    stacks: [stack({ pending_changes: true })],
    operations: [operation({ state: "failed", error: "port is taken" })],
  });
  assert(stackPage.view.getByText(/^Deploy failed/));
  assertEquals(stackPage.view.queryByText("Saved changes are not deployed"), null);
});

Deno.test("shows what the first deployment after an adoption changes, until it is dismissed", async () => {
  await using stackPage = await open({ stacks: [stack({ pending_changes: true })] });
  const { view, page, transport, feed } = stackPage;
  const warnings = [{ service: "web", message: "a deployment would recreate its container: image" }];
  transport.answers["/stacks/adopt"] = { ...stack(), warnings };
  await page.act(async () => void await feed.adopt(project()));
  assert(view.getByText("web: a deployment would recreate its container: image"));
  assert(view.getByRole("button", { name: "Deploy changes" }));
  await page.user.click(view.getByRole("button", { name: "Close" }));
  assertEquals(view.queryByText(/^web: a deployment/), null);
});

Deno.test("sends pull and update of a stack", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  for (const command of ["pull", "update"]) stackPage.transport.answers[`/stacks/12/${command}`] = {};
  await stackPage.choose(/^Pull/);
  await stackPage.choose(/^Update/);
  assertEquals(stackPage.posts(), ["POST /stacks/12/pull"]);
  await stackPage.confirm("Update");
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

for (
  const [changes, expected] of [
    [{}, ["Edit"]],
    [{ pending_changes: true }, ["Deploy", "Edit"]],
    [{ status: "stopped", services: [service({ containers: [serviceContainer({ state: "exited" })] })] }, [
      "Start",
      "Edit",
    ]],
  ] as const
) {
  Deno.test(`shows the buttons ${expected.join(", ")} for ${JSON.stringify(changes).slice(0, 30)}`, async () => {
    await using stackPage = await open({ stacks: [stack(changes)] });
    const buttons = within(stackPage.view.getByRole("group", { name: "Actions" })).getAllByRole("button");
    assertEquals(buttons.slice(0, -1).map(({ textContent }) => textContent), [...expected]);
  });
}

Deno.test("starts a stopped stack with its main action", async () => {
  const exited = service({ containers: [serviceContainer({ state: "exited", exitCode: 137 })] });
  await using stackPage = await open({ stacks: [stack({ status: "stopped", services: [exited] })] });
  stackPage.transport.answers["/stacks/12/start"] = {};
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Start" }));
  assertEquals(stackPage.posts(), ["POST /stacks/12/start"]);
});

Deno.test("offers only the commands that make sense now", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "More actions for shop" }));
  const entries = (await stackPage.view.findAllByRole("menuitem")).map(({ textContent }) =>
    textContent!.split(/(?<=[a-z])(?=[A-Z])/)[0]
  );
  assertEquals(entries, [
    "Restart",
    "Stop",
    "Deploy",
    "Update",
    "Pull",
    "Build images",
    "Recreate containers",
    "Remove",
  ]);
});
