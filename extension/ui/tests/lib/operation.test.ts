import { followOperation } from "../../src/lib/operation.ts";
import { assertEquals, assertRejects } from "../../../../tests/assert.ts";
import { Refusal } from "../../src/lib/transport/transport.ts";
import { FakeTransport, refusal } from "../fakes/transport.ts";

const RUNNING = { operation_id: 7, state: "running", messages: ["working"] };
const ENDED = { ...RUNNING, state: "succeeded", messages: ["done"] };

Deno.test("it asks until the operation has ended, also while the server does not answer", async () => {
  const transport = new FakeTransport();
  const reported: (string | undefined)[] = [];
  const { state } = await followOperation(transport, 7, {
    signal: new AbortController().signal,
    pollMs: 1,
    report: (operation) => {
      reported.push(operation?.messages.at(-1));
      transport.answers["/operations/7"] = reported.length === 1 ? RUNNING : ENDED;
    },
  });
  assertEquals([state, reported], ["succeeded", [undefined, "working"]]);
});

Deno.test("an operation that the server no longer has is an error", async () => {
  const transport = new FakeTransport();
  transport.answers["/operations/7"] = refusal(404, "There is no operation");
  const { signal } = new AbortController();
  await assertRejects(() => followOperation(transport, 7, { signal }), Refusal);
});

Deno.test("the signal ends the wait", async () => {
  const transport = new FakeTransport();
  transport.answers["/operations/7"] = RUNNING;
  const stop = new AbortController();
  const followed = followOperation(transport, 7, {
    signal: stop.signal,
    pollMs: 60_000,
    report: () => stop.abort(),
  });
  await assertRejects(() => followed, DOMException);
});
