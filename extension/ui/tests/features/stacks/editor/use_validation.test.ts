import { TestPage } from "../../../dom.ts";
import { assertEquals } from "../../../../../../tests/assert.ts";
import type { StackDraft } from "../../../../../../server/protocol/stack_requests.ts";
import { useValidation } from "../../../../src/features/stacks/editor/use_validation.ts";
import { Refusal, Unreachable } from "../../../../src/lib/transport/transport.ts";
import { fakeStackFeed } from "../../../fakes/stack_feed.ts";
import { FakeTime } from "../../../fakes/time.ts";
import { refusal } from "../../../fakes/transport.ts";

const PATH = "/stacks/validate";
const VALID = { valid: true, services: ["web"], warnings: [] };
const DRAFT = { compose: "services: {}\n" };

/** Renders the hook with a fake clock, after the list was loaded. */
async function open(draft: StackDraft, answer: unknown = VALID) {
  const { transport, client, feed } = await fakeStackFeed({});
  transport.answers[PATH] = answer;
  const page = new TestPage(client);
  const time = new FakeTime();
  const hook = page.hook((draft: StackDraft) => useValidation(feed, draft), draft);
  return {
    transport,
    page,
    verdict: () => hook.result.current,
    type: (draft: StackDraft) => page.act(() => hook.rerender(draft)),
    pass: (ms: number) => page.act(() => time.tick(ms)),
    requests: () => transport.asked.filter((request) => request === `POST ${PATH}`).length,
    async [Symbol.asyncDispose]() {
      time[Symbol.dispose]();
      await page[Symbol.asyncDispose]();
      feed[Symbol.dispose]();
    },
  };
}

Deno.test("checks nothing while the Compose file is empty", async () => {
  await using check = await open({ compose: " \n" });
  await check.pass(1000);
  assertEquals([check.verdict().phase, check.requests()], ["empty", 0]);
});

Deno.test("checks a draft once typing has paused for 400 ms", async () => {
  await using check = await open(DRAFT);
  assertEquals(check.verdict().phase, "checking");
  await check.pass(399);
  await check.type({ compose: "services: { web: {} }\n" });
  await check.pass(399);
  assertEquals(check.requests(), 0);
  await check.pass(1);
  assertEquals([check.requests(), check.verdict().phase], [1, "valid"]);
  assertEquals(check.transport.bodies.map((body) => (body as StackDraft).compose), [
    "services: { web: {} }\n",
  ]);
});

Deno.test("sends the environment, the host, the stack and the files of a draft", async () => {
  const draft = { ...DRAFT, env: "A=1", hostId: "nas", stack_id: 12, files: [{ path: "a.env" }] };
  await using check = await open(draft);
  await check.pass(400);
  assertEquals(check.transport.bodies, [draft]);
});

Deno.test("returns the services and warnings of a valid draft", async () => {
  const warning = { path: "compose", message: "is old", line: 2 };
  await using check = await open(DRAFT, { ...VALID, warnings: [warning] });
  await check.pass(400);
  const { services, issues } = check.verdict();
  assertEquals(services, ["web"]);
  assertEquals(issues, [{ ...warning, severity: "warning", place: "compose" }]);
});

Deno.test("returns the errors of an invalid draft", async () => {
  const errors = [{ path: "compose.services", message: "must be a mapping", line: 1 }];
  const problem = { type: "about:blank", title: "Invalid", status: 422, detail: "invalid", errors };
  await using check = await open(DRAFT, new Refusal(problem));
  await check.pass(400);
  const { phase, issues, reason } = check.verdict();
  assertEquals([phase, reason], ["invalid", "invalid"]);
  assertEquals(issues, [{ ...errors[0]!, severity: "error", place: "compose" }]);
});

Deno.test("does not call a draft invalid when the check itself failed", async () => {
  await using check = await open(DRAFT, refusal(503, "the engine is down"));
  await check.pass(400);
  assertEquals([check.verdict().phase, check.verdict().reason], ["unknown", "the engine is down"]);
});

Deno.test("checks again after a reconnection", async () => {
  await using check = await open(DRAFT, new Unreachable("nobody there"));
  await check.pass(400);
  assertEquals(check.verdict().phase, "unknown");
  check.transport.answers[PATH] = VALID;
  await check.page.act(() => check.transport.newest.listener.opened());
  await check.pass(400);
  assertEquals(check.verdict().phase, "valid");
});

Deno.test("keeps the issues of the previous check until the next answer", async () => {
  await using check = await open(DRAFT, { ...VALID, warnings: [{ path: "compose", message: "is old" }] });
  await check.pass(400);
  await check.type({ compose: "services: { db: {} }\n" });
  assertEquals([check.verdict().phase, check.verdict().issues.length], ["checking", 1]);
});

Deno.test("ignores the answer to a draft that has changed", async () => {
  const late = Promise.withResolvers<unknown>();
  await using check = await open(DRAFT, late.promise);
  await check.pass(400);
  await check.type({ compose: "services: { db: {} }\n" });
  await check.page.act(() => late.resolve(VALID));
  assertEquals(check.verdict().phase, "checking");
});
