import * as v from "valibot";
import { DetailedStackEvent } from "../../../server/protocol/stack_events.ts";
import { assert, assertEquals, eventually } from "../../assert.ts";
import { FakeCompose } from "../../fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../../fakes/engine.ts";
import { serveStacks, watch } from "../client.ts";

const WARNING = 'The "TOKEN" variable is not set. Defaulting to a blank string.';
const LINES = [
  { level: "warning", msg: WARNING },
  { level: "warning", msg: WARNING },
  { id: "Image shop/web:1", status: "Working", text: "Pulling" },
  ...[10, 12, 14, 50, 52, 90].map((current) => ({
    ...{ id: "7db2133dafb9", parent_id: "Image shop/web:1", status: "Working", text: "Downloading" },
    ...{ current, total: 100 },
  })),
  { id: "Image shop/web:1", status: "Done", text: "Pulled" },
  { id: "Network web_default", status: "Warning", text: "Resource is still in use" },
].map((line) => JSON.stringify(line));
/** Keys of each type without options. */
const KEYS: Record<string, string[]> = {
  "stack-status": ["stack_id", "status", "message"],
  "stack-progress": ["stack_id", "action", "message", "timestamp"],
  "stack-error": ["stack_id", "action", "message", "timestamp"],
  "stack-removed": ["stack_id", "message"],
};

function composeWriting(lines: readonly string[]): FakeCompose {
  const compose = new FakeCompose();
  compose.work = (write) => {
    lines.forEach(write);
    return Promise.resolve({ code: 0, error: undefined });
  };
  return compose;
}

Deno.test("sends exactly the basic keys without options", async () => {
  const compose = composeWriting(LINES);
  await using it = await serveStacks({ compose });
  await using client = await watch(it.server.url);
  const id = await it.create("web");
  await client.frame("the deployment", ({ data }) => data?.status === "deployed");
  compose.work = () => Promise.resolve({ code: 1, error: "no" });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  compose.work = () => Promise.resolve({ code: 0, error: undefined });
  await it.call("DELETE", `/stacks/${id}?wait=1`);
  await client.frame("the removal", ({ type }) => type === "stack-removed");
  const events = client.frames.slice(1);
  for (const event of events) {
    assertEquals(Object.keys(event), ["type", "data"]);
    assertEquals(Object.keys(event.data), KEYS[event.type]);
  }
  assertEquals(new Set(events.map(({ type }) => type)).size, 4);
  const messages = events.filter(({ type }) => type === "stack-progress").map(({ data }) => data.message);
  assertEquals(messages, [
    WARNING,
    "Pulling image shop/web:1",
    "Pulling shop/web:1: 10 %",
    "Pulling shop/web:1: 50 %",
    "Pulling shop/web:1: 90 %",
    "Pulled image shop/web:1",
    "network web_default: Resource is still in use",
  ]);
});

Deno.test("sends the structure with detail=full, and replays it with since", async () => {
  await using it = await serveStacks({ compose: composeWriting(LINES) });
  await using live = await watch(it.server.url, "?detail=full");
  const id = await it.create("web");
  await live.frame("the deployment", ({ data }) => data?.status === "deployed");
  await using replayed = await watch(it.server.url, "?detail=full&since=0");
  await replayed.frame("the deployment", ({ data }) => data?.status === "deployed");
  assertEquals(replayed.frames.slice(1).map(({ type, data }) => ({ type, data })), live.frames.slice(1));
  const events = live.frames.slice(1);
  for (const event of events) assert(v.is(DetailedStackEvent, event), JSON.stringify(event));
  const { timestamp: _, ...layer } = events.find(({ data }) => data.resource?.kind === "layer").data;
  assertEquals(layer, {
    ...{ stack_id: id, host_id: "Localhost", project: "web", operation_id: 1 },
    target: { kind: "stack", name: "web", id: String(id) },
    ...{ action: "deploying", message: "Downloading 7db2133dafb9" },
    resource: { kind: "layer", name: "7db2133dafb9", parent: "shop/web:1" },
    ...{ state: "working", verb: "Downloading", percent: 10, current: 10, total: 100 },
  });
  const percents = events.filter(({ data }) => data.resource?.kind === "layer").map(({ data }) =>
    data.percent
  );
  assertEquals(percents, [10, 50, 90]);
  assertEquals(events.at(-1).data.stack_state, "running");
});

Deno.test("stores each warning once with its operation", async () => {
  await using it = await serveStacks({ compose: composeWriting(LINES) });
  await it.create("web");
  await eventually("the end", async () => (await it.call("GET", "/operations/1")).body.state === "succeeded");
  const { body } = await it.call("GET", "/operations/1");
  assertEquals(body.warnings, [WARNING, "network web_default: Resource is still in use"]);
  assert(body.events.every((event: unknown) => v.is(DetailedStackEvent, event)));
  assertEquals(body.events.map(({ data }: { data: { message: string } }) => data.message), body.messages);
});

Deno.test("keeps notes with the operation, without secrets and out of the log", async () => {
  const compose = composeWriting([
    "compiling with s3cr3t-value",
    '{"level":"info","msg":"a note of a plugin"}',
  ]);
  await using it = await serveStacks({ compose });
  await it.create("web", { env: "PASS=s3cr3t-value\n" });
  await eventually("the end", async () => (await it.call("GET", "/operations/1")).body.state === "succeeded");
  const { body } = await it.call("GET", "/operations/1/output");
  assertEquals(body.output, ["compiling with [redacted]", "a note of a plugin"]);
  const log = JSON.stringify((await it.call("GET", "/logs?level=DEBUG")).body);
  assert(!log.includes("a note of a plugin") && !log.includes("compiling"), log);
});

/** Prints a line of a step of a build in each run. */
class BuildingCompose extends FakeCompose {
  override run(...args: Parameters<FakeCompose["run"]>): ReturnType<FakeCompose["run"]> {
    args[2]({ kind: "output", message: "s3cr3t-value", step: "[1/1] RUN echo s3cr3t-value" });
    args[2]({ kind: "output", message: "of no step" });
    return super.run(...args);
  }
}

Deno.test("lists what each step of a build printed, without secrets, and only with the token", async () => {
  await using it = await serveStacks({ compose: new BuildingCompose() });
  await it.create("web", { env: "PASS=s3cr3t-value\n" });
  await eventually("the end", async () => (await it.call("GET", "/operations/1")).body.state === "succeeded");
  assertEquals((await it.call("GET", "/operations/1/output")).body, {
    output: ["[redacted]", "of no step"],
    steps: [{ name: "[1/1] RUN echo [redacted]", lines: ["[redacted]"] }],
  });
  const refused = await fetch(`${it.server.url}/operations/1/output`);
  await refused.body?.cancel();
  assertEquals(refused.status, 401);
});

Deno.test("keeps the reason of a failure out of the log", async () => {
  const compose = new FakeCompose();
  compose.work = () => Promise.resolve({ code: 1, error: "a reason of Compose" });
  await using it = await serveStacks({ compose });
  await it.create("web");
  await eventually("the end", async () => (await it.call("GET", "/operations/1")).body.state === "failed");
  assert(!JSON.stringify((await it.call("GET", "/logs?level=DEBUG")).body).includes("a reason of Compose"));
});

Deno.test("hides events of other projects from clients without options", async () => {
  const engine = new FakeEngine(fakeContainer("shop-web-1", { project: "shop", service: "web" }));
  await using it = await serveStacks({ engine, compose: composeWriting([]) });
  await using plain = await watch(it.server.url);
  await using detailed = await watch(it.server.url, "?detail=full");
  await it.call("POST", "/projects/Localhost/shop/stop?wait=1");
  const { data } = await detailed.frame("the stop", ({ data }) => data?.status === "stopped");
  assertEquals([data.stack_id, data.project, data.target], [null, "shop", {
    kind: "stack",
    name: "shop",
    id: null,
  }]);
  await it.create("web");
  await plain.frame("the deployment", ({ data }) => data?.status === "deployed");
  assert(plain.frames.slice(1).every(({ data }) => typeof data.stack_id === "number"));
});

Deno.test("treats names such as __proto__ as data", async () => {
  const lines = [
    '{"id":"Container __proto__","status":"Working","text":"Creating"}',
    '{"id":"constructor","parent_id":"__proto__","status":"Working","text":"Downloading","current":5,"total":10}',
    '{"__proto__":{"id":"Container a"},"error":true}',
  ];
  await using it = await serveStacks({ compose: composeWriting(lines) });
  await using client = await watch(it.server.url, "?detail=full");
  await it.create("web");
  await client.frame("the deployment", ({ data }) => data?.status === "deployed");
  const resources = client.frames.map(({ data }) => data?.resource).filter((resource) => resource);
  assertEquals(resources, [
    { kind: "container", name: "__proto__", parent: null },
    { kind: "layer", name: "constructor", parent: "__proto__" },
  ]);
});
