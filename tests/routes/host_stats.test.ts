/** The numbers of hosts: `/docker/stats?hosts=1`, `/docker/hosts` and `/metrics`. */
import * as v from "valibot";
import { HostReport, HostStatsMessage } from "../../server/protocol/hosts.ts";
import { assert, assertEquals, assertStringIncludes, eventually } from "../assert.ts";
import { serveEngines, TestClient } from "../client.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { steadyMachine } from "../stats/hosts/steady_machine.ts";

function engineOnMachine(): FakeEngine {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.machine = steadyMachine();
  return engine;
}

const isHost = (frame: unknown) => v.is(HostStatsMessage, frame);

Deno.test("hosts=1 sends one frame per host beside the containers, with exactly the documented keys", async () => {
  await using server = await serveEngines({ Localhost: engineOnMachine() });
  await using client = new TestClient(server.url, "/docker/stats?hosts=1");
  const frame = await client.frame("the host", isHost);
  assertEquals(Object.keys(frame), [
    ...["hostId", "timestamp", "hostCpuUsage", "onlineCpus", "hostMemoryBytes", "hostMemoryTotalBytes"],
    ...["load1", "load5", "load15", "diskUsedBytes", "diskTotalBytes", "networkRxBytes", "networkTxBytes"],
  ]);
  const { timestamp, networkRxBytes: _rx, networkTxBytes: _tx, ...numbers } = frame;
  assert(!Number.isNaN(Date.parse(timestamp)));
  assertEquals(numbers, {
    ...{ hostId: "Localhost", hostCpuUsage: 50, onlineCpus: 2, hostMemoryBytes: 400 },
    ...{ hostMemoryTotalBytes: 1000, load1: 0.5, load5: 0.25, load15: 0.1 },
    ...{ diskUsedBytes: 3000, diskTotalBytes: 9000 },
  });
  await client.frame("the container", ({ name }) => name === "web");
  await eventually("the next interval", () => client.frames.filter(isHost).length >= 2);
});

Deno.test("a client without hosts=1 receives no frame of a host", async () => {
  await using server = await serveEngines({ Localhost: engineOnMachine() });
  await using client = new TestClient(server.url, "/docker/stats?hosts=1");
  await using other = new TestClient(server.url, "/docker/stats");
  await client.frame("the host", isHost);
  await other.frame("the container", ({ name }) => name === "web");
  assertEquals(other.frames.filter(isHost), []);
});

Deno.test("with batch=1 the frames of hosts are objects, not part of the arrays", async () => {
  await using server = await serveEngines({ nas: engineOnMachine(), vps: engineOnMachine() });
  await using client = new TestClient(server.url, "/docker/stats?hosts=1&batch=1");
  await client.frame("the first", (frame) => isHost(frame) && frame.hostId === "nas");
  await client.frame("the second", (frame) => isHost(frame) && frame.hostId === "vps");
  await client.frame("the containers", Array.isArray);
  assertEquals(client.frames.filter(Array.isArray).flat().filter(isHost), []);
});

Deno.test("host= also selects the frames of hosts, and the others are not measured", async () => {
  const [nas, vps] = [engineOnMachine(), engineOnMachine()];
  let readings = 0;
  const read = nas.machine!;
  nas.machine = () => (readings++, read());
  await using server = await serveEngines({ nas, vps });
  await using client = new TestClient(server.url, "/docker/stats?hosts=1&host=vps");
  await client.frame("the host", isHost);
  assertEquals([readings, client.frames.some(({ hostId }) => hostId === "nas")], [0, false]);
});

Deno.test("a host that only its engine describes has null for what it does not know", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine(fakeContainer("web")) });
  await using client = new TestClient(server.url, "/docker/stats?hosts=1");
  const { hostId, timestamp: _, onlineCpus, hostMemoryTotalBytes, ...rest } = await client.frame(
    "it",
    isHost,
  );
  assertEquals([hostId, onlineCpus, hostMemoryTotalBytes], ["Localhost", 2, 1024]);
  assertEquals([...new Set(Object.values(rest))], [null]);
});

Deno.test("a second client gets the newest numbers at once", async () => {
  await using server = await serveEngines({ Localhost: engineOnMachine() });
  await using first = new TestClient(server.url, "/docker/stats?hosts=1");
  const frame = await first.frame("the host", isHost);
  await using second = new TestClient(server.url, "/docker/stats?hosts=1&interval=60s");
  assert((await second.frame("the same", isHost)).timestamp >= frame.timestamp);
});

Deno.test("a host that goes down has no numbers, and has new ones when it is back", async () => {
  const engine = engineOnMachine();
  await using server = await serveEngines({ Localhost: engine });
  const usage = async () => (await (await fetch(`${server.url}/docker/hosts`)).json())[0].usage;
  await eventually("the numbers", async () => await usage() !== null);
  engine.goDown("gone");
  await eventually("none", async () => await usage() === null);
  engine.recover();
  await eventually("new ones", async () => (await usage())?.hostCpuUsage === 50);
});

Deno.test("GET /docker/hosts has the numbers of a host that has no viewers", async () => {
  await using server = await serveEngines({ Localhost: engineOnMachine() });
  const [host] = await eventually("the host", async () => {
    const hosts = await (await fetch(`${server.url}/docker/hosts`)).json();
    return hosts[0].state === "up" && hosts;
  });
  assert(v.is(HostReport, host));
  assertEquals([host.usage?.hostCpuUsage, host.usage?.diskTotalBytes], [50, 9000]);
});

Deno.test("GET /metrics has the numbers of a host, without those that are unknown", async () => {
  const [nas, vps] = [engineOnMachine(), new FakeEngine()];
  await using server = await serveEngines({ nas, vps });
  const text = await (await fetch(`${server.url}/metrics`)).text();
  for (
    const line of [
      "# TYPE dockstat_host_network_receive_bytes_total counter",
      'dockstat_host_cpu_percent{host="nas"} 50',
      'dockstat_host_memory_used_bytes{host="nas"} 400',
      'dockstat_host_load5{host="nas"} 0.25',
      'dockstat_host_disk_size_bytes{host="nas"} 9000',
      'dockstat_host_online_cpus{host="vps"} 2',
    ]
  ) assertStringIncludes(text, `${line}\n`);
  assert(!text.includes('dockstat_host_cpu_percent{host="vps"}'));
});

Deno.test("refuses another value of hosts", async () => {
  await using server = await serveEngines({ Localhost: new FakeEngine() });
  await using client = new TestClient(server.url, "/docker/stats?hosts=2");
  await client.end();
  assertEquals(client.frames, []);
});
