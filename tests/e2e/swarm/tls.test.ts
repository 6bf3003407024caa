/** Nodes of a real swarm whose engines answer over verified TLS only. */
import { parseConfigFile } from "../../../server/config/config_file.ts";
import { toHosts, toSwarms } from "../../../server/config/hosts.ts";
import { serve } from "../../../server/serve.ts";
import { assertEquals, eventually } from "../../assert.ts";
import { testConfig } from "../../client.ts";
import { authority } from "../../fakes/certificates.ts";
import { type TemporaryFolder, temporaryFolder } from "../../fakes/folder.ts";
import { request } from "../../stacks/client.ts";
import { IMAGE, realEngines } from "../engines.ts";
import { PORT, startTwoEngines, swarmObstacle, type TwoEngines } from "./two_engines.ts";

const obstacle = await swarmObstacle();
const NAME = "nodes of a swarm behind verified TLS";

/** Issues certificates for two engines and for DockStat. */
async function issue(folder: TemporaryFolder) {
  const issueFor = await authority(folder);
  await issueFor("client", "DNS:dockstat");
  return async (address: string) => {
    await issueFor(address, `IP:${address}`);
    const path = (name: string) => folder.path(`${name}.pem`);
    return { ca: path("ca"), cert: path(address), key: path(`${address}-key`) };
  };
}

/** Serves the manager as a host, and the name that the worker is behind, with the given `tls`. */
async function serveNodes({ manager, worker }: TwoEngines, folder: TemporaryFolder, tls: string) {
  const swarm = `swarm: tcp://tasks.agent:${PORT}, tls: ${tls}`;
  const text = `hosts:\n  - { id: manager, url: ${manager.url} }\n  - { ${swarm} }\n`;
  const name = folder.path("dockstat.yaml");
  const loaded = { file: await parseConfigFile(text, name), source: { name, text } };
  const rounds: string[] = [];
  const resolve = (asked: string) => Promise.resolve((rounds.push(asked), [worker.address]));
  const config = testConfig(await toHosts(loaded, {}), { swarms: await toSwarms(loaded) });
  const times = { everyMs: 300, retryMs: 100, goneMs: 300_000, patienceMs: 5000 };
  const server = await serve(config, { swarm: { resolve, times } });
  const call = (method: string, path: string) => request(server.url, method, path);
  return { rounds, call, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

async function isHostThatCanBeChanged(engines: TwoEngines, folder: TemporaryFolder): Promise<void> {
  await using server = await serveNodes(
    engines,
    folder,
    "{ ca: ca.pem, cert: client.pem, key: client-key.pem }",
  );
  const hosts = async () => (await server.call("GET", "/docker/hosts")).body;
  await eventually("the node", async () => (await hosts())[1]?.state === "up");
  const [, { hostId, swarm }] = await hosts();
  assertEquals(swarm, { nodeId: engines.worker.nodeId, viewOnly: false });
  const run = ["run", "--detach", "--network=none", "--stop-signal=SIGKILL", IMAGE, "sleep", "1000"];
  const id = await engines.worker.docker(...run);
  await eventually("the container", async () => {
    const listed = (await server.call("GET", `/docker/stats?host=${hostId}`)).body;
    return listed.some((one: { readonly id: string }) => one.id === id);
  });
  const { body } = await server.call("POST", `/containers/${hostId}/${id}/stop?wait=1`);
  assertEquals([body.state, body.error], ["succeeded", null]);
  assertEquals(await engines.worker.docker("inspect", "--format", "{{.State.Status}}", id), "exited");
}

async function isNoHost(engines: TwoEngines, folder: TemporaryFolder, tls: string): Promise<void> {
  await using server = await serveNodes(engines, folder, tls);
  await eventually("the manager and three rounds", async () => {
    const [manager] = (await server.call("GET", "/docker/hosts")).body;
    return manager.state === "up" && server.rounds.length >= 3;
  });
  const listed = (await server.call("GET", "/docker/hosts")).body;
  assertEquals(listed.map((one: { readonly hostId: string }) => one.hostId), ["manager"]);
}

Deno.test({
  name: obstacle === undefined ? NAME : `${NAME} (ignored: ${obstacle})`,
  ignore: obstacle !== undefined,
  fn: async (t) => {
    await using stack = new AsyncDisposableStack();
    const folder = stack.use(temporaryFolder());
    using foreign = temporaryFolder();
    await (await authority(foreign))("client", "DNS:dockstat");
    const [source] = await realEngines();
    const engines = stack.use(await startTwoEngines(source, await issue(folder)));
    await t.step(
      "a node with a verified certificate can be changed",
      () => isHostThatCanBeChanged(engines, folder),
    );
    const other = `ca: ${foreign.path("ca.pem")}`;
    for (
      const [name, tls] of [
        ["the engine's certificate is of another CA", `{ ${other}, cert: client.pem, key: client-key.pem }`],
        ["DockStat has no client certificate", "{ ca: ca.pem }"],
        [
          "DockStat's certificate is of another CA",
          `{ ca: ca.pem, cert: ${foreign.path("client.pem")}, key: ${foreign.path("client-key.pem")} }`,
        ],
      ] as const
    ) await t.step(`no node is a host when ${name}`, () => isNoHost(engines, folder, tls));
  },
});
