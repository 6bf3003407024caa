import { TestPage } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { OperationHistory } from "../../../../src/features/stacks/detail/operation_history.tsx";
import { operation, project, stack } from "../../../fakes/messages.ts";
import { fakeStackFeed } from "../../../fakes/stack_feed.ts";

const PATH = "/operations?stack_id=12";

async function open(answer: readonly Operation[] | undefined, shown: Stack = stack(), path = PATH) {
  const { transport, client, feed } = await fakeStackFeed({ stacks: [shown] });
  transport.answers[path] = answer;
  const page = new TestPage(client);
  const element = (newest?: Operation) => <OperationHistory feed={feed} stack={shown} newest={newest} />;
  let view!: ReturnType<TestPage["render"]>;
  await page.act(() => void (view = page.render(element())));
  return {
    transport,
    page,
    view,
    reconnect: () => page.act(() => transport.newest.listener.opened()),
    rerender: (newest: Operation) => page.act(() => view.rerender(element(newest))),
    async [Symbol.asyncDispose]() {
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("lists operations with action, state and duration", async () => {
  await using history = await open([operation({ operation_id: 8, action: "stopping" }), operation()]);
  const rows = history.view.getAllByRole("button").map(({ textContent }) => textContent ?? "");
  assert(/^StopSucceeded.*5 s$/.test(rows[0]!), rows[0]!);
  assert(/^DeploySucceeded.*5 s$/.test(rows[1]!), rows[1]!);
});

Deno.test("reports that a stack has no operations", async () => {
  await using history = await open([]);
  assert(history.view.getByText("No operations yet"));
});

Deno.test("lists only the operations of its project", async () => {
  const others = operation({ stack_id: null, project: "other", action: "starting" });
  const its = operation({ stack_id: null, project: "legacy", action: "stopping" });
  await using history = await open([others, its], project(), "/operations");
  assertEquals(history.view.getAllByRole("button").length, 1);
  assert(history.view.getByRole("button", { name: /^Stop/ }));
});

Deno.test("reports a failed request, and retries after a reconnection", async () => {
  await using history = await open(undefined);
  assert(history.view.getByText("Cannot load the history: nobody there"));
  history.transport.answers[PATH] = [operation()];
  await history.reconnect();
  assertEquals(history.view.queryByText(/^Cannot load/), null);
  assert(history.view.getByRole("button", { name: /^Deploy/ }));
});

Deno.test("reloads when the newest operation changes", async () => {
  await using history = await open([]);
  history.transport.answers[PATH] = [operation()];
  await history.rerender(operation());
  assert(history.view.getByRole("button", { name: /^Deploy/ }));
});

Deno.test("loads the output of an operation when it is opened", async () => {
  await using history = await open([operation()]);
  const messages = ["Created network shop_default", "Started container shop-web-1"];
  history.transport.answers["/operations/7"] = { ...operation(), messages };
  assert(!history.transport.asked.includes("GET /operations/7"));
  await history.page.user.click(history.view.getByRole("button", { name: /^Deploy/ }));
  const items = (await history.view.findAllByRole("listitem")).map(({ textContent }) => textContent);
  assertEquals(items, messages);
  assert(history.view.getByText("Operation 7"));
});

Deno.test("shows the error of a failed operation with its exit code", async () => {
  const failed = operation({ state: "failed", exit_code: 1, error: "port is taken" });
  await using history = await open([failed]);
  history.transport.answers["/operations/7"] = { ...failed, messages: [] };
  await history.page.user.click(history.view.getByRole("button", { name: /^Deploy/ }));
  assert(await history.view.findByText("Failed with exit code 1"));
  assert(history.view.getByText("port is taken"));
  assert(history.view.getByText("No output"));
});

Deno.test("says that only the last 100 messages are kept", async () => {
  await using history = await open([operation()]);
  const messages = Array.from({ length: 100 }, (_, index) => `message ${index}`);
  history.transport.answers["/operations/7"] = { ...operation(), messages };
  await history.page.user.click(history.view.getByRole("button", { name: /^Deploy/ }));
  assert(await history.view.findByText("Operation 7 · last 100 messages"));
});

Deno.test("reports an output that was not loaded, and retries after a reconnection", async () => {
  await using history = await open([operation()]);
  await history.page.user.click(history.view.getByRole("button", { name: /^Deploy/ }));
  assert(await history.view.findByText("nobody there"));
  history.transport.answers["/operations/7"] = { ...operation(), messages: ["Created network x"] };
  await history.reconnect();
  assert(await history.view.findByText("Created network x"));
});
