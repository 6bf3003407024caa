/** Tests that a deployment does what its preview has listed, on a real engine. */
import { assert, assertEquals } from "../../assert.ts";
import { docker, realEngines } from "../engines.ts";
import { act, call, create, projectName, serveStacks, service, services, WEB } from "../stacks.ts";

const [engine] = await realEngines();

/** Runs that change a stack, each with the changes that the preview lists. */
const STEPS: readonly (readonly [what: string, compose: string, env: string, listed: readonly string[]])[] = [
  ["nothing", services(WEB, db()), "A=1\n", ["db: unchanged", "web: unchanged"]],
  ["a variable", services(WEB, db('environment: { A: "${A}" }')), "A=1\n", [
    "db: recreate environment (A)",
    "web: unchanged",
  ]],
  ["its value", services(WEB, db('environment: { A: "${A}" }')), "A=2\n", [
    "db: recreate environment (A)",
    "web: unchanged",
  ]],
  ["the network of another service", services(WEB, db("network_mode: service:web")), "", [
    "db: recreate environment (A), network_mode, networks",
    "web: unchanged",
  ]],
  ["that service", services(web("labels: { a: b }"), db("network_mode: service:web")), "", [
    'db: recreate it uses service "web", which changes',
    "web: recreate labels (a)",
  ]],
  ["a removed service", services(web("labels: { a: b }")), "", [
    "db: remove the compose file does not have it",
    "web: unchanged",
  ]],
  ["a new service", services(web("labels: { a: b }"), db()), "", ["db: create", "web: unchanged"]],
];

function db(...keys: readonly string[]): string {
  return service("db", "exec sleep 1000", ...keys);
}

function web(...keys: readonly string[]): string {
  return service("web", "exec sleep 1000", ...keys);
}

interface Listed {
  readonly service: string;
  readonly action: string;
  readonly reasons: readonly string[];
}

async function preview(server: { readonly url: string }, id: number): Promise<readonly Listed[]> {
  return (await call(server, "GET", `/stacks/${id}/changes`)).body;
}

/** Returns the id of each container of a project by service. */
async function idsOf(project: string): Promise<ReadonlyMap<string, string>> {
  const format = '{{.Label "com.docker.compose.service"}} {{.ID}}';
  const filter = `label=com.docker.compose.project=${project}`;
  const lines = (await docker(engine, "ps", "-a", "--filter", filter, "--format", format)).split("\n");
  return new Map(lines.filter(Boolean).map((line) => line.split(" ") as [string, string]));
}

/** Returns what has happened to the container of a service, in the words of a preview. */
function happened(before: string | undefined, after: string | undefined): string {
  if (before === undefined) return "create";
  if (after === undefined) return "remove";
  return before === after ? "unchanged" : "recreate";
}

Deno.test("a deployment does what its preview has listed", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const id = await create(server, {
    name: project.name,
    compose: services(WEB, db()),
    env: "A=1\n",
    deploy: false,
  });
  assertEquals((await preview(server, id)).map(({ action }) => action), ["create", "create"]);
  assertEquals(await act(server, id, "deploy"), "succeeded");
  for (const [what, compose, env, expected] of STEPS) {
    await call(server, "PUT", `/stacks/${id}`, { compose, env });
    const listed = await preview(server, id);
    const texts = listed.map(({ service, action, reasons }) =>
      `${service}: ${action} ${reasons.join(", ")}`.trim()
    );
    assertEquals(texts, expected, what);
    const before = await idsOf(project.name);
    assertEquals(await act(server, id, "deploy"), "succeeded", what);
    const after = await idsOf(project.name);
    for (const { service, action } of listed) {
      assertEquals(happened(before.get(service), after.get(service)), action, `${what}: ${service}`);
    }
  }
});

Deno.test("a container that was deployed elsewhere is compared with its inspection", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const id = await create(server, {
    name: project.name,
    compose: services(web("restart: always")),
    deploy: false,
  });
  assertEquals(await act(server, id, "deploy"), "succeeded");
  const name = `${project.name}-web-1`;
  const labels = JSON.parse(await docker(engine, "inspect", "--format", "{{json .Config.Labels}}", name));
  const image = (await docker(engine, "inspect", "--format", "{{.Config.Image}}", name)).trim();
  await docker(engine, "rm", "-f", name);
  const others = { ...labels, "com.docker.compose.config-hash": "of another tool" };
  const flags = Object.entries(others).map(([key, value]) => `--label=${key}=${value}`);
  await docker(engine, "run", "-d", "--name", name, ...flags, image, "sh", "-c", "exec sleep 1000");
  const [change] = await preview(server, id);
  assertEquals(change?.action, "recreate");
  assert(change?.reasons.includes("restart"), change?.reasons.join(", "));
});
