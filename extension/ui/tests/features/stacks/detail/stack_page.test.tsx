import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { Run } from "../../../../src/features/stacks/model/runs.ts";
import { host, operation, project, service, stack } from "../../../fakes/messages.ts";
import { openStackPage as open } from "../../../fakes/stack_page.tsx";

Deno.test("shows name, status, host and services of a stack", async () => {
  const hosts = [host(), host({ hostId: "nas" })];
  await using stackPage = await open({ stacks: [stack({ services: [service()] })], hosts });
  const { view } = stackPage;
  assert(view.getByRole("heading", { name: "shop", level: 1 }));
  assertEquals(view.getAllByText("Running").length, 2);
  assert(view.getByText("on host Localhost"));
  const link = view.getByRole("link", { name: "shop-web-1: statistics and output" });
  assertEquals(link.getAttribute("href"), `#/containers/Localhost/${"c".repeat(64)}`);
});

Deno.test("does not name the only host", async () => {
  await using stackPage = await open({ stacks: [stack()] });
  assertEquals(stackPage.view.queryByText(/on host/), null);
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

Deno.test("names a stack that was removed in an earlier visit", async () => {
  const removal = operation({ action: "removing", target: { kind: "stack", name: "shop", id: "12" } });
  await using stackPage = await open({ stacks: [], operations: [removal] });
  assert(stackPage.view.getByText("DockStat no longer manages “shop”."));
});

Deno.test("shows why the stack was not loaded", async () => {
  await using stackPage = await open({}, { isRead: false });
  await stackPage.page.act(() => stackPage.feed.reload());
  assert(stackPage.view.getByRole("heading", { name: "Cannot load this stack" }));
  assert(stackPage.view.getByText("nobody there"));
});

Deno.test("shows the warnings of the running operation", async () => {
  const running = operation({ state: "running", ended_at: null });
  await using stackPage = await open({ stacks: [stack({ operation: running })] });
  const run: Run = {
    action: "deploying",
    target: null,
    startedAt: 0,
    changedAt: 0,
    resources: [],
    note: undefined,
    warnings: ['The "TOKEN" variable is not set.'],
    end: undefined,
  };
  await stackPage.page.act(() => stackPage.feed.runs.set(new Map([["#12", run]])));
  assert(stackPage.view.getByRole("list", { name: "1 warning" }));
});

/** The end of a run of one container. */
function ended(outcome: "succeeded" | "failed"): Run {
  const container = { kind: "container", name: "shop-web-1", label: "container shop-web-1" } as const;
  return {
    ...{ action: "deploying", target: null, startedAt: 0, changedAt: 0, note: undefined, warnings: [] },
    resources: [{
      ...{ key: "web", ...container, parent: undefined, state: "done", text: "Started", message: "" },
      ...{ percent: undefined, current: undefined, total: undefined, startedAt: 0, changedAt: 0 },
    }],
    end: { outcome, message: "" },
  };
}

Deno.test("folds an earlier success, and shows its details on request", async () => {
  await using stackPage = await open({ stacks: [stack()], operations: [operation()] });
  const { view, page, feed } = stackPage;
  await page.act(() => feed.runs.set(new Map([["#12", ended("succeeded")]])));
  assertEquals(view.queryByText("container shop-web-1"), null);
  await page.user.click(view.getByRole("button", { name: "Show details" }));
  assert(view.getByText("container shop-web-1"));
  await page.user.click(view.getByRole("button", { name: "Hide details" }));
  assertEquals(view.queryByText("container shop-web-1"), null);
});

Deno.test("folds a failure, which the notice explains", async () => {
  await using stackPage = await open({ stacks: [stack()], operations: [operation()] });
  await stackPage.page.act(() => stackPage.feed.runs.set(new Map([["#12", ended("failed")]])));
  assertEquals(stackPage.view.queryByText("container shop-web-1"), null);
  assert(stackPage.view.getByRole("heading", { name: "Progress" }));
  await stackPage.page.user.click(stackPage.view.getByRole("button", { name: "Show details" }));
  assert(stackPage.view.getByText("container shop-web-1"));
});

Deno.test("keeps the details of an operation open that ends while it is watched", async () => {
  const running = operation({ state: "running", ended_at: null });
  await using stackPage = await open({ stacks: [stack({ operation: running })], operations: [running] });
  const { view, page, feed, transport } = stackPage;
  transport.answers["/stacks"] = [stack()];
  transport.answers["/operations"] = [operation()];
  await page.act(async () => {
    feed.runs.set(new Map([["#12", ended("succeeded")]]));
    await feed.reload();
  });
  assert(view.getByText("container shop-web-1"));
  assert(view.getByRole("button", { name: "Hide details" }));
});
