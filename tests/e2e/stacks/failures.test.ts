/** Tests for failures of stacks on a real engine: reported with their reason, and recoverable. */
import { assert, assertEquals, assertMatch, assertStringIncludes, eventually } from "../../assert.ts";
import { freePort } from "../../free_port.ts";
import { freshFolder, TestClient, TOKEN } from "../../client.ts";
import { run, tryRun } from "../../../tools/engine/run.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { Relay } from "../../fakes/relay.ts";
import { QUICK } from "../../fakes/times.ts";
import { docker, IMAGE, realEngines, startContainer } from "../engines.ts";
import {
  act,
  call,
  create,
  projectName,
  serveStacks,
  service,
  services,
  startHidden,
  startRegistry,
  statesOf,
  up,
  WEB,
} from "../stacks.ts";

const [engine] = await realEngines();

/** Waits for the failure of a deployment, checks that it is reported once, and returns the reason. */
async function failure(client: TestClient, stackId: number): Promise<string> {
  const { data } = await client.frame("the failure", ({ type }) => type === "stack-error");
  assertEquals([data.stack_id, data.action], [stackId, "deploying"]);
  const prefix = `Error while deploying stack "${stackId}": `;
  assert(data.message.startsWith(prefix), data.message);
  assertEquals(client.frames.filter(({ type }) => type === "stack-error").length, 1);
  return data.message.slice(prefix.length);
}

Deno.test("a missing image fails with the engine's error, and another image deploys", async () => {
  await using project = projectName(engine);
  await using registry = await startRegistry();
  await using server = await serveStacks(engine);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const compose = services(WEB.replace(IMAGE, `${registry.address}/nowhere:1`));
  const stackId = await create(server, { name: project.name, compose });
  assertMatch(await failure(client, stackId), /nowhere:1.*(not found|unknown)/);
  assertEquals(await statesOf(engine, project.name), []);
  const changed = await call(server, "PUT", `/stacks/${stackId}`, { compose: services(WEB), deploy: true });
  assertEquals(changed.status, 200);
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  assertEquals(await statesOf(engine, project.name), ["running"]);
});

Deno.test("a used port causes a warning and the engine's error, and deploys once it is free", async () => {
  await using project = projectName(engine);
  const port = `127.0.0.1:${freePort()}:80`;
  await using holder = await startContainer(engine, `${project.name}-holder`, ["-p", port]);
  await using server = await serveStacks(engine);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const compose = services(service("web", "exec sleep 1000", `ports: ["${port}"]`));
  const { status, body } = await call(server, "POST", "/stacks", { name: project.name, compose });
  assertEquals([status, body.warnings[0].path], [201, "compose.services.web.ports"]);
  assertStringIncludes(body.warnings[0].message, `is taken by container "${project.name}-holder"`);
  assertMatch(await failure(client, body.stack_id), /already (allocated|in use)/);
  await docker(engine, "rm", "-f", holder.id);
  assertEquals(await act(server, body.stack_id, "deploy"), "succeeded");
  assertEquals(await statesOf(engine, project.name), ["running"]);
});

Deno.test("a failed dependency is reported with the error of Compose, and can be fixed", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const depends = "depends_on: { first: { condition: service_completed_successfully } }";
  const web = service("web", "exec sleep 1000", depends);
  const compose = services(service("first", "exit 3"), web);
  const stackId = await create(server, { name: project.name, compose });
  assertStringIncludes(await failure(client, stackId), `didn't complete successfully: exit 3`);
  await client.frame("the exited containers", ({ data }) => data?.status === "exited");
  const fixed = services(service("first", "exit 0"), web);
  await call(server, "PUT", `/stacks/${stackId}`, { compose: fixed, deploy: true });
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  assertEquals((await statesOf(engine, project.name)).sort(), ["exited", "running"]);
});

Deno.test("an engine that stops during a deployment fails it, and deploys once it is back", async () => {
  await using project = projectName(engine);
  await using relay = new Relay(new URL(engine.url).pathname);
  relay.open();
  await using server = await serveStacks(relay, {}, { times: QUICK });
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const depends = "depends_on: { first: { condition: service_completed_successfully } }";
  const web = service("web", "exec sleep 1000", depends);
  const compose = services(service("first", "exec sleep 1000"), web);
  const stackId = await create(server, { name: project.name, compose });
  await client.frame("the first service", ({ data }) => /^Started container .*first/.test(data?.message));
  await relay.cut();
  assertMatch(await failure(client, stackId), /daemon|connect|EOF|docker\.sock/i);
  relay.open();
  await up(server);
  const fixed = services(service("first", "exit 0"), web);
  await call(server, "PUT", `/stacks/${stackId}`, { compose: fixed, deploy: true });
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  assertEquals((await statesOf(engine, project.name)).sort(), ["exited", "running"]);
});

Deno.test("a deployment without an engine fails and says that the daemon is not reachable", async () => {
  await using project = projectName(engine);
  await using relay = new Relay(new URL(engine.url).pathname);
  relay.open();
  await using server = await serveStacks(relay, {}, { times: QUICK });
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  await relay.cut();
  const stackId = await create(server, { name: project.name, compose: services(WEB) });
  assertEquals(await failure(client, stackId), "Docker daemon not reachable");
  relay.open();
  await up(server);
  assertEquals(await act(server, stackId, "deploy"), "succeeded");
});

/** Mounts a data folder of one mebibyte; `undefined` without the right to mount. */
async function smallDisk(): Promise<({ readonly path: string } & AsyncDisposable) | undefined> {
  const path = freshFolder();
  await Deno.mkdir(path, { recursive: true });
  if (await tryRun("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path]) === undefined) return undefined;
  return {
    path,
    async [Symbol.asyncDispose]() {
      await run("umount", [path]);
    },
  };
}

async function fill(path: string): Promise<void> {
  for (const size of [64 * 1024, 4096]) {
    using file = await Deno.open(path, { create: true, append: true });
    const chunk = new Uint8Array(size);
    while (await file.write(chunk).then((count) => count === size, () => false));
  }
}

Deno.test("a full disk refuses a stack, keeps nothing of it, and accepts it once there is space", async () => {
  await using disk = await smallDisk();
  if (disk === undefined) return;
  await using project = projectName(engine);
  await using server = await serveStacks(engine, { data: disk.path });
  const stored = () => [...Deno.readDirSync(`${disk.path}/stacks`)].length;
  await fill(`${disk.path}/filler`);
  // Too long for the free pages of the database.
  const compose = `${services(WEB)}# ${"x".repeat(64 * 1024)}\n`;
  const stack = { name: project.name, compose };
  const { status, body } = await call(server, "POST", "/stacks", stack);
  assertEquals(status, 507);
  assertMatch(body.detail, /no space|ENOSPC|full/i);
  assertEquals([stored(), (await listed(server, project.name)).length], [0, 0]);
  assertEquals(await statesOf(engine, project.name), []);
  await Deno.remove(`${disk.path}/filler`);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  await create(server, stack);
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  assertEquals([stored(), (await listed(server, project.name)).length], [1, 1]);
});

Deno.test("a full disk keeps the old texts and reports pending events once there is space", async () => {
  await using disk = await smallDisk();
  if (disk === undefined) return;
  await using project = projectName(engine);
  await using server = await serveStacks(engine, { data: disk.path });
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const depends = "depends_on: { first: { condition: service_completed_successfully } }";
  const first = service("first", "while ! test -e /go; do sleep 0.1; done");
  const compose = services(first, service("web", "exec sleep 1000", depends));
  const stackId = await create(server, { name: project.name, compose });
  await client.frame("the first service", ({ data }) => /^Started container .*first/.test(data?.message));
  await fill(`${disk.path}/filler`);
  await docker(engine, "exec", `${project.name}-first-1`, "sh", "-c", "echo > /go");
  await eventually(
    "the container",
    async () => (await statesOf(engine, project.name)).sort().join() === "exited,running",
  );
  await eventually("the end", async () => {
    const { operation } = (await call(server, "GET", `/stacks/${stackId}`)).body;
    return operation === null;
  });
  const change = { compose: `${compose}# ${"x".repeat(64 * 1024)}\n` };
  assertEquals((await call(server, "PUT", `/stacks/${stackId}`, change)).status, 507);
  assertEquals((await call(server, "GET", `/stacks/${stackId}/compose`)).body.compose, compose);
  await Deno.remove(`${disk.path}/filler`);
  const { data } = await client.frame("the end", ({ data }) => data?.status === "deployed");
  assertEquals(data.message, "Stack deployed successfully");
  assertEquals((await call(server, "GET", `/operations?stack_id=${stackId}`)).body[0].state, "succeeded");
  assertEquals(await act(server, stackId, "stop"), "succeeded");
});

async function listed(server: { readonly url: string }, name: string) {
  const { body } = await call(server, "GET", "/stacks");
  return body.filter((stack: { name: string }) => stack.name === name);
}

Deno.test("a missing or too old Compose is reported, and a new one is used once installed", async () => {
  using folder = temporaryFolder({ "bin/docker-compose": "#!/bin/sh\necho 1.29.2\n" });
  const program = folder.path("bin/docker-compose");
  await Deno.chmod(program, 0o755);
  await using project = projectName(engine);
  await using hidden = await startHidden({ PATH: folder.path("bin"), HOME: folder.path("") });
  if (hidden === undefined) return;
  const stack = { name: project.name, compose: services(WEB) };
  const old = await call(hidden, "POST", "/stacks", stack);
  assertEquals(old.status, 503);
  assertStringIncludes(old.body.detail, "Compose 1.29.2 is too old, 2.20 or newer is required");
  await Deno.remove(program);
  const missing = await call(hidden, "POST", "/stacks", stack);
  assertEquals(missing.status, 503);
  assertStringIncludes(missing.body.detail, "Compose 2.20 or newer is not installed");
  assertEquals(await listed(hidden, project.name), []);
  await Deno.copyFile(hidden.compose, program);
  await Deno.chmod(program, 0o755);
  await using client = new TestClient(hidden.url, "/stacks?since=0", TOKEN);
  await create(hidden, stack);
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  assertEquals(await eventually("the container", () => statesOf(engine, project.name)), ["running"]);
});
