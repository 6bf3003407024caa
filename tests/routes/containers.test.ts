/** Details of single containers and operations on them, over HTTP. */
import * as v from "valibot";
import type { EngineCall } from "../../server/docker/engine.ts";
import { AppError } from "../../server/errors.ts";
import { CONTAINER_COMMAND_NAMES, CONTAINER_COMMANDS } from "../../server/protocol/container_commands.ts";
import { ContainerDetails } from "../../server/protocol/containers.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { TestClient, testConfig } from "../client.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { FAKE_IMAGE, fakeInspection } from "../fakes/inspection.ts";
import { serveStacks, watch } from "../stacks/client.ts";

const SOLO = "/containers/Localhost/solo";

/** Creates an engine with a container of a project, one without, and one that does not run. */
function engineOfThree(): FakeEngine {
  const engine = new FakeEngine(
    fakeContainer("web", { project: "shop", service: "web" }),
    fakeContainer("solo"),
    fakeContainer("job", { state: "exited", finishedAt: Date.now() }),
  );
  engine.onCall = ({ path }: EngineCall) =>
    path.startsWith("/images/") ? FAKE_IMAGE : path.endsWith("/json") ? fakeInspection("solo") : undefined;
  return engine;
}

/** Returns the requests that may have changed something. */
function changes({ sent }: FakeEngine): string[] {
  return sent.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);
}

for (const command of CONTAINER_COMMAND_NAMES) {
  const { action, status } = CONTAINER_COMMANDS[command];
  Deno.test(`POST …/${command} is an operation that ends with the status ${status}`, async () => {
    const engine = engineOfThree();
    await using it = await serveStacks({ engine });
    await using client = await watch(it.server.url, "?since=0");
    const { status: code, body } = await it.call("POST", `${SOLO}/${command}?wait=1`);
    assertEquals([code, body.state, body.action, body.project], [200, "succeeded", action, null]);
    assertEquals(body.target, { kind: "container", name: "solo", id: idOf("solo") });
    assertEquals(changes(engine), [`POST /containers/${idOf("solo")}/${command}`]);
    const { data } = await client.frame("the end", ({ data }) => data?.status === status);
    assertEquals(data, {
      stack_id: null,
      status,
      message: `Container "solo" ${status} successfully`,
    });
  });
}

Deno.test("a started operation is answered with 202, its address and no project", async () => {
  await using it = await serveStacks({ engine: engineOfThree() });
  const { status, headers, body } = await it.call("POST", `${SOLO}/stop`);
  assertEquals([status, headers.get("location")], [202, "/operations/1"]);
  assertEquals(body, { stack_id: null, operation_id: 1 });
});

Deno.test("a container of a project takes the lock of the project, and its stack's id", async () => {
  const engine = new FakeEngine();
  await using it = await serveStacks({ engine });
  const stackId = await it.create("shop", { deploy: false });
  await it.call("POST", `/stacks/${stackId}/deploy?wait=1`);
  const gate = Promise.withResolvers<void>();
  engine.onCall = () => gate.promise;
  const path = "/containers/Localhost/shop-web-1";
  assertEquals((await it.call("POST", `${path}/start`)).body.stack_id, stackId);
  for (const other of [`${path}/kill`, `/stacks/${stackId}/stop`]) {
    const { status, body } = await it.call("POST", other);
    assertEquals(status, 409, other);
    assertStringIncludes(body.detail, "(starting) has not ended");
  }
  gate.resolve();
});

Deno.test("containers without a project do not wait for each other", async () => {
  const engine = engineOfThree();
  const gate = Promise.withResolvers<void>();
  engine.onCall = ({ path }) => path.includes(idOf("solo")) ? gate.promise : undefined;
  await using it = await serveStacks({ engine });
  await it.call("POST", `${SOLO}/stop`);
  assertEquals((await it.call("POST", `${SOLO}/kill`)).status, 409);
  const { body } = await it.call("POST", "/containers/Localhost/job/start?wait=1");
  assertEquals(body.state, "succeeded");
  gate.resolve();
});

Deno.test("an operation fails with the engine's message, which clients without the token do not receive", async () => {
  const engine = engineOfThree();
  engine.onCall = () => {
    throw new AppError("engine-refused", "Container is not running: secret-of-the-engine");
  };
  await using it = await serveStacks({ engine });
  await using stranger = new TestClient(it.server.url, "/stacks?detail=full");
  await stranger.frame("the greeting", ({ message }) => message !== undefined);
  const { body } = await it.call("POST", `${SOLO}/pause?wait=1`);
  assertEquals([body.state, body.error], ["failed", "Container is not running: secret-of-the-engine"]);
  assertEquals(body.messages.at(-1), `Error while pausing container "solo": ${body.error}`);
  const { data } = await stranger.frame("the failure", ({ type }) => type === "stack-error");
  assertEquals(data.message, 'Error while pausing container "solo": Sign in to see the details.');
});

Deno.test("POST /operations/{id}/cancel cancels the operation of a container", async () => {
  const engine = engineOfThree();
  engine.onCall = (_call, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  await using it = await serveStacks({ engine });
  const { body: { operation_id } } = await it.call("POST", `${SOLO}/stop`);
  const cancelled = await it.call("POST", `/operations/${operation_id}/cancel?wait=1`);
  assertEquals([cancelled.status, cancelled.body.state], [200, "cancelled"]);
  const again = await it.call("POST", `/operations/${operation_id}/cancel`);
  assertEquals([again.status, again.body.detail], [
    409,
    'Cannot cancel operation "1": it has ended (cancelled)',
  ]);
  assertEquals((await it.call("POST", "/operations/99/cancel")).status, 404);
});

Deno.test("DELETE refuses a running container, and force=1 removes it", async () => {
  const engine = engineOfThree();
  await using it = await serveStacks({ engine });
  const { status, body } = await it.call("DELETE", SOLO);
  assertEquals([status, changes(engine)], [409, []]);
  assertEquals(
    body.detail,
    'Cannot remove container "solo": it is running. Stop it first, or remove it with force=1',
  );
  assertEquals((await it.call("DELETE", `${SOLO}?force=1&volumes=1&wait=1`)).body.state, "succeeded");
  assertEquals(changes(engine), [`DELETE /containers/${idOf("solo")}?v=1&force=1`]);
});

Deno.test("the removal of a container is a status, never the removal of a stack", async () => {
  await using it = await serveStacks({ engine: engineOfThree() });
  await using client = await watch(it.server.url, "?since=0");
  await it.call("DELETE", "/containers/Localhost/job?wait=1");
  await client.frame("the end", ({ data }) => data?.status === "removed");
  assert(client.frames.every(({ type }) => type !== "stack-removed"));
});

Deno.test("DELETE with dryRun=1 lists a running container and changes nothing", async () => {
  const engine = engineOfThree();
  await using it = await serveStacks({ engine });
  const { status, body } = await it.call("DELETE", `${SOLO}?dryRun=1`);
  assertEquals([status, body.containers, changes(engine)], [200, ["solo"], []]);
  assertEquals((await it.call("GET", "/operations")).body, []);
});

Deno.test("GET returns details, with secrets masked unless they are requested", async () => {
  await using it = await serveStacks({ engine: engineOfThree() });
  const { status, body } = await it.call("GET", SOLO);
  assertEquals(status, 200);
  assert(v.is(ContainerDetails, body), JSON.stringify(body));
  assert(!JSON.stringify(body).includes("hunter2"));
  assert(JSON.stringify((await it.call("GET", `${SOLO}?secrets=1`)).body).includes("hunter2"));
});

Deno.test("GET needs the token, also on this machine", async () => {
  await using it = await serveStacks({ engine: engineOfThree() });
  const answer = await fetch(it.server.url + SOLO);
  assertEquals([answer.status, (await answer.json()).status], [401, 401]);
});

Deno.test("GET answers 502 with the engine's message, and 404 for a container that is just gone", async () => {
  const engine = engineOfThree();
  await using it = await serveStacks({ engine });
  for (const [code, status] of [["engine-refused", 502], ["not-found", 404]] as const) {
    engine.onCall = () => {
      throw new AppError(code, "the engine's message");
    };
    const answer = await it.call("GET", SOLO);
    assertEquals([answer.status, answer.body.detail], [status, "the engine's message"]);
  }
});

Deno.test("the details of a container whose image is gone have no digest", async () => {
  const engine = engineOfThree();
  engine.onCall = ({ path }) => {
    if (path.startsWith("/images/")) throw new AppError("not-found", "No such image");
    return fakeInspection("solo");
  };
  await using it = await serveStacks({ engine });
  const { status, body } = await it.call("GET", SOLO);
  assertEquals([status, body.imageDigest], [200, null]);
});

Deno.test("an unknown host or container is 404, and a host that is down 503", async () => {
  const engine = engineOfThree();
  await using it = await serveStacks({ engine });
  assertEquals((await it.call("GET", "/containers/moon/solo")).status, 404);
  assertEquals((await it.call("POST", "/containers/Localhost/none/stop")).status, 404);
  engine.goDown("connect ENOENT");
  const answer = await waitForStatus(() => it.call("POST", `${SOLO}/stop`), 503);
  assertEquals(answer.body.detail, 'Host "Localhost" cannot be read now');
});

async function waitForStatus<T extends { readonly status: number }>(ask: () => Promise<T>, status: number) {
  for (;;) {
    const answer = await ask();
    if (answer.status === status) return answer;
  }
}

Deno.test("--read-only refuses every change of a container, but not its details", async () => {
  const engine = engineOfThree();
  const { access } = testConfig([]);
  await using it = await serveStacks({ engine, changes: { access: { ...access, readOnly: true } } });
  const paths = [
    ...CONTAINER_COMMAND_NAMES.map((name) => ["POST", `${SOLO}/${name}`] as const),
    [
      "DELETE",
      `${SOLO}?dryRun=1`,
    ] as const,
    ["PATCH", SOLO] as const,
  ];
  for (const [method, path] of paths) assertEquals((await it.call(method, path)).status, 403, path);
  assertEquals([(await it.call("GET", SOLO)).status, changes(engine)], [200, []]);
});
