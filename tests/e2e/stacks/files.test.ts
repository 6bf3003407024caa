import { relative } from "node:path";
import { serve } from "../../../server/serve.ts";
import { assertEquals, eventually } from "../../assert.ts";
import { freshFolder, testConfig } from "../../client.ts";
import { run } from "../../../tools/engine/run.ts";
import { temporaryFolder } from "../../fakes/folder.ts";
import { docker, realEngines } from "../engines.ts";
import {
  act,
  call,
  create,
  projectName,
  serveStacks,
  service,
  services,
  statesOf,
  up,
  WEB,
} from "../stacks.ts";

const [engine] = await realEngines();

Deno.test("a removal keeps the data of a relative bind mount and names it", async () => {
  const data = freshFolder();
  await using project = projectName(engine);
  await using server = await serveStacks(engine, { data });
  const web = service("web", "echo important > /data/p; exec sleep 1000", "volumes: [./data:/data]");
  const id = await create(server, { name: project.name, compose: services(web), deploy: false });
  assertEquals(await act(server, id, "deploy"), "succeeded");
  const file = `${data}/stacks/${id}/data/p`;
  await eventually(
    "the file",
    () => Deno.readTextFile(file).then((text) => text === "important\n", () => false),
  );
  const { body } = await call(server, "DELETE", `/stacks/${id}?wait=1`);
  assertEquals([body.state, body.kept], ["succeeded", [`${data}/stacks/${id}/data`]]);
  assertEquals(Deno.readTextFileSync(file), "important\n");
});

Deno.test("a container with the project's folder cannot read the texts, and its files there are not used", async () => {
  const data = freshFolder();
  await using project = projectName(engine);
  await using server = await serveStacks(engine, { data });
  const web = service("web", "exec sleep 1000", "volumes: ['./:/w']", 'labels: { a: "${A}" }');
  const id = await create(server, { name: project.name, compose: services(web), deploy: false });
  assertEquals(await act(server, id, "deploy"), "succeeded");
  const container = `${project.name}-web-1`;
  assertEquals(await docker(engine, "exec", container, "busybox", "ls", "-A", "/w"), "");
  const script = "echo 'services: {web: {image: none}}' > /w/compose.yaml; echo A=changed > /w/.env";
  await docker(engine, "exec", container, "busybox", "sh", "-c", script);
  const before = await docker(engine, "inspect", "--format", "{{.Id}}", container);
  assertEquals(await act(server, id, "deploy"), "succeeded");
  const format = '{{.Id}} {{index .Config.Labels "a"}}';
  assertEquals((await docker(engine, "inspect", "--format", format, container)).trim(), before);
});

Deno.test("a stack whose files are lost is stopped and removed with its volumes", async () => {
  const data = freshFolder();
  await using project = projectName(engine);
  await using server = await serveStacks(engine, { data });
  const text = `${services(service("web", "exec sleep 1000", "volumes: [kept:/k]"))}volumes: { kept: {} }\n`;
  const id = await create(server, { name: project.name, compose: text, deploy: false });
  assertEquals(await act(server, id, "deploy"), "succeeded");
  for (const folder of ["stacks", "texts"]) Deno.removeSync(`${data}/${folder}/${id}`, { recursive: true });
  assertEquals(await act(server, id, "stop"), "succeeded");
  assertEquals((await call(server, "DELETE", `/stacks/${id}?volumes=1&wait=1`)).body.state, "succeeded");
  const filter = ["--filter", `label=com.docker.compose.project=${project.name}`];
  assertEquals(await docker(engine, "ps", "-aq", ...filter), "");
  assertEquals(await docker(engine, "volume", "ls", "-q", ...filter), "");
});

/** Starts a project without DockStat, adopts it, and returns the id of its stack. */
async function adopt(server: { readonly url: string }, name: string, folder: string): Promise<number> {
  await run("docker", ["-H", engine.url, "compose", "-p", name, "--project-directory", folder, "up", "-d"]);
  const body = { project: name, hostId: "Localhost" };
  await eventually(
    "the adoption",
    async () => (await call(server, "POST", "/stacks/adopt", body)).status === 201,
  );
  const { body: all } = await call(server, "GET", "/stacks");
  return all.find((stack: { name: string }) => stack.name === name).stack_id;
}

Deno.test("an adopted stack whose folder is lost is saved again, deployed and removed", async () => {
  await using project = projectName(engine);
  const compose = services(WEB);
  using files = temporaryFolder({ "project/compose.yaml": compose });
  await using server = await serveStacks(engine);
  const id = await adopt(server, project.name, files.path("project"));
  Deno.removeSync(files.path("project"), { recursive: true });
  assertEquals((await call(server, "POST", `/stacks/${id}/deploy`)).status, 409);
  assertEquals((await call(server, "PUT", `/stacks/${id}`, { compose })).status, 200);
  assertEquals(Deno.readTextFileSync(files.path("project/compose.yaml")), compose);
  assertEquals(await act(server, id, "deploy"), "succeeded");
  Deno.removeSync(files.path("project"), { recursive: true });
  assertEquals((await call(server, "DELETE", `/stacks/${id}?wait=1`)).body.state, "succeeded");
});

Deno.test("an adopted stack is removed although a file that it includes runs programs now", async () => {
  await using project = projectName(engine);
  const compose = `include: [other.yaml]\n${services(WEB)}`;
  using files = temporaryFolder({
    "compose.yaml": compose,
    "other.yaml": services(service("other", "sleep 1000")),
  });
  await using server = await serveStacks(engine);
  const id = await adopt(server, project.name, files.path(""));
  Deno.writeTextFileSync(files.path("other.yaml"), "services: {other: {provider: {type: /none}}}\n");
  assertEquals(await act(server, id, "deploy"), "failed");
  const { body } = await call(server, "DELETE", `/stacks/${id}?wait=1`);
  assertEquals([body.state, body.warnings.length], ["succeeded", 1]);
  assertEquals(await statesOf(engine, project.name), []);
});

Deno.test("runs stacks with a relative data folder", async () => {
  const data = relative(Deno.cwd(), freshFolder());
  await using project = projectName(engine);
  await using server = await serve(
    testConfig([{ kind: "docker", id: "Localhost", endpoint: { url: engine.url } }], { data }),
  );
  await up(server);
  const stackId = await create(server, {
    name: project.name,
    compose: services(WEB),
    env: "A=1\n",
    deploy: false,
  });
  assertEquals(await act(server, stackId, "deploy"), "succeeded");
  assertEquals(await act(server, stackId, "stop"), "succeeded");
});
