/** Hosts and services of a real swarm: two engines in network namespaces, found behind one name. */
import { parseConfigFile } from "../../../server/config/config_file.ts";
import { toHosts, toSwarms } from "../../../server/config/hosts.ts";
import type { SwarmTask } from "../../../server/protocol/swarm/swarm.ts";
import { serve } from "../../../server/serve.ts";
import { assert, assertEquals, assertMatch, eventually } from "../../assert.ts";
import { TestClient, testConfig, TOKEN } from "../../client.ts";
import { request } from "../../stacks/client.ts";
import { IMAGE, realEngines } from "../engines.ts";
import { PORT, startTwoEngines, swarmObstacle, type TwoEngines } from "./two_engines.ts";

const obstacle = await swarmObstacle();

const STACK = `
services:
  web:
    image: ${IMAGE}
    command: sleep 1000
    stop_signal: SIGKILL
    networks: [machine]
networks:
  machine: { external: true, name: host }
`;

/** Serves the manager as a host, and the name that both nodes are behind. */
async function serveSwarm({ manager, worker }: TwoEngines) {
  const text = `hosts:\n  - { id: manager, url: ${manager.url} }\n  - swarm: tcp://tasks.agent:${PORT}\n`;
  const loaded = {
    file: await parseConfigFile(text, "dockstat.yaml"),
    source: { name: "dockstat.yaml", text },
  };
  const rounds: string[] = [];
  const resolve = (name: string) => {
    rounds.push(name);
    return Promise.resolve([manager.address, worker.address]);
  };
  const config = testConfig(await toHosts(loaded, {}), { swarms: await toSwarms(loaded) });
  const times = { everyMs: 500, retryMs: 100, goneMs: 300_000, patienceMs: 5000 };
  return { rounds, server: await serve(config, { swarm: { resolve, times } }) };
}

/** A server that reads the swarm, a viewer of its statistics, and the service `web`. */
async function openScene(stack: AsyncDisposableStack) {
  const [source] = await realEngines();
  const engines = stack.use(await startTwoEngines(source));
  const { server, rounds } = await serveSwarm(engines);
  stack.use(server);
  const call = (method: string, path: string, body?: unknown) => request(server.url, method, path, body);
  const hosts = async () => (await call("GET", "/docker/hosts")).body;
  await eventually("the node", async () => {
    const listed = await hosts();
    return listed.length > 1 && listed.every(({ state }: { readonly state: string }) => state === "up");
  });
  const node: string = (await hosts())[1].hostId;
  const client = stack.use(new TestClient(server.url, "/docker/stats?detail=full", TOKEN));
  return { engines, rounds, call, hosts, node, ...tasksOf(client), wanted: () => wantedTasks(call) };
}

type Scene = Awaited<ReturnType<typeof openScene>>;

/** Deploys the stack, whose image no registry has, and finds each object and task among its steps. */
async function deploysStack({ call, alive }: Scene): Promise<void> {
  const compose = STACK.replace(IMAGE, "${IMAGE}");
  const path = "/swarm/manager/stacks/shop?wait=1";
  const refused = await call("PUT", path, {
    compose: compose.replace("stop_signal: SIGKILL", "env_file: x"),
  });
  assertEquals([refused.status, refused.body.errors[0].path], [422, "compose.services.web.env_file"]);
  await refusesVariables(call, compose);
  const { body } = await call("PUT", path, { compose, env: `IMAGE=${IMAGE}` });
  assertEquals([body.state, body.error], ["succeeded", null]);
  const steps = body.messages.join("\n");
  for (const step of ["Created service shop_web", "Running container shop_web.1"]) {
    assertMatch(steps, new RegExp(step));
  }
  await eventually("the first task", () => alive().length === 1);
  assertEquals((await call("GET", "/swarm/manager/stacks/shop")).body.env, `IMAGE=${IMAGE}`);
  assertEquals((await call("POST", "/stacks", { name: "shop", compose, hostId: "manager" })).status, 409);
}

/** Variables of the text that lead above the folder, or to those of the Docker CLI, are refused. */
async function refusesVariables(call: Scene["call"], compose: string): Promise<void> {
  const path = "/swarm/manager/stacks/shop?wait=1";
  const uses = [
    ['volumes: ["${D}/x:/x"]', "D=.."],
    ['environment: ["${X}"]', "X=PATH"],
    ["hostname: |-\n      # ${HOME}", ""],
  ];
  for (const [use, env] of uses) {
    const text = compose.replace(/command: .*/, use!);
    const { status } = await call("PUT", path, { compose: text, env: `IMAGE=${IMAGE}\n${env}` });
    assertEquals(status, 422, use);
  }
}

/** A rejected deployment ends with the reason of its tasks. */
async function failsWithReason({ call }: Scene): Promise<void> {
  const compose = STACK.replace(IMAGE, "no.such.registry.invalid/none:1");
  const { body } = await call("PUT", "/swarm/manager/stacks/broken?wait=1", { compose });
  assertEquals(body.state, "failed");
  assertMatch(body.error, /no such image|could not be|not found|no such host|lookup/i);
  assertEquals((await call("DELETE", "/swarm/manager/stacks/broken?wait=1")).body.state, "succeeded");
}

/** Returns the tasks that a viewer has received: ids of removed ones, and of the others with their host. */
function tasksOf({ frames }: TestClient) {
  const ofService = () => frames.filter(({ service }) => service === "web");
  const removed = () => ofService().filter(({ state }) => state === "removed").map(({ id }) => id as string);
  const alive = () => {
    const hosts = new Map(ofService().map(({ id, hostId }): [string, string] => [id, hostId]));
    for (const id of removed()) hosts.delete(id);
    return [...hosts].sort();
  };
  return { removed, alive };
}

/** Returns the tasks that the manager wants to run. */
async function wantedTasks(call: (method: string, path: string) => ReturnType<typeof request>) {
  const tasks: readonly SwarmTask[] = (await call("GET", "/swarm/manager")).body.tasks;
  return tasks.filter(({ wanted }) => wanted === "running");
}

async function scale({ call }: Scene, replicas: number): Promise<void> {
  const { body } = await call("POST", "/swarm/manager/services/shop_web/scale?wait=1", { replicas });
  assertEquals([body.state, body.error], ["succeeded", null]);
}

async function oneHostPerNode({ engines, hosts, rounds, node }: Scene): Promise<void> {
  const seen = rounds.length;
  await eventually("two rounds", () => rounds.length >= seen + 2);
  const [first, second, ...more] = await hosts();
  assertEquals([first.hostId, first.swarm, second.hostId, more], ["manager", undefined, node, []]);
  assertEquals(second.swarm, { nodeId: engines.worker.nodeId, viewOnly: true });
}

async function scalesUp(scene: Scene): Promise<void> {
  const { engines, node, alive, wanted } = scene;
  await scale(scene, 20);
  const tasks = await wanted();
  const places = tasks.map(({ containerId, nodeId }): [string, string] => [
    containerId!,
    nodeId === engines.worker.nodeId ? node : "manager",
  ]);
  assertEquals(tasks.map(({ hostId }) => hostId), places.map(([, hostId]) => hostId));
  await eventually("20 tasks", () => alive().length === 20);
  assertEquals(alive(), places.sort());
  assertEquals([...new Set(places.map(([, hostId]) => hostId))].sort(), ["manager", node].sort());
}

async function refusesChanges({ engines, call, node, alive }: Scene): Promise<void> {
  const [id] = alive().find(([, hostId]) => hostId === node)!;
  for (const [method, path] of [["POST", `${id}/restart`], ["DELETE", `${id}?force=1`]] as const) {
    const { status, body } = await call(method, `/containers/${node}/${path}`);
    assertEquals(status, 403);
    assertMatch(body.detail, /view only/);
  }
  assert((await engines.worker.docker("ps", "--quiet", "--no-trunc")).includes(id));
}

async function scalesDown(scene: Scene): Promise<void> {
  const { alive, removed, wanted } = scene;
  await scale(scene, 1);
  await eventually("19 removals", () => removed().length >= 19);
  assertEquals(alive().map(([id]) => id), (await wanted()).map(({ containerId }) => containerId));
  assertEquals(removed().length, 19);
}

async function removesStack({ call, alive, removed }: Scene): Promise<void> {
  const { body } = await call("DELETE", "/swarm/manager/stacks/shop?wait=1");
  assertEquals([body.state, body.error], ["succeeded", null]);
  await eventually("no task", () => alive().length === 0);
  assertEquals((await call("GET", "/swarm/manager")).body.services, []);
  assertEquals([new Set(removed()).size, removed().length], [20, 20]);
}

const NAME = "a swarm of two engines";

Deno.test({
  name: obstacle === undefined ? NAME : `${NAME} (ignored: ${obstacle})`,
  ignore: obstacle !== undefined,
  fn: async (t) => {
    await using stack = new AsyncDisposableStack();
    const scene = await openScene(stack);
    const steps = [
      ["a stack is deployed from its texts, which are kept", deploysStack],
      ["every node is one host, also one that is configured", oneHostPerNode],
      ["a service that is scaled to 20 has each task on the host of its node", scalesUp],
      ["a change on a node without TLS is refused, and its containers run on", refusesChanges],
      ["a service that is scaled back to one has each removed task removed once", scalesDown],
      ["a stack is removed with its tasks", removesStack],
      ["a stack without its image fails with the reason", failsWithReason],
    ] as const;
    for (const [name, step] of steps) await t.step(name, () => step(scene));
  },
});
