/** Tests for projects of other tools, and for stacks whose containers change on their own, on a real engine. */
import { assert, assertEquals, assertLess, assertMatch, eventually } from "../assert.ts";
import { TestClient, TOKEN } from "../client.ts";
import { run } from "../../tools/engine/run.ts";
import { temporaryFolder } from "../fakes/folder.ts";
import { docker, realEngines } from "./engines.ts";
import { act, call, create, projectName, serveStacks, service, services, statesOf, WEB } from "./stacks.ts";

const [engine] = await realEngines();

/** Limit of the delay from an event of the engine to the change of the stack, ms; shorter than any polling. */
const MAX_DELAY_MS = 20_000;

/** Creates a folder with a project, and starts the project with Compose. */
async function startProject(name: string) {
  const compose = `# comment\r\n${
    services(service("web", "cat /kept/note; exec sleep 1000", "volumes: [./kept:/kept]", "labels: [a=$A]"))
  }`;
  const env = "# ours\nA='one two'";
  const folder = temporaryFolder({ "compose.yaml": compose, ".env": env, "kept/note": "kept\n" });
  await run("docker", ["-H", engine.url, "compose", "-p", name, "up", "-d"], { cwd: folder.path("") });
  return { compose, env, folder };
}

async function listed(server: { readonly url: string }, name: string) {
  const { body } = await call(server, "GET", "/stacks");
  return body.find((stack: { name: string }) => stack.name === name);
}

Deno.test("a project of another tool is listed as unmanaged, and can be stopped and started", async () => {
  await using project = projectName(engine);
  const { name } = project;
  const { folder } = await startProject(name);
  using _folder = folder;
  await using server = await serveStacks(engine);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const { services: [web], ...rest } = await eventually("the project", () => listed(server, name));
  const unmanaged = { stack_id: null, managed: false, operation: null, last_operation: null };
  const never = { pending_changes: false, created_at: null, updated_at: null };
  assertEquals(rest, { ...unmanaged, ...never, name, hostId: "Localhost", status: "running" });
  assertEquals([web.name, web.state], ["web", "running"]);
  for (const [what, status, state] of [["stop", "stopped", "exited"], ["start", "started", "running"]]) {
    const { status: code, body } = await call(server, "POST", `/projects/Localhost/${name}/${what}`);
    assertEquals([code, body.stack_id, body.project], [202, null, name]);
    const { data } = await client.frame(status!, ({ data }) => data?.status === status);
    assertEquals(data, { stack_id: null, project: name, status, message: `Project ${status} successfully` });
    assertEquals(await statesOf(engine, name), [state]);
    await eventually(
      "the status",
      async () => (await listed(server, name)).status === (state === "exited" ? "stopped" : state),
    );
  }
  const progress = client.frames.filter(({ type }) => type === "stack-progress").map(({ data }) => data);
  assert(
    progress.length > 0 && progress.every(({ stack_id, project }) => stack_id === null && project === name),
  );
});

Deno.test("a project of another tool is adopted unchanged, and deployed in its folder", async () => {
  await using project = projectName(engine);
  const { name } = project;
  const { compose, env, folder } = await startProject(name);
  using _folder = folder;
  await using server = await serveStacks(engine);
  await eventually("the project", () => listed(server, name));
  const inspect = (format: string) => docker(engine, "inspect", "--format", format, `${name}-web-1`);
  const before = await inspect("{{.Id}} {{.State.StartedAt}}");
  const adopted = await call(server, "POST", "/stacks/adopt", { project: name, hostId: "Localhost" });
  assertEquals([adopted.status, adopted.body.managed, adopted.body.status], [201, true, "running"]);
  const { stack_id: id } = adopted.body;
  assertEquals(await inspect("{{.Id}} {{.State.StartedAt}}"), before);
  assertEquals((await call(server, "GET", `/stacks/${id}/compose`)).body, { compose, env });
  const all = (await call(server, "GET", "/stacks")).body.filter((stack: { name: string }) =>
    stack.name === name
  );
  assertEquals(all.length, 1);
  // A change of the env text recreates the container.
  assertEquals((await call(server, "PUT", `/stacks/${id}`, { env: "A='three four'" })).status, 200);
  assertEquals(await act(server, id, "deploy"), "succeeded");
  assertEquals(await inspect('{{index .Config.Labels "a"}}'), "three four");
  assertEquals(await inspect("{{(index .Mounts 0).Source}}"), folder.path("kept"));
  assertEquals(await docker(engine, "logs", `${name}-web-1`), "kept");
  // The project's files are its source, so an update writes them.
  assertEquals(await Deno.readTextFile(folder.path(".env")), "A='three four'");
  assertEquals((await call(server, "DELETE", `/stacks/${id}?wait=1`)).body.state, "succeeded");
  assertEquals(await Deno.readTextFile(folder.path("compose.yaml")), compose);
});

/** Waits for a change of a stack, and checks its delay since the engine's event. */
async function change(client: TestClient, status: string, message: RegExp, when: () => Promise<string>) {
  const { data } = await client.frame(status, ({ data }) => data?.status === status);
  const delay = Date.now() - Date.parse(await when());
  assertMatch(data.message, message);
  assertLess(delay, MAX_DELAY_MS);
}

/** Script that waits until the test creates a file. */
const WAIT_FOR_FILE = "while ! test -e /go; do sleep 0.1; done;";

Deno.test("a killed container degrades its stack, and the last one makes it exited, without polling", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const compose = services(WEB, service("other", "exec sleep 1000"));
  await create(server, { name: project.name, compose });
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  const finishedAt = (name: string) => () =>
    docker(engine, "inspect", "--format", "{{.State.FinishedAt}}", `${project.name}-${name}-1`);
  await docker(engine, "kill", `${project.name}-other-1`);
  await change(client, "degraded", /^Service "other" has exited with code 137$/, finishedAt("other"));
  await docker(engine, "start", `${project.name}-other-1`);
  await client.frame("the recovery", ({ data }) => data?.status === "running");
  await docker(engine, "kill", `${project.name}-web-1`, `${project.name}-other-1`);
  await change(client, "exited", /exited with code 137/, finishedAt("web"));
});

Deno.test("a container that runs out of memory degrades its stack, with the reason", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const limits = ["mem_limit: 10m", "memswap_limit: 10m"];
  const compose = services(WEB, service("eater", `${WAIT_FOR_FILE} exec tail /dev/zero`, ...limits));
  await create(server, { name: project.name, compose });
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  await docker(engine, "exec", `${project.name}-eater-1`, "sh", "-c", "echo > /go");
  const finishedAt = () =>
    docker(engine, "inspect", "--format", "{{.State.FinishedAt}}", `${project.name}-eater-1`);
  await change(
    client,
    "degraded",
    /^Service "eater" has exited with code 137 \(out of memory\)$/,
    finishedAt,
  );
});

Deno.test("an unhealthy container degrades its stack until it is healthy", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const health =
    'healthcheck: { test: ["CMD", "busybox", "test", "!", "-e", "/sick"], interval: 1s, retries: 1 }';
  const compose = services(WEB, service("frail", "exec sleep 1000", health));
  await create(server, { name: project.name, compose });
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  const { name } = project;
  const since = new Date().toISOString();
  await docker(engine, "exec", `${name}-frail-1`, "sh", "-c", "echo > /sick");
  const filter = ["--filter", `container=${name}-frail-1`, "--filter", "event=health_status"];
  const unhealthyAt = async () => {
    const now = new Date().toISOString();
    const format = ["--format", "{{.TimeNano}} {{.Action}}"];
    const text = await docker(engine, "events", "--since", since, "--until", now, ...filter, ...format);
    const line = text.split("\n").find((line) => line.endsWith("unhealthy"))!;
    return new Date(Number(line.split(" ")[0]) / 1e6).toISOString();
  };
  await change(client, "degraded", /^Service "frail" is unhealthy$/, unhealthyAt);
  await docker(engine, "exec", `${name}-frail-1`, "busybox", "rm", "/sick");
  await client.frame("the recovery", ({ data }) => data?.status === "running");
});

Deno.test("a removed container degrades its stack, and the last one makes it exited", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  await using client = new TestClient(server.url, "/stacks?since=0", TOKEN);
  const compose = services(WEB, service("other", "exec sleep 1000"));
  await create(server, { name: project.name, compose });
  await client.frame("the end", ({ data }) => data?.status === "deployed");
  await docker(engine, "rm", "-f", `${project.name}-other-1`);
  await client.frame("the change", ({ data }) => data?.status === "degraded");
  await docker(engine, "rm", "-f", `${project.name}-web-1`);
  await client.frame("the end", ({ data }) => data?.status === "exited");
});
