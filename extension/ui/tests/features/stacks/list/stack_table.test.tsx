import { TestPage, within } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { StackTable } from "../../../../src/features/stacks/list/stack_table.tsx";
import {
  at,
  host,
  lastOperation,
  missingService,
  operation,
  project,
  service,
  serviceContainer,
  stack,
} from "../../../fakes/messages.ts";
import { fakeStackFeed, type FakeStacks, fakeTask } from "../../../fakes/stack_feed.ts";

/** Renders a table of one stack. */
async function open(shown: Stack, more: Omit<FakeStacks, "stacks"> = {}) {
  const { transport, client, feed } = await fakeStackFeed({ stacks: [shown], ...more });
  const page = new TestPage(client);
  const list = feed.list.value;
  const view = page.render(
    <StackTable feed={feed} task={fakeTask()} list={list} stacks={list.stacks} label="Stacks" />,
  );
  const [row] = view.getAllByRole("row").slice(1);
  return {
    transport,
    page,
    row: within(row!),
    menuItem: (name: RegExp) => view.findByRole("menuitem", { name }),
    findText: (text: string) => view.findByText(text),
    cells: within(row!).getAllByRole("cell").map(({ textContent }) => textContent),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

const STOPPED = project({
  status: "stopped",
  services: [service({ containers: [serviceContainer({ state: "exited", exitCode: 137 })] })],
});

Deno.test("names the host where there are several", async () => {
  await using table = await open(stack(), { hosts: [host(), host({ hostId: "nas" })] });
  assertEquals(table.cells[2], "Localhost");
});

Deno.test("shows name, status and services of a stack", async () => {
  await using table = await open(stack({ services: [service(), missingService({ name: "db" })] }));
  assertEquals(table.row.getByRole("link", { name: "shop" }).getAttribute("href"), "#/stacks/12");
  assertEquals(table.cells.slice(0, 2), ["Running", "1 running, 1 not created"]);
});

Deno.test("links a project to its page by host and name", async () => {
  await using table = await open(project());
  const link = table.row.getByRole("link", { name: "legacy" });
  assertEquals(link.getAttribute("href"), "#/stacks/project/Localhost/legacy");
});

Deno.test("counts no services of a stack whose host is down", async () => {
  await using table = await open(stack({ status: "unknown", services: [missingService()] }));
  assertEquals(table.cells.slice(0, 2), ["Unknown", "Unknown"]);
});

Deno.test("marks a stack whose stored text is not deployed", async () => {
  await using table = await open(stack({ pending_changes: true }));
  assertEquals(table.cells[0], "RunningChanges not deployed");
});

Deno.test("marks no changes of a stack that was never deployed", async () => {
  await using table = await open(stack({ pending_changes: true, status: "never_deployed" }));
  assertEquals(table.cells[0], "Not deployed");
});

for (
  const [shown, name, path] of [
    [stack(), /^Stop/, "/stacks/12/stop"],
    [stack(), /^Restart/, "/stacks/12/restart"],
    [STOPPED, /^Start/, "/projects/Localhost/legacy/start"],
  ] as const
) {
  Deno.test(`sends a request to ${path} on ${name}`, async () => {
    await using table = await open(shown);
    table.transport.answers[path] = {};
    await table.page.user.click(table.row.getByRole("button", { name: `More actions for ${shown.name}` }));
    await table.page.user.click(await table.menuItem(name));
    assert(table.transport.asked.includes(`POST ${path}`));
  });
}

for (
  const [reason, changes, about] of [
    ["an operation is running", { operation: operation({ state: "running", ended_at: null }) }, {}],
    ["the client has no token", {}, { access: "view" }],
    ["the server is read-only", {}, { readOnly: true }],
  ] as const
) {
  Deno.test(`sends no request on a disabled button while ${reason}`, async () => {
    await using table = await open(stack({ pending_changes: true, ...changes }), { about });
    const button = table.row.getByRole("button", { name: "Deploy" });
    assertEquals(button.getAttribute("aria-disabled"), "true");
    await table.page.user.click(button);
    assertEquals(table.transport.asked.filter((request) => request.startsWith("POST")), []);
  });
}

Deno.test("offers to adopt a project, unless it is simulated", async () => {
  await using real = await open(project());
  assertEquals(real.row.queryAllByRole("button", { name: "Adopt" }).length, 1);
});

Deno.test("does not offer to adopt a simulated project", async () => {
  await using simulated = await open(project(), { about: { simulated: true } });
  assertEquals(simulated.row.queryAllByRole("button", { name: "Adopt" }).length, 0);
});

Deno.test("shows a failed operation as a link to the stack", async () => {
  const failed = { state: "failed", error: "port is taken" } as const;
  await using table = await open(stack({ last_operation: lastOperation(failed) }), {
    operations: [operation(failed)],
  });
  const link = table.row.getByRole("link", { name: /^Deploy failed, / });
  assertEquals(link.getAttribute("href"), "#/stacks/12");
  await table.page.user.hover(table.row.getByText(/^Deploy failed, /));
  assert(await table.findText("port is taken"));
});

for (
  const [state, label] of [["succeeded", /^Deployed, /], ["cancelled", /^Deploy cancelled, /]] as const
) {
  Deno.test(`shows when an operation ended that ${state}`, async () => {
    await using table = await open(stack({ last_operation: lastOperation({ state }) }));
    assert(label.test(table.cells[2]!), table.cells[2]!);
  });
}

Deno.test("shows a queued operation as queued", async () => {
  const queued = operation({ state: "queued", started_at: null, ended_at: null });
  await using table = await open(stack({ operation: queued }));
  assert(table.cells[2]!.startsWith("Deploy queued"), table.cells[2]!);
});

Deno.test("shows a running operation with its progress bar", async () => {
  const running = operation({ state: "running", started_at: at(0), ended_at: null });
  await using table = await open(stack({ operation: running }));
  assert(table.cells[2]!.startsWith("Deploying, "), table.cells[2]!);
  assert(table.row.getByRole("progressbar", { name: "Deploying shop" }));
});
