import * as v from "valibot";
import { Problem } from "../../server/protocol/problem.ts";
import { OperationWithMessages } from "../../server/protocol/operations.ts";
import { Stack } from "../../server/protocol/stacks.ts";
import { StackEvent } from "../../server/protocol/stack_events.ts";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { COMPOSE, serveStacks, watch } from "../stacks/client.ts";

Deno.test("reports the life of a stack in the shapes of the protocol", async () => {
  const compose = new FakeCompose();
  compose.work = (write) => {
    write('{"id":"Network my_stack_default","status":"Creating"}');
    return Promise.resolve({ code: 0, error: undefined });
  };
  await using it = await serveStacks({ compose });
  await using client = await watch(it.server.url);
  const id = await it.create("my_stack");
  await client.frame("the deployment", ({ data }) => data?.status === "deployed");
  await it.call("DELETE", `/stacks/${id}?wait=1`);
  await client.frame("the removal", ({ type }) => type === "stack-removed");
  const events = client.frames.slice(1);
  for (const event of events) assert(v.is(StackEvent, event), JSON.stringify(event));
  const [pending, progress, deployed] = events;
  assertEquals(pending, {
    type: "stack-status",
    data: { stack_id: id, status: "pending", message: "Creating stack configuration" },
  });
  const { timestamp, ...data } = progress.data;
  assertEquals(data, { stack_id: id, action: "deploying", message: "Creating network my_stack_default" });
  assertEquals(new Date(timestamp).toISOString(), timestamp);
  assertEquals(deployed, {
    type: "stack-status",
    data: { stack_id: id, status: "deployed", message: "Stack deployed successfully" },
  });
  assertEquals(events.at(-1), {
    type: "stack-removed",
    data: { stack_id: id, message: "Stack removed successfully" },
  });
});

Deno.test("reports a failure with the error of Compose", async () => {
  const compose = new FakeCompose();
  compose.work = () => Promise.resolve({ code: 1, error: "Docker daemon not reachable" });
  await using it = await serveStacks({ compose });
  await using client = await watch(it.server.url);
  const id = await it.create("web");
  const { data } = await client.frame("the error", ({ type }) => type === "stack-error");
  const { timestamp: _, ...rest } = data;
  assertEquals(rest, {
    stack_id: id,
    action: "deploying",
    message: `Error while deploying stack "${id}": Docker daemon not reachable`,
  });
  const { body } = await it.call("GET", "/operations/1");
  assertEquals([body.state, body.exit_code, body.error], ["failed", 1, "Docker daemon not reachable"]);
});

Deno.test("runs Compose for each action and ends with its status", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  assertEquals(it.compose.runs, []);
  const pull = ["pull", "--ignore-buildable"];
  const runs: Record<string, [string[][], string]> = {
    deploy: [[["up", "-d", "--remove-orphans"]], "running"],
    stop: [[["--profile", "*", "stop"]], "stopped"],
    start: [[["start"]], "running"],
    restart: [[["restart"]], "running"],
    pull: [[pull], "running"],
    update: [[pull, ["up", "-d", "--remove-orphans"]], "running"],
  };
  for (const [command, [args, status]] of Object.entries(runs)) {
    it.compose.runs.length = 0;
    const { status: code, body } = await it.call("POST", `/stacks/${id}/${command}?wait=1`);
    assertEquals([code, body.state], [200, "succeeded"]);
    assertEquals(it.compose.runs.map((run) => run.args), args);
    assertEquals((await it.call("GET", `/stacks/${id}`)).body.status, status);
  }
  await it.call("DELETE", `/stacks/${id}?volumes=1&wait=1`);
  assertEquals(it.compose.runs.at(-1)?.args, ["--profile", "*", "down", "--remove-orphans", "--volumes"]);
  assertEquals((await it.call("GET", `/stacks/${id}`)).status, 404);
});

Deno.test("answers with the shapes of the contract", async () => {
  const engine = new FakeEngine(fakeContainer("other", { project: "byhand", service: "db" }));
  await using it = await serveStacks({ engine });
  const created = await it.call("POST", "/stacks", { name: "web", compose: COMPOSE, env: "A=1" });
  assertEquals([created.status, created.headers.get("location")], [201, "/stacks/1"]);
  const { warnings, ...stack } = created.body;
  assertEquals(warnings, []);
  assert(v.is(Stack, stack), JSON.stringify(stack));
  const started = await it.call("POST", "/stacks/1/stop?wait=0");
  if (started.status === 202) assertEquals(Object.keys(started.body), ["stack_id", "operation_id"]);
  const operation = (await it.call("GET", "/operations/1")).body;
  assert(v.is(OperationWithMessages, operation), JSON.stringify(operation));
  assertEquals((await it.call("GET", "/stacks/1/compose")).body, { compose: COMPOSE, env: "A=1" });
  const all = (await it.call("GET", "/stacks")).body;
  assertEquals(all.map(({ stack_id, name, managed }: Stack) => [stack_id, name, managed]), [
    [1, "web", true],
    [null, "byhand", false],
  ]);
  assert(all.every((one: unknown) => v.is(Stack, one)));
  assertEquals((await it.call("POST", "/stacks/validate", { compose: COMPOSE })).body, {
    valid: true,
    services: ["web"],
    warnings: [],
  });
});

const REFUSED: readonly (readonly [
  what: string,
  method: string,
  path: string,
  body: unknown,
  status: number,
  message: string,
])[] = [
  ["a name with capitals", "POST", "/stacks", { name: "Web", compose: COMPOSE }, 422, 'name: found "Web"'],
  ["a name with a path", "POST", "/stacks", { name: "../x", compose: COMPOSE }, 422, "lower-case letters"],
  ["a name too long", "POST", "/stacks", { name: "a".repeat(64), compose: COMPOSE }, 422, "63 at most"],
  ["no compose text", "POST", "/stacks", { name: "web" }, 422, "compose: missing"],
  ["an unknown key", "POST", "/stacks", { name: "web", compose: COMPOSE, x: 1 }, 422, "unknown key"],
  [
    "an unknown host",
    "POST",
    "/stacks",
    { name: "web", compose: COMPOSE, hostId: "moon" },
    422,
    'there is no host "moon"',
  ],
  ["broken YAML", "POST", "/stacks", { name: "web", compose: "services:\n  a: [" }, 422, "line 2"],
  [
    "a text instead of a mapping",
    "POST",
    "/stacks",
    { name: "web", compose: "hello" },
    422,
    "expected a mapping",
  ],
  [
    "a file outside the folder",
    "POST",
    "/stacks",
    { name: "web", compose: "services:\n  a:\n    image: x\n    env_file: ../../etc/passwd\n" },
    422,
    "line 4",
  ],
  [
    "an include outside the folder",
    "POST",
    "/stacks",
    { name: "web", compose: "include: [/etc/x.yaml]\nservices: {a: {image: x}}\n" },
    422,
    "line 1",
  ],
  [
    "a list that contains itself",
    "POST",
    "/stacks",
    { name: "web", compose: "services:\n  a: {image: x, env_file: &f [*f, /etc/passwd]}\n" },
    422,
    "/etc/passwd",
  ],
  ["an unpaired surrogate", "POST", "/stacks", '{"name":"web","compose":"\\ud800"}', 422, "well-formed"],
  ["invalid JSON", "POST", "/stacks", "{", 400, "not JSON"],
  ["an unknown option", "POST", "/stacks/1/deploy?now=1", undefined, 400, 'option "now"'],
  ["an unknown stack", "POST", "/stacks/7/deploy", undefined, 404, 'There is no stack "7"'],
  ["an id that is not a number", "GET", "/stacks/__proto__", undefined, 404, "There is no stack"],
  ["an id with separators", "GET", "/stacks/..%2f..%2fetc", undefined, 400, "encoded separators"],
  ["an unknown operation", "GET", "/operations/7", undefined, 404, 'There is no operation "7"'],
  ["nothing to cancel", "POST", "/stacks/1/cancel", undefined, 409, "no operation runs"],
  [
    "an unknown project",
    "POST",
    "/projects/Localhost/none/stop",
    undefined,
    404,
    'There is no project "none"',
  ],
  [
    "a project on an unknown host",
    "POST",
    "/projects/moon/none/stop",
    undefined,
    404,
    'There is no host "moon"',
  ],
  [
    "the adoption of an unknown project",
    "POST",
    "/stacks/adopt",
    { project: "none", hostId: "Localhost" },
    404,
    'There is no project "none"',
  ],
  ["another method", "PATCH", "/stacks/1", undefined, 405, "allowed are GET, HEAD, PUT and DELETE"],
  ["an option of the socket", "GET", "/stacks?since=x", undefined, 400, "option"],
];

Deno.test("refuses invalid requests with a problem, and stores nothing", async (t) => {
  await using it = await serveStacks();
  await it.create("taken", { deploy: false });
  for (const [what, method, path, body, status, message] of REFUSED) {
    await t.step(what, async () => {
      const answer = await it.call(method, path, body);
      assertEquals(answer.status, status, JSON.stringify(answer.body));
      assert(v.is(Problem, answer.body));
      assertStringIncludes(JSON.stringify(answer.body).replaceAll('\\"', '"'), message);
    });
  }
  assertEquals((await it.call("GET", "/stacks")).body.length, 1);
  assertEquals(it.compose.runs, []);
});

Deno.test("clients without the token may view stacks but not change them", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  const status = async (method: string, path: string) => {
    const response = await fetch(it.server.url + path, { method });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals(await status("GET", "/stacks"), 200);
  assertEquals(await status("GET", `/stacks/${id}`), 200);
  for (const [method, path] of [["GET", "compose"], ["POST", "deploy"], ["POST", "cancel"]] as const) {
    assertEquals(await status(method, `/stacks/${id}/${path}`), 401, path);
  }
  assertEquals(await status("DELETE", `/stacks/${id}`), 401);
  assertEquals(await status("POST", "/stacks/validate"), 401);
});
