/** Tests for the paths of operations. */
import { assertEquals, eventually } from "../assert.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { serveStacks } from "../stacks/client.ts";

Deno.test("cancels an operation by its number, also of a project that DockStat did not create", async () => {
  const compose = new FakeCompose();
  compose.work = (_write, _args, signal) =>
    new Promise((resolve) =>
      signal.addEventListener("abort", () => resolve({ code: 130, error: undefined }))
    );
  const engine = new FakeEngine(fakeContainer("app", { project: "byhand", service: "app" }));
  await using it = await serveStacks({ compose, engine });
  await it.create("web");
  const { body: { operation_id: other } } = await it.call("POST", "/projects/Localhost/byhand/stop");
  for (const id of [1, other]) {
    await eventually(
      "the run",
      async () => (await it.call("GET", `/operations/${id}`)).body.state === "running",
    );
    const { status, body } = await it.call("POST", `/operations/${id}/cancel?wait=1`);
    assertEquals([status, body.operation_id, body.state], [200, id, "cancelled"]);
  }
});

Deno.test("an operation that has ended cannot be cancelled, nor one that does not exist", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  await it.call("POST", `/stacks/${id}/start?wait=1`);
  const ended = await it.call("POST", "/operations/1/cancel");
  assertEquals([ended.status, ended.body.detail], [
    409,
    'Cannot cancel operation "1": it has ended (succeeded)',
  ]);
  assertEquals((await it.call("POST", "/operations/9/cancel")).status, 404);
  assertEquals((await it.call("POST", "/operations/x/cancel")).status, 404);
  const anonymous = await fetch(`${it.server.url}/operations/1/cancel`, { method: "POST" });
  await anonymous.body?.cancel();
  assertEquals(anonymous.status, 401);
});
