import { assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { serveStacks } from "./client.ts";

/** A container of the stack "web" whose service the compose file does not start. */
const debug = fakeContainer("web-debug-1", { project: "web", service: "debug", number: 1 });

const DONE = { code: 0, error: undefined };

Deno.test("containers that a removal leaves are removed by the project's name", async () => {
  const engine = new FakeEngine();
  await using it = await serveStacks({ engine });
  const id = await it.create("web");
  await eventually("the end", async () => (await it.call("GET", `/stacks/${id}`)).body.operation === null);
  engine.put(debug);
  // With files Compose removes only what they name.
  it.compose.engine = undefined;
  it.compose.work = (_write, args, _signal, project, files) => {
    if (args.includes("down")) {
      if (files !== undefined) engine.destroy(`${project}-web-1`);
      else engine.destroy("web-debug-1");
    }
    return Promise.resolve(DONE);
  };
  const { body } = await it.call("DELETE", `/stacks/${id}?wait=1`);
  assertEquals(body.state, "succeeded");
  assertEquals(it.compose.runs.slice(-2).map(({ args }) => args), [
    ["--profile", "*", "down", "--remove-orphans"],
    ["down", "--remove-orphans"],
  ]);
});

Deno.test("containers that Compose does not see are stopped and removed by the engine", async () => {
  const engine = new FakeEngine();
  await using it = await serveStacks({ engine });
  const id = await it.create("web", { deploy: false });
  engine.put(debug);
  it.compose.engine = undefined;
  engine.onCall = ({ method }) => {
    if (method === "DELETE") engine.destroy("web-debug-1");
    return null;
  };
  const { body } = await it.call("DELETE", `/stacks/${id}?wait=1`);
  assertEquals([body.state, body.messages], ["succeeded", [
    "Stopping container web-debug-1",
    "Stopped container web-debug-1",
    "Removing container web-debug-1",
    "Removed container web-debug-1",
    "Stack removed successfully",
  ]]);
  const path = `/containers/${debug.id}`;
  const changes = engine.sent.filter(({ method }) => method !== "GET");
  assertEquals(changes.map(({ method, path }) => `${method} ${path}`), [
    `POST ${path}/stop`,
    `DELETE ${path}?v=0`,
  ]);
});

Deno.test("a removal that leaves a container fails, names it, and keeps the stack", async () => {
  const engine = new FakeEngine(debug);
  await using it = await serveStacks({ engine });
  engine.destroy("web-debug-1");
  await eventually("an empty host", async () => (await it.call("GET", "/stacks")).body.length === 0);
  const id = await it.create("web", { deploy: false });
  engine.put(debug);
  it.compose.engine = undefined;
  const { body } = await it.call("DELETE", `/stacks/${id}?wait=1`);
  assertEquals([body.state, body.error], ["failed", 'the project still has the container "web-debug-1"']);
  assertEquals((await it.call("GET", `/stacks/${id}`)).status, 200);
});

Deno.test("a stop that leaves a running container fails", async () => {
  const engine = new FakeEngine();
  await using it = await serveStacks({ engine });
  const id = await it.create("web", { deploy: false });
  engine.put(debug);
  it.compose.engine = undefined;
  const { body } = await it.call("POST", `/stacks/${id}/stop?wait=1`);
  assertEquals([body.state, body.error], ["failed", 'the project still runs the container "web-debug-1"']);
});

Deno.test("a stack whose files Compose rejects is stopped and removed by its name", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  it.compose.work = (_write, _args, _signal, _project, files) =>
    Promise.resolve(files === undefined ? DONE : { code: 15, error: "no such file" });
  const stopped = await it.call("POST", `/stacks/${id}/stop?wait=1`);
  assertEquals([stopped.body.state, stopped.body.warnings], ["succeeded", [
    "Compose cannot use the files of this project, so it finds the containers by name: no such file",
  ]]);
  const removed = await it.call("DELETE", `/stacks/${id}?wait=1`);
  assertEquals(removed.body.state, "succeeded");
  assertEquals(it.compose.runs.map(({ args }) => args.at(-1)), [
    "stop",
    "stop",
    "--remove-orphans",
    "--remove-orphans",
  ]);
});

Deno.test("a removal without an engine is not repeated, and says that the engine is not reachable", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  const error = "Cannot connect to the Docker daemon at unix:///none.";
  it.compose.work = () => Promise.resolve({ code: 1, error });
  const { body } = await it.call("DELETE", `/stacks/${id}?wait=1`);
  assertEquals([body.state, body.error, body.warnings], ["failed", "Docker daemon not reachable", []]);
  assertEquals(it.compose.runs.length, 1);
});

Deno.test("a deployment removes a service of the last one whose profile is off, and no other", async () => {
  const engine = new FakeEngine();
  await using it = await serveStacks({ engine });
  it.compose.services = ["debug", "web"];
  const id = await it.create("web", { deploy: false });
  await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  engine.put(fakeContainer("web-byhand-1", { project: "web", service: "byhand", number: 1 }));
  it.compose.services = ["web"];
  await it.call("PUT", `/stacks/${id}?wait=1`, { env: "# none", deploy: true });
  assertEquals(it.compose.runs.slice(-2).map(({ args }) => args), [
    ["up", "-d", "--remove-orphans"],
    ["rm", "--stop", "--force", "debug"],
  ]);
});

Deno.test("a restart of nothing fails", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  const { body } = await it.call("POST", `/stacks/${id}/restart?wait=1`);
  assertEquals([body.state, it.compose.runs], ["failed", []]);
  assertStringIncludes(body.error, "no container to restart");
});

Deno.test("a command on a service acts on it alone and names it in its events", async () => {
  await using it = await serveStacks();
  const id = await it.create("web");
  await eventually("the end", async () => (await it.call("GET", `/stacks/${id}`)).body.operation === null);
  const { body } = await it.call("POST", `/stacks/${id}/services/web/stop?wait=1`);
  assertEquals(body.target, { kind: "service", name: "web", id: null });
  assertEquals(body.messages.at(-1), 'Service "web" stopped successfully');
  assertEquals(it.compose.runs.at(-1)?.args, ["--profile", "*", "stop", "web"]);
});

Deno.test("a service that a stack does not have is not found", async () => {
  await using it = await serveStacks();
  const id = await it.create("web", { deploy: false });
  for (const name of ["db", "--all", "web%20db", "..%2fweb"]) {
    assertEquals(
      (await it.call("POST", `/stacks/${id}/services/${name}/stop`)).status === 404 || name.includes("%2f"),
      true,
      name,
    );
  }
  assertEquals(it.compose.runs, []);
});

Deno.test("values that are part of an image or container name stay readable", async () => {
  await using it = await serveStacks();
  it.compose.hidden = () => ({
    services: { web: { image: "busybox:1.29", container_name: "production-db" } },
  });
  it.compose.work = (write) => {
    write('{"id":"Container production-db","status":"Created"}');
    return Promise.resolve({ code: 1, error: "no busybox:1.29 with hunter2hunter2" });
  };
  const env = "TAG=1.29\nNODE_ENV=production\nPW=hunter2hunter2\n";
  const id = await it.create("web", { env, deploy: false });
  const { body } = await it.call("POST", `/stacks/${id}/deploy?wait=1`);
  assertEquals([body.error, body.messages[0]], [
    "no busybox:1.29 with [redacted]",
    "Created container production-db",
  ]);
});

Deno.test("a project that DockStat did not create is removed with its own event", async () => {
  const engine = new FakeEngine(fakeContainer("byhand-a-1", { project: "byhand", service: "a" }));
  await using it = await serveStacks({ engine });
  const { body } = await it.call("DELETE", "/projects/Localhost/byhand?wait=1&volumes=1");
  assertEquals([body.state, body.stack_id, body.messages], ["succeeded", null, [
    "Project removed successfully",
  ]]);
  assertEquals(it.compose.runs.at(-1)?.args, ["down", "--remove-orphans", "--volumes"]);
});

Deno.test("an update builds with the local base images when they cannot be pulled", async () => {
  await using it = await serveStacks();
  it.compose.hidden = () => ({ services: { web: { build: { context: "." } } } });
  const id = await it.create("web", { compose: "services: {web: {build: .}}", deploy: false });
  it.compose.work = (_write, args) =>
    Promise.resolve(args.includes("--pull") ? { code: 17, error: "no such host" } : DONE);
  const { body } = await it.call("POST", `/stacks/${id}/update?wait=1`);
  assertEquals([body.state, body.warnings], [
    "succeeded",
    ["The base images cannot be pulled, so the local ones are used: no such host"],
  ]);
  assertEquals(it.compose.runs.map(({ args }) => args), [
    ["pull", "--ignore-buildable"],
    ["build", "--pull", "web"],
    ["build", "web"],
    ["up", "-d", "--remove-orphans"],
  ]);
});
