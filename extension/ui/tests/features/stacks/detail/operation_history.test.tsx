import { TestPage, within } from "../../../dom.ts";
import { assert, assertEquals } from "../../../../../../tests/assert.ts";
import type { Operation } from "../../../../../../server/protocol/operations.ts";
import type { Stack } from "../../../../../../server/protocol/stacks.ts";
import { OperationHistory } from "../../../../src/features/stacks/detail/operation_history.tsx";
import { operation, project, stack } from "../../../fakes/messages.ts";
import { fakeStackFeed, type FakeStacks } from "../../../fakes/stack_feed.ts";

const PATH = "/operations?stack_id=12";

async function open(
  answer: readonly Operation[] | undefined,
  shown: Stack = stack(),
  path = PATH,
  about: FakeStacks["about"] = {},
) {
  const { transport, client, feed } = await fakeStackFeed({ stacks: [shown], about });
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
  history.transport.answers["/operations/7"] = { ...operation(), warnings: [], messages };
  assert(!history.transport.asked.includes("GET /operations/7"));
  await history.page.user.click(history.view.getByRole("button", { name: /^Deploy/ }));
  const items = (await history.view.findAllByRole("listitem")).map(({ textContent }) => textContent);
  assertEquals(items, messages);
  assert(history.view.getByText("Operation 7"));
});

Deno.test("shows the error of a failed operation with its exit code", async () => {
  const failed = operation({ state: "failed", exit_code: 1, error: "port is taken" });
  await using history = await open([failed]);
  history.transport.answers["/operations/7"] = { ...failed, messages: [], warnings: [] };
  await history.page.user.click(history.view.getByRole("button", { name: /^Deploy/ }));
  assert(await history.view.findByText("Failed with exit code 1"));
  assert(history.view.getByText("port is taken"));
  assert(history.view.getByText("No output"));
});

Deno.test("says that only the last 100 messages are kept", async () => {
  await using history = await open([operation()]);
  const messages = Array.from({ length: 100 }, (_, index) => `message ${index}`);
  history.transport.answers["/operations/7"] = { ...operation(), warnings: [], messages };
  await history.page.user.click(history.view.getByRole("button", { name: /^Deploy/ }));
  assert(await history.view.findByText("Operation 7 · last 100 messages"));
});

Deno.test("reports an output that was not loaded, and retries after a reconnection", async () => {
  await using history = await open([operation()]);
  await history.page.user.click(history.view.getByRole("button", { name: /^Deploy/ }));
  assert(await history.view.findByText("nobody there"));
  history.transport.answers["/operations/7"] = {
    ...operation(),
    warnings: [],
    messages: ["Created network x"],
  };
  await history.reconnect();
  assert(await history.view.findByText("Created network x"));
});

Deno.test("shows the warnings of an operation", async () => {
  await using history = await open([operation()]);
  const warnings = ['The "TOKEN" variable is not set.', "the attribute `version` is obsolete"];
  history.transport.answers["/operations/7"] = { ...operation(), messages: [], warnings };
  await history.page.user.click(history.view.getByRole("button", { name: /^Deploy/ }));
  const list = await history.view.findByRole("list", { name: "2 warnings" });
  assertEquals(within(list).getAllByRole("listitem").map(({ textContent }) => textContent), warnings);
});

/** Opens operation 7 and asks for what Compose printed. */
async function showPrinted(history: Awaited<ReturnType<typeof open>>, answer?: unknown) {
  history.transport.answers["/operations/7"] = { ...operation(), messages: [], warnings: [] };
  history.transport.answers["/operations/7/output"] = answer;
  await history.page.user.click(history.view.getByRole("button", { name: /^Deploy/ }));
  assert(!history.transport.asked.includes("GET /operations/7/output"));
  await history.page.user.click(await history.view.findByRole("button", { name: "Show Compose output" }));
}

Deno.test("loads what Compose printed on request, without escape sequences", async () => {
  await using history = await open([operation()]);
  await showPrinted(history, { output: ["#1 building", "\x1b[31m#2 done\x1b[0m"] });
  const output = await history.view.findByRole("group", { name: "Compose output of operation 7" });
  assertEquals(output.textContent, "#1 building\n#2 done");
  await history.page.user.click(history.view.getByRole("button", { name: "Hide Compose output" }));
  assertEquals(history.view.queryByRole("group", { name: /^Compose output/ }), null);
});

Deno.test("says that Compose printed nothing", async () => {
  await using history = await open([operation()]);
  await showPrinted(history, { output: [] });
  assert(await history.view.findByText(/^Compose and its builds printed nothing/));
});

Deno.test("reports that the output of Compose was not loaded, and retries after a reconnection", async () => {
  await using history = await open([operation()]);
  await showPrinted(history);
  assert(await history.view.findByText("Cannot load the output: nobody there"));
  history.transport.answers["/operations/7/output"] = { output: ["#1 building"] };
  await history.reconnect();
  assert(await history.view.findByText("#1 building"));
});

Deno.test("asks for the token before it shows what Compose printed", async () => {
  await using history = await open([operation()], stack(), PATH, { access: "view" });
  await showPrinted(history);
  const button = history.view.getByRole("button", { name: "Show Compose output" });
  assertEquals(button.getAttribute("aria-disabled"), "true");
  assert(!history.transport.asked.includes("GET /operations/7/output"));
});
