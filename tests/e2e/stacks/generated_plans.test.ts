/** Tests that deployments of generated edits do what their plans have announced, on a real engine. */
import fc from "fast-check";
import type { DeploymentPlan } from "../../../server/protocol/stacks.ts";
import { assert, assertEquals } from "../../assert.ts";
import { docker, IMAGE, realEngines } from "../engines.ts";
import { call, create, projectName, serveStacks } from "../stacks.ts";
import { PROJECT, textsOf } from "./generated_edits.ts";

const [engine] = await realEngines();
/** Number of edits; without it, as many as fit into the time. */
const EDITS = Number(Deno.env.get("DOCKSTAT_TEST_EDITS")) || undefined;
const BUDGET_MS = 30_000;
const LEAST_EDITS = 5;
const SEED = 20_261_126;
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

/** Creates two images, and a name that is given to one of them. */
async function movingImage() {
  const name = `dockstat-e2e-moving:${crypto.randomUUID().slice(0, 8)}`;
  const container = await docker(engine, "create", IMAGE, "true");
  const other = await docker(engine, "commit", "--change", "LABEL other=1", container);
  await docker(engine, "rm", container);
  return {
    name,
    move: (index: 0 | 1) => docker(engine, "tag", index === 0 ? IMAGE : other, name),
    async [Symbol.asyncDispose]() {
      await docker(engine, "image", "rm", "-f", name, other);
    },
  };
}

Deno.test("deployments of generated edits do what their plans have announced", async () => {
  // Removed last, since containers of the project use them.
  await using images = await movingImage();
  await using project = projectName(engine);
  await using server = await serveStacks(engine);
  const edits = fc.sample(PROJECT, { seed: SEED, numRuns: EDITS ?? 200 });
  const { files: _, ...first } = textsOf(edits[0]!, images.name);
  const id = await create(server, { name: project.name, ...first, deploy: false });
  const end = EDITS === undefined ? performance.now() + BUDGET_MS : Infinity;
  let [done, unknown, announced] = [0, 0, 0];
  for (const edit of edits) {
    if (done >= LEAST_EDITS && performance.now() > end) break;
    const texts = textsOf(edit, images.name);
    await images.move(edit.moved);
    const { status, body: plan } = await call(server, "POST", "/stacks/plan", { stack_id: id, ...texts });
    assertEquals(status, 200, JSON.stringify(plan));
    const before = await snapshot(project.name);
    const saved = await call(server, "PUT", `/stacks/${id}`, texts);
    assertEquals(saved.status, 200, JSON.stringify(saved.body));
    const { body: { state, error } } = await call(server, "POST", `/stacks/${id}/deploy?wait=1`);
    assertEquals([state, error], ["succeeded", null], `edit ${done}:\n${texts.compose}`);
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
