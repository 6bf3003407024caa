import { TestPage } from "../../../dom.ts";
import { assert, assertEquals, eventually } from "../../../../../../tests/assert.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import OperationToasts from "../../../../src/features/stacks/parts/operation_toasts.tsx";
import { Observable } from "../../../../src/lib/observable.ts";
import { operation } from "../../../fakes/messages.ts";
import { fakeStackFeed } from "../../../fakes/stack_feed.ts";

async function open(
  changes: Partial<Operation>,
  {
    hash = "#/containers",
    shownMs = 60_000,
    undos = new Map<number, { label: string; start: () => void }>(),
  } = {},
) {
  location.hash = hash;
  const started = operation({ ...changes, state: "running", ended_at: null, error: null });
  const { transport, client, feed } = await fakeStackFeed({ operations: [started] });
  const page = new TestPage(client);
  const view = page.render(<OperationToasts feed={feed} undos={new Observable(undos)} shownMs={shownMs} />);
  transport.answers["/operations"] = [operation(changes)];
  await page.act(() => feed.reload());
  return {
    ...{ page, view, feed },
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

const SHOP = { stack_id: 12, project: "shop", target: { kind: "stack", name: "shop", id: null } } as const;

Deno.test("reports a failure with its reason, and links to the stack", async () => {
  const changes = { ...SHOP, state: "failed", error: "port 80 is in use\nmore" } as const;
  await using toasts = await open(changes);
  assertEquals(
    toasts.view.getByRole("alert").textContent?.startsWith("Deploy shop failedport 80 is in useShow"),
    true,
  );
  assertEquals(toasts.view.getByRole("link", { name: "Show" }).getAttribute("href"), "#/stacks/12");
});

Deno.test("links to the container of an operation", async () => {
  const target = { kind: "container", name: "web", id: "a".repeat(64) } as const;
  await using toasts = await open({ stack_id: null, project: null, target, action: "restarting" });
  assert(toasts.view.getByText("Restarted web"));
  const href = toasts.view.getByRole("link", { name: "Show" }).getAttribute("href");
  assertEquals(href, `#/containers/Localhost/${"a".repeat(64)}`);
});

const SWARM = { ...SHOP, stack_id: null, swarm: "c1", hostId: "m" } as const;

Deno.test("links to the page of swarms after an operation on one", async () => {
  await using toasts = await open(SWARM);
  assertEquals(toasts.view.getByRole("link", { name: "Show" }).getAttribute("href"), "#/swarm");
});

for (const [hash, shown] of [["#/swarm", false], ["#/swarm/other/shop", false], ["#/swarm/m/blog", true]]) {
  Deno.test(`${shown ? "shows" : "does not show"} the end of an operation on a swarm at ${hash}`, async () => {
    await using toasts = await open(SWARM, { hash: String(hash) });
    assertEquals(toasts.view.queryByRole("status") !== null, shown);
  });
}

Deno.test("a success disappears after a time", async () => {
  await using toasts = await open(SHOP, { shownMs: 1 });
  await eventually("the end", () => toasts.view.queryByRole("status") === null);
});

Deno.test("a failure stays until it is dismissed", async () => {
  await using toasts = await open({ ...SHOP, state: "failed" }, { shownMs: 1 });
  await toasts.page.user.click(toasts.view.getByRole("button", { name: "Dismiss" }));
  assertEquals([toasts.view.queryByRole("alert"), toasts.feed.finished.value], [null, []]);
});

Deno.test("shows nothing on the page of the stack, which shows the end itself", async () => {
  await using toasts = await open(SHOP, { hash: "#/stacks/12" });
  assertEquals(toasts.view.queryByRole("status"), null);
});

for (const [state, kept] of [["succeeded", 0], ["cancelled", 0], ["failed", 1]] as const) {
  Deno.test(`the end of an operation that has ${state} on the page of the stack ${kept ? "stays" : "is gone"} on others`, async () => {
    await using toasts = await open({ ...SHOP, state }, { hash: "#/stacks/12" });
    await toasts.page.act(() => void (location.hash = "#/containers"));
    assertEquals(toasts.feed.finished.value.length, kept);
  });
}

for (const state of ["succeeded", "failed"] as const) {
  Deno.test(`an operation that has ${state} ${state === "succeeded" ? "can" : "cannot"} be undone`, async () => {
    const target = { kind: "container", name: "web", id: "a".repeat(64) } as const;
    const changes = { stack_id: null, project: null, target, action: "stopping", state } as const;
    const started: string[] = [];
    const undos = new Map([[operation(changes).operation_id, {
      label: "Undo: Start",
      start: () => void started.push("start"),
    }]]);
    await using toasts = await open(changes, { undos });
    const button = toasts.view.queryByRole("button", { name: "Undo: Start" });
    if (button !== null) await toasts.page.user.click(button);
    assertEquals(started, state === "succeeded" ? ["start"] : []);
    assertEquals(toasts.feed.finished.value.length, state === "succeeded" ? 0 : 1);
  });
}
