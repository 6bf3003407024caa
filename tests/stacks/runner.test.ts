import { openDatabase } from "../../server/store/database.ts";
import { Journal } from "../../server/store/journal.ts";
import { assert, assertEquals, assertThrows, eventually } from "../assert.ts";
import { freshFolder, TestClient } from "../client.ts";
import { FakeCompose } from "../fakes/compose.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { COMPOSE, serveStacks, watch } from "./client.ts";
import { AppError } from "../../server/errors.ts";
import { Runner } from "../../server/stacks/runner.ts";
import type { Plan } from "../../server/stacks/running.ts";

/** Creates a Compose whose runs end when the test releases them or they are cancelled. */
function heldCompose() {
  const compose = new FakeCompose();
  const gate = Promise.withResolvers<void>();
  compose.work = async (write, _args, signal) => {
    write('{"id":"Network n","status":"Creating"}');
    write('{"id":"Network n","status":"Created"}');
    const cancelled = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    await Promise.race([gate.promise, cancelled]);
    return signal.aborted ? { code: 130, error: "canceled" } : { code: 0, error: undefined };
  };
  return { compose, release: () => gate.resolve() };
}

Deno.test("refuses a second operation on a stack and names the first", async () => {
  const { compose, release } = heldCompose();
  await using it = await serveStacks({ compose });
  const id = await it.create("web");
  for (
    const [method, path, body] of [["POST", "/deploy"], ["DELETE", ""], ["PUT", "", { env: "A=1" }]] as const
  ) {
    const answer = await it.call(method, `/stacks/${id}${path}`, body);
    assertEquals(answer.status, 409, path);
    assert(answer.body.detail.includes("operation 1 (deploying) has not ended"), answer.body.detail);
  }
  release();
  await eventually("the end", async () => (await it.call("GET", "/operations/1")).body.state === "succeeded");
});

Deno.test("runs 20 stacks within the parallel limit", async () => {
  const { compose, release } = heldCompose();
  await using it = await serveStacks({ compose, changes: { stacks: { parallel: 3, allowKeys: [] } } });
  await Promise.all(Array.from({ length: 20 }, (_, index) => it.create(`stack-${index}`)));
  await eventually("the first runs", () => compose.running === 3);
  release();
  await eventually("the last end", async () => {
    const operations = (await it.call("GET", "/operations")).body;
    return operations.length === 20 &&
      operations.every(({ state }: { state: string }) => state === "succeeded");
  });
  assertEquals(compose.maxRunning, 3);
});

Deno.test("cancels a running and a waiting operation", async () => {
  const { compose } = heldCompose();
  await using it = await serveStacks({ compose, changes: { stacks: { parallel: 1, allowKeys: [] } } });
  await using client = await watch(it.server.url);
  const running = await it.create("one");
  const waiting = await it.create("two");
  for (const id of [waiting, running]) {
    assertEquals((await it.call("POST", `/stacks/${id}/cancel?wait=1`)).body.state, "cancelled");
    const { data } = await client.frame(
      "the cancellation",
      ({ data }) => data?.stack_id === id && data.status === "cancelled",
    );
    assertEquals(data.message, "Deploying was cancelled");
  }
  assertEquals(compose.runs.map(({ project }) => project), ["one"]);
});

Deno.test("sends the newest event of each resource to a client that connects late", async () => {
  const { compose, release } = heldCompose();
  await using it = await serveStacks({ compose });
  const id = await it.create("web");
  await eventually("progress", () => compose.running === 1);
  await using late = await watch(it.server.url);
  await late.frame("the resource", ({ data }) => data?.message === "Created network n");
  assertEquals(late.frames.length, 2);
  release();
  await late.frame("the end", ({ data }) => data?.stack_id === id && data.status === "deployed");
});

Deno.test("continues an operation after its request and socket are gone", async () => {
  const { compose, release } = heldCompose();
  await using it = await serveStacks({ compose });
  const id = await it.create("web", { deploy: false });
  const gone = new AbortController();
  const response = fetch(`${it.server.url}/stacks/${id}/deploy?wait=1`, {
    method: "POST",
    headers: { authorization: "Bearer a-token-for-tests-only" },
    signal: gone.signal,
  }).catch(() => {});
  await eventually("the run", () => compose.running === 1);
  gone.abort();
  await response;
  release();
  await eventually("the end", async () => (await it.call("GET", "/operations/1")).body.state === "succeeded");
});

Deno.test("replays the interruption by a shutdown after the next start", async () => {
  const data = freshFolder();
  {
    const { compose } = heldCompose();
    await using it = await serveStacks({ compose, changes: { data } });
    await it.create("web");
    await eventually("the run", () => compose.running === 1);
  }
  await using it = await serveStacks({ changes: { data } });
  assertEquals((await it.call("GET", "/operations/1")).body.state, "interrupted");
  await using client = await watch(it.server.url, "?since=0");
  const { data: event } = await client.frame("the error", ({ type }) => type === "stack-error");
  assert(event.message.includes('Error while deploying stack "1": interrupted'), event.message);
});

Deno.test("leaves the operations of another server on the same data folder alone", async () => {
  const data = freshFolder();
  await Deno.mkdir(data, { recursive: true });
  using _other = Deno.listen({ transport: "unix", path: `${data}/compose-1.sock` });
  using database = openDatabase(`${data}/dockstat.db`);
  const operation = new Journal(database).begin({
    stackId: null,
    hostId: "Localhost",
    project: "shop",
    target: { kind: "stack", name: "shop", id: null },
    action: "stopping",
  });
  await using it = await serveStacks({ changes: { data } });
  const { body } = await it.call("GET", `/operations/${operation.operation_id}`);
  assertEquals(body.state, operation.state);
});

Deno.test("delivers every event once to 50 clients that reconnect with since", async () => {
  const names = Array.from({ length: 20 }, (_, index) => `stack-${index}`);
  const [compose, engine] = [new FakeCompose(), new FakeEngine()];
  compose.work = async (write, _args, _signal, project) => {
    // The container runs, so that the watcher sends no events.
    engine.put(fakeContainer(project, { project, service: "web" }));
    for (let step = 0; step < 5; step++) {
      write(JSON.stringify({ id: `Container c-${step}`, status: "Started" }));
      // Clients read between the steps, since each step waits for a response of the server.
      await (await fetch(`${it.server.url}/healthz`)).body?.cancel();
    }
    return { code: 0, error: undefined };
  };
  // Enough slots for all: a waiting operation would send another event.
  await using it = await serveStacks({
    compose,
    engine,
    changes: { stacks: { parallel: 20, allowKeys: [] } },
  });
  const expected = 20 * 7;
  const follow = async (eventsPerConnection: number) => {
    const seen: { seq: number }[] = [];
    while (seen.length < expected) {
      await using client = new TestClient(it.server.url, `/stacks?since=${seen.at(-1)?.seq ?? 0}`);
      // Some clients disconnect after a few events and reconnect.
      const enough = Math.min(expected - seen.length, eventsPerConnection);
      await eventually("events", () => client.frames.length > enough);
      seen.push(...client.frames.slice(1).filter(({ seq }) => seq > (seen.at(-1)?.seq ?? 0)));
    }
    return seen;
  };
  const clients = Array.from({ length: 50 }, (_, index) => follow(3 + index % 40));
  await Promise.all(names.map((name) => it.create(name)));
  const lists = await Promise.all(clients);
  const [first] = lists;
  assertEquals(first!.map(({ seq }) => seq), Array.from({ length: expected }, (_, index) => index + 1));
  for (const list of lists) assertEquals(list, first);
});

Deno.test("filters events by stack_id", async () => {
  await using it = await serveStacks();
  await it.create("one");
  await it.create("two");
  await using client = await watch(it.server.url, "?stack_id=2&since=0");
  await client.frame("the deployment", ({ data }) => data?.status === "deployed");
  assert(client.frames.slice(1).every(({ data, seq }) => data.stack_id === 2 && seq > 0));
});

Deno.test("changes the status of a stack when its containers change outside an operation", async () => {
  const web = fakeContainer("web-1", { project: "web", service: "web" });
  const [compose, engine] = [new FakeCompose(), new FakeEngine()];
  compose.work = () => {
    engine.put(web);
    return Promise.resolve({ code: 0, error: undefined });
  };
  await using it = await serveStacks({ compose, engine });
  await using client = await watch(it.server.url);
  const id = await it.create("web");
  await client.frame("the deployment", ({ data }) => data?.status === "deployed");
  engine.put({ ...web, state: "exited", exitCode: 137, finishedAt: 1, outOfMemory: true }, "die");
  const exited = await client.frame("the end", ({ data }) => data?.status === "exited");
  assertEquals(exited.data.message, 'Service "web" has exited with code 137 (out of memory)');
  assertEquals((await it.call("GET", `/stacks/${id}`)).body.status, "degraded");
  engine.put(web);
  await client.frame("the return", ({ data }) => data?.status === "running");
});

Deno.test("keeps values of an env text out of events and answers", async () => {
  const compose = new FakeCompose();
  compose.work = () => Promise.resolve({ code: 1, error: "cannot log in with s3cr3t-value" });
  await using it = await serveStacks({ compose });
  await using client = await watch(it.server.url);
  const { status } = await it.call("POST", "/stacks", {
    name: "web",
    compose: COMPOSE,
    env: "PASS=s3cr3t-value\n",
  });
  assertEquals(status, 201);
  await client.frame("the error", ({ type }) => type === "stack-error");
  const output = JSON.stringify([
    client.frames,
    (await it.call("GET", "/operations/1")).body,
    (await it.call("GET", "/logs")).body,
  ]);
  assert(!output.includes("s3cr3t-value"), output);
});

Deno.test("refuses to create a stack over a project of the same name", async () => {
  const engine = new FakeEngine(fakeContainer("shop-web-1", { project: "shop", service: "web" }));
  await using it = await serveStacks({ engine });
  await eventually("the host", async () => (await it.call("GET", "/docker/hosts")).body[0].state === "up");
  const { status, body } = await it.call("POST", "/stacks", { name: "shop", compose: COMPOSE });
  assertEquals(status, 409);
  assert(body.detail.includes("adopt it"), body.detail);
});

Deno.test("a project that is locked for an update accepts only the operation of its lock", async () => {
  using database = openDatabase(":memory:");
  const states = { refresh: async () => {}, of: () => "running" as const, checkMayChange: () => {} };
  await using runner = new Runner(states, new Journal(database), 4);
  const plan = (command: string): Plan => ({
    ...{ command, action: "starting", stackId: 7, hostId: "Localhost", project: "kept" },
    target: { kind: "stack", name: "kept", id: "7" },
    hide: (text) => text,
    work: () => Promise.resolve({ code: 0, error: undefined }),
    success: { status: "started", message: "Stack started successfully" },
  });
  {
    using hold = runner.lock("change", "Localhost", "kept", 7);
    const busy = (verb: string) => `Cannot ${verb} stack "7": its files are being written. Try again`;
    assertThrows(() => runner.begin(plan("start")), AppError, busy("start"));
    assertThrows(() => runner.lock("change", "Localhost", "kept", 7), AppError, busy("change"));
    await runner.begin(plan("deploy"), hold).done;
  }
  await runner.begin(plan("start")).done;
});
