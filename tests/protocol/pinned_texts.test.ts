/** Texts that clients of the first protocol match. */
import { GREETING } from "../../server/protocol/greeting.ts";
import { assertEquals } from "../assert.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { serveStacks, watch } from "../stacks/client.ts";

Deno.test("the greeting keeps its text", () => {
  assertEquals(JSON.stringify(GREETING), '{"message":"Connection established"}');
});

Deno.test("the events of a stack's life keep their texts and keys", async () => {
  const compose = new FakeCompose();
  compose.work = (say) => {
    say('{"id":"Network my_stack_default","status":"Creating"}');
    return Promise.resolve({ code: 0, error: undefined });
  };
  await using it = await serveStacks({ compose });
  await using client = await watch(it.server.url);
  const id = await it.create("my_stack");
  await client.frame("the deployment", ({ data }) => data?.status === "deployed");
  await it.call("DELETE", `/stacks/${id}?wait=1`);
  await client.frame("the removal", ({ type }) => type === "stack-removed");
  const events = client.frames.filter(({ data }) => data !== undefined && data.action !== "removing")
    .map(({ type, data: { timestamp: _, ...data } }) => ({ type, data }));
  assertEquals(events, [
    {
      type: "stack-status",
      data: { stack_id: id, status: "pending", message: "Creating stack configuration" },
    },
    {
      type: "stack-progress",
      data: { stack_id: id, action: "deploying", message: "Creating network my_stack_default" },
    },
    {
      type: "stack-status",
      data: { stack_id: id, status: "deployed", message: "Stack deployed successfully" },
    },
    { type: "stack-removed", data: { stack_id: id, message: "Stack removed successfully" } },
  ]);
});

Deno.test("a failure keeps its text", async () => {
  const compose = new FakeCompose();
  compose.work = () => Promise.resolve({ code: 1, error: "Docker daemon not reachable" });
  await using it = await serveStacks({ compose });
  await using client = await watch(it.server.url);
  const id = await it.create("web");
  const { data } = await client.frame("the failure", ({ type }) => type === "stack-error");
  assertEquals(data.message, `Error while deploying stack "${id}": Docker daemon not reachable`);
  assertEquals(Object.keys(data).sort(), ["action", "message", "stack_id", "timestamp"]);
});
