/** Tests that deployments of generated edits do what their plans have announced, on a real engine. */
import fc from "fast-check";
import type { DeploymentPlan } from "../../../server/protocol/stacks.ts";
import { assert, assertEquals } from "../../assert.ts";
import { freePort } from "../../free_port.ts";
import { docker, realEngines } from "../engines.ts";
import { call, create, projectName, serveStacks, service } from "../stacks.ts";

const [engine] = await realEngines();
/** Number of edits; without it, as many as fit into the time. */
const EDITS = Number(Deno.env.get("DOCKSTAT_TEST_EDITS")) || undefined;
const BUDGET_MS = 30_000;
const LEAST_EDITS = 5;
const SEED = 20_261_126;
const PORT = freePort();

const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const SERVICE = fc.record({
  isThere: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, {
    weight: 1,
    arbitrary: fc.constant(false),
  }),
  variable: option(fc.constantFrom("1", "2")),
  label: option(fc.constantFrom("a", "b")),
  restart: option(fc.constantFrom("always", "no")),
  replicas: option(fc.constantFrom(0, 1, 2)),
  memory: option(fc.constantFrom("64m", "128m")),
  isInProfile: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, {
    weight: 1,
    arbitrary: fc.constant(true),
  }),
  network: option(fc.constantFrom("front", "back")),
  volume: option(fc.constantFrom("data", "more")),
  config: option(fc.constantFrom("one", "two")),
  command: fc.constantFrom("exec sleep 1000", "exec sleep 2000"),
});
const PROJECT = fc.record({
  web: SERVICE,
  api: SERVICE,
  db: SERVICE,
  shares: fc.boolean(),
  publishes: fc.boolean(),
  profile: fc.boolean(),
  value: option(fc.constantFrom("a", "b")),
});

type Generated = typeof SERVICE extends fc.Arbitrary<infer T> ? T : never;
type Edit = typeof PROJECT extends fc.Arbitrary<infer T> ? T : never;

/** Returns the compose file and the environment of an edit. One service is always there. */
function textsOf({ web, api, db, shares, publishes, profile, value }: Edit) {
  const all = { web, api, db };
  const lines = Object.entries(all).flatMap(([name, one]) =>
    one.isThere ? [serviceText(name, one, name === "web" && publishes && one.replicas === undefined)] : []
  );
  const uses = shares && web.isThere && !web.isInProfile && (web.replicas ?? 1) === 1;
  const fixed = service("fixed", "exec sleep 1000", ...uses ? ['network_mode: "service:web"'] : []);
  // Changed settings of a network are left out: Compose may fail to recreate it.
  const compose = `services:\n${fixed}${lines.join("")}networks: { front: {}, back: {} }\n` +
    'volumes: { data: {}, more: {} }\nconfigs: { one: { content: "1 ${V:-}" }, two: { content: "2" } }\n';
  return { compose, env: `${profile ? "COMPOSE_PROFILES=p\n" : ""}V=${value ?? ""}\n` };
}

function serviceText(name: string, one: Generated, publishes: boolean): string {
  return service(
    name,
    one.command,
    ...one.variable === undefined ? [] : [`environment: { A: "${one.variable}" }`],
    ...one.label === undefined ? [] : [`labels: { l: "${one.label}" }`],
    ...one.restart === undefined ? [] : [`restart: "${one.restart}"`],
    ...one.replicas === undefined ? [] : [`scale: ${one.replicas}`],
    ...one.memory === undefined ? [] : [`mem_limit: ${one.memory}`],
    ...one.isInProfile ? ["profiles: [p]"] : [],
    ...one.network === undefined ? [] : [`networks: [${one.network}]`],
    ...one.volume === undefined ? [] : [`volumes: ["${one.volume}:/d"]`],
    ...one.config === undefined ? [] : [`configs: [${one.config}]`],
    ...publishes ? [`ports: ["127.0.0.1:${PORT}:80"]`] : [],
  );
}

/** Containers, networks and volumes of a project, as the engine lists them. */
interface Snapshot {
  /** Ids of the containers by service. */
  readonly containers: ReadonlyMap<string, ReadonlySet<string>>;
  /** Ids of the networks by name. */
  readonly networks: ReadonlyMap<string, string>;
  readonly volumes: ReadonlySet<string>;
}

async function snapshot(project: string): Promise<Snapshot> {
  const filter = ["--filter", `label=com.docker.compose.project=${project}`];
  const list = async (...args: string[]) =>
    (await docker(engine, ...args, ...filter)).split("\n").filter(Boolean).map((line) => line.split(" "));
  const containers = await list("ps", "-a", "--format", '{{.Label "com.docker.compose.service"}} {{.ID}}');
  const networks = await list("network", "ls", "--format", "{{.Name}} {{.ID}}");
  const volumes = await list("volume", "ls", "--format", "{{.Name}}");
  const byService = Map.groupBy(containers, ([service]) => service!);
  return {
    containers: new Map([...byService].map(([name, found]) => [name, new Set(found.map(([, id]) => id!))])),
    networks: new Map(networks.map(([name, id]) => [name!, id!])),
    volumes: new Set(volumes.map(([name]) => name!)),
  };
}

/** Returns what has happened to the containers of a service, in the terms of a plan. */
function happened(before: ReadonlySet<string> = new Set(), after: ReadonlySet<string> = new Set()): string {
  if (before.size === 0 && after.size === 0) return "unchanged";
  if (before.size === 0) return "create";
  if (after.size === 0) return "remove";
  if (before.isSubsetOf(after)) return after.size > before.size ? "create" : "unchanged";
  return after.isSubsetOf(before) ? "remove" : "recreate";
}

/** Returns the differences between a plan and what has happened, as texts. */
function differences(plan: DeploymentPlan, before: Snapshot, after: Snapshot): string[] {
  const services = plan.services.flatMap(({ service, action, reasons }) => {
    const real = happened(before.containers.get(service), after.containers.get(service));
    return action === "unknown" || action === real
      ? []
      : [`${service}: announced ${action} (${reasons}), happened ${real}`];
  });
  const networks = plan.networks.flatMap(({ name, action }) => {
    const [old, now] = [before.networks.get(name), after.networks.get(name)];
    const real = old === undefined
      ? now === undefined ? "nothing" : "create"
      : old === now
      ? "keep"
      : "change";
    const announced = action === "unused" ? "keep" : action;
    return action === "unknown" || announced === real
      ? []
      : [`${name}: announced ${action}, happened ${real}`];
  });
  const volumes = plan.volumes.flatMap(({ name, action }) => {
    const real = before.volumes.has(name) ? "keep" : "create";
    const announced = action === "unused" ? "keep" : action;
    return announced === real && after.volumes.has(name)
      ? []
      : [`${name}: announced ${action}, happened ${real}`];
  });
  const named = new Set([...plan.services.map(({ service }) => service)]);
  const silent = [...after.containers.keys(), ...before.containers.keys()].filter((name) => !named.has(name));
  return [...services, ...networks, ...volumes, ...silent.map((name) => `${name}: not announced`)];
}

Deno.test("deployments of generated edits do what their plans have announced", async () => {
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const edits = fc.sample(PROJECT, { seed: SEED, numRuns: EDITS ?? 200 });
  const id = await create(server, { name: project.name, ...textsOf(edits[0]!), deploy: false });
  const end = EDITS === undefined ? performance.now() + BUDGET_MS : Infinity;
  let [done, unknown, announced] = [0, 0, 0];
  for (const edit of edits) {
    if (done >= LEAST_EDITS && performance.now() > end) break;
    const texts = textsOf(edit);
    const { status, body: plan } = await call(server, "POST", "/stacks/plan", { stack_id: id, ...texts });
    assertEquals(status, 200, JSON.stringify(plan));
    const before = await snapshot(project.name);
    const saved = await call(server, "PUT", `/stacks/${id}`, texts);
    assertEquals(saved.status, 200, JSON.stringify(saved.body));
    const { body: { state, error } } = await call(server, "POST", `/stacks/${id}/deploy?wait=1`);
    assertEquals([state, error], ["succeeded", null], texts.compose);
    const after = await snapshot(project.name);
    assertEquals(differences(plan, before, after), [], `edit ${done}:\n${texts.compose}${texts.env}`);
    announced += plan.services.length;
    unknown += plan.services.filter(({ action }: { action: string }) => action === "unknown").length;
    done++;
  }
  assert(done >= LEAST_EDITS);
  // A plan that knows nothing would announce nothing wrong. The few edits of a slow machine may be unusual.
  assert(
    unknown < (done < 20 ? announced : announced / 4),
    `${unknown} of ${announced} changes are unknown after ${done} edits`,
  );
});
