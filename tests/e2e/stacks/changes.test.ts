/** Tests of changes that Compose does not make, or does not report, on a real engine. */
import { assert, assertEquals, assertStringIncludes, eventually } from "../../assert.ts";
import { freshFolder, TOKEN } from "../../client.ts";
import { run } from "../../../tools/engine/run.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { docker, IMAGE, realEngines } from "../engines.ts";
import {
  act,
  call,
  create,
  hasStatus,
  projectName,
  serveStacks,
  service,
  services,
  statesOf,
  WEB,
} from "../stacks.ts";

const [engine] = await realEngines();
const DEBUG = service("debug", "exec sleep 1000", "profiles: [debug]");

/** Sends a file of a stack and returns the status. */
async function put(
  server: { readonly url: string },
  id: number,
  path: string,
  text: string,
): Promise<number> {
  const response = await fetch(`${server.url}/stacks/${id}/files/${path}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: text,
  });
  await response.body?.cancel();
  return response.status;
}

/** Runs a command in a container of a project. */
async function inside(project: string, name: string, ...command: string[]): Promise<string> {
  return await docker(engine, "exec", `${project}-${name}-1`, "busybox", ...command);
}

Deno.test("a service whose profile is off now is removed by the next deployment", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const compose = services(WEB, DEBUG);
  const env = "COMPOSE_PROFILES=debug\n";
  const id = await create(server, { name: project.name, compose, env, deploy: false });
  await act(server, id, "deploy");
  assertEquals(await statesOf(engine, project.name), ["running", "running"]);
  await call(server, "PUT", `/stacks/${id}?wait=1`, { env: "# none\n", deploy: true });
  assertEquals(await statesOf(engine, project.name), ["running"]);
});

Deno.test("services of a profile that is off are stopped and removed with their stack", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const compose = services(WEB, DEBUG);
  const id = await create(server, {
    name: project.name,
    compose,
    env: "COMPOSE_PROFILES=debug\n",
    deploy: false,
  });
  await act(server, id, "deploy");
  assertEquals(await statesOf(engine, project.name), ["running", "running"]);
  await call(server, "PUT", `/stacks/${id}`, { env: "# none\n" });
  const { body } = await call(server, "GET", `/stacks/${id}`);
  assertEquals(body.services.map(({ name, wanted }: { name: string; wanted: number }) => [name, wanted]), [
    ["debug", 0],
    ["web", 1],
  ]);
  assertEquals(await act(server, id, "stop"), "succeeded");
  assertEquals(await statesOf(engine, project.name), ["exited", "exited"]);
  assertEquals((await call(server, "DELETE", `/stacks/${id}?wait=1`)).body.state, "succeeded");
  assertEquals(await statesOf(engine, project.name), []);
});

Deno.test("a stack with too few containers is degraded", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const compose = services(service("w", "exec sleep 1000", "deploy: { replicas: 3 }"));
  const id = await create(server, { name: project.name, compose, deploy: false });
  await act(server, id, "deploy");
  await hasStatus(server, id, "running");
  await docker(engine, "rm", "-f", `${project.name}-w-2`, `${project.name}-w-3`);
  await eventually("one container of three", async () => {
    const { body: { status, services: [{ replicas, wanted }] } } = await call(server, "GET", `/stacks/${id}`);
    return [status, replicas, wanted].join() === "degraded,1,3";
  });
});

Deno.test("the environment file of a project that is adopted applies, and changes are listed before a deployment", async () => {
  await using project = projectName(engine);
  const { name } = project;
  const web = service("web", "exec sleep 1000", 'environment: { PW: "${PW}", EXTRA: "${EXTRA}" }');
  using folder = temporaryFolder({ "compose.yaml": services(web), "prod.env": "PW=secret\nEXTRA=\n" });
  await run("docker", [
    ...["-H", engine.url, "compose", "-p", name, "--project-directory", folder.path("")],
    ...["-f", folder.path("compose.yaml"), "--env-file", folder.path("prod.env"), "up", "-d"],
  ]);
  await using server = await serveStacks(engine);
  await eventually("the project", async () => {
    const { body } = await call(server, "GET", "/stacks");
    return body.some((stack: { name: string }) => stack.name === name);
  });
  const { status, body } = await call(server, "POST", "/stacks/adopt", {
    project: name,
    hostId: "Localhost",
  });
  assertEquals([status, body.warnings, body.pending_changes], [201, [], false]);
  assertEquals(await act(server, body.stack_id, "deploy"), "succeeded");
  assertEquals(await inside(name, "web", "sh", "-c", 'echo "$PW"'), "secret");
  assertEquals((await call(server, "DELETE", `/stacks/${body.stack_id}?keep=1`)).body.state, "succeeded");
  Deno.writeTextFileSync(folder.path("prod.env"), "PW=\nEXTRA=\n");
  const again = await call(server, "POST", "/stacks/adopt", { project: name, hostId: "Localhost" });
  assertEquals(again.body.warnings, [
    { service: "web", message: "a deployment would recreate its container: environment (PW)" },
  ]);
  assertEquals([again.body.pending_changes, await statesOf(engine, name)], [true, ["running"]]);
});

Deno.test("changed configs are applied, and the files of a stack reach its containers", async () => {
  await using project = projectName(engine);
  const data = freshFolder();
  await using server = await serveStacks(engine, { data });
  const uses = ["env_file: app.env", "configs: [{ source: c, target: /c }, { source: f, target: /f }]"];
  const compose = `${services(service("web", "exec sleep 1000", ...uses, 'volumes: ["./html:/html:ro"]'))}` +
    "configs:\n  c: { content: 'pw=${PW}' }\n  f: { file: ./conf/f.ini }\n";
  const id = await create(server, { name: project.name, compose, env: "PW=old\n", deploy: false });
  for (const path of ["app.env", "conf/f.ini", "html/index.html"]) {
    assertEquals(await put(server, id, path, `FILE=${path}\n`), 201);
  }
  assertEquals(await act(server, id, "deploy"), "succeeded");
  const read = () => inside(project.name, "web", "sh", "-c", 'cat /c /f /html/index.html; echo "$FILE"');
  assertEquals(await read(), "pw=oldFILE=conf/f.ini\nFILE=html/index.html\napp.env");
  await put(server, id, "conf/f.ini", "FILE=new\n");
  await call(server, "PUT", `/stacks/${id}?wait=1`, { env: "PW=new\n", deploy: true });
  assertEquals(await read(), "pw=newFILE=new\nFILE=html/index.html\napp.env");
  assertEquals((await call(server, "DELETE", `/stacks/${id}?wait=1`)).body.kept, []);
});

Deno.test("a changed build is built by a deployment, and an update builds what no registry has", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const image = `localhost:5000/${project.name}:1`;
  const build = (text: string) => {
    // A step that an earlier run has left in the cache prints nothing.
    const lines = JSON.stringify(
      `FROM ${IMAGE}\nRUN ["busybox", "sh", "-c", ": ${project.name}; echo building; echo ${text} > /v"]\n`,
    );
    return `services: { web: { image: "${image}", command: [busybox, sleep, "1000"], build: { dockerfile_inline: ${lines} } } }`;
  };
  try {
    const id = await create(server, { name: project.name, compose: build("one"), deploy: false });
    assertEquals(await act(server, id, "deploy"), "succeeded");
    await call(server, "PUT", `/stacks/${id}?wait=1`, { compose: build("two"), deploy: true });
    assertEquals(await inside(project.name, "web", "cat", "/v"), "two");
    const [{ operation_id: built }] = (await call(server, "GET", `/operations?stack_id=${id}`)).body;
    const { steps } = (await call(server, "GET", `/operations/${built}/output`)).body;
    assertEquals(steps.map(({ lines }: { lines: readonly string[] }) => lines), [["building"]]);
    assertEquals(await act(server, id, "update"), "succeeded");
  } finally {
    await docker(engine, "rm", "-f", `${project.name}-web-1`);
    await docker(engine, "image", "rm", "-f", image);
  }
});

Deno.test("a volume that keeps its old settings, and an unset variable, are warnings of the operation", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const web = service("web", "exec sleep 1000", 'volumes: ["data:/d"]', 'environment: { A: "${NOT_SET}" }');
  const compose = (options: string) => `${services(web)}volumes: { data: ${options} }\n`;
  const id = await create(server, { name: project.name, compose: compose("{}"), deploy: false });
  await act(server, id, "deploy");
  const changed = compose("{ driver_opts: { type: tmpfs, device: tmpfs } }");
  const { body } = await call(server, "PUT", `/stacks/${id}?wait=1`, { compose: changed, deploy: true });
  assertEquals(body.operation.state, "succeeded");
  const all = body.operation.warnings.join("\n");
  assertStringIncludes(
    all,
    `volume ${project.name}_data: The volume exists with other settings and keeps them.`,
  );
  assertStringIncludes(all, 'The "NOT_SET" variable is not set');
  assert(
    body.warnings.some(({ line, message }: { line: number; message: string }) =>
      line === 7 && message.includes("NOT_SET")
    ),
    JSON.stringify(body.warnings),
  );
});

Deno.test("one service is restarted and stopped without the others", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const compose = services(WEB, service("db", "exec sleep 1000"));
  const id = await create(server, { name: project.name, compose, deploy: false });
  await act(server, id, "deploy");
  const started = (name: string) =>
    docker(engine, "inspect", "--format", "{{.State.StartedAt}}", `${project.name}-${name}-1`);
  const before = [await started("web"), await started("db")];
  assertEquals(await act(server, id, "services/web/restart"), "succeeded");
  assertEquals([await started("web") === before[0], await started("db") === before[1]], [false, true]);
  assertEquals(await act(server, id, "services/web/stop"), "succeeded");
  assertEquals((await statesOf(engine, project.name)).sort(), ["exited", "running"]);
  await hasStatus(server, id, "degraded");
});

Deno.test("a removal deletes the volumes that its preview has listed", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const web = service("web", "exec sleep 1000", 'volumes: ["data:/d", "/anonymous"]');
  const compose = `${services(web)}volumes: { data: {} }\n`;
  const id = await create(server, { name: project.name, compose, deploy: false });
  await act(server, id, "deploy");
  const { body } = await call(server, "DELETE", `/stacks/${id}?dryRun=1&volumes=1`);
  assertEquals([body.containers, body.networks], [[`${project.name}-web-1`], [`${project.name}_default`]]);
  const names = body.volumes.map(({ name }: { name: string }) => name);
  assertEquals([names.length, names.includes(`${project.name}_data`)], [2, true]);
  assertEquals(await statesOf(engine, project.name), ["running"]);
  await call(server, "DELETE", `/stacks/${id}?volumes=1&wait=1`);
  const left = (await docker(engine, "volume", "ls", "-q")).split("\n");
  assertEquals(names.filter((name: string) => left.includes(name)), []);
});
