/** Podman of the distribution, where it is installed, in other time zones. */
import { serve } from "../../server/serve.ts";
import { assert, assertEquals, assertGreater, eventually } from "../assert.ts";
import { TestClient, testConfig, TOKEN } from "../client.ts";
import { IMAGE } from "./engines.ts";
import { hasPodman, startPodman } from "./podman.ts";

const HEADERS = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
const LINES = "i=0; while :; do i=$((i+1)); echo line $i; sleep 0.2; done";
const COMPOSE = `services:\n  web:\n    image: ${IMAGE}\n    network_mode: none\n    command: sleep 1000\n`;

for (const zone of ["America/New_York", "Asia/Kathmandu"]) {
  Deno.test({
    name: `statistics, logs, stacks and events of Podman in ${zone}`,
    ignore: !await hasPodman(),
    fn: async () => {
      await using podman = await startPodman(zone);
      await podman.docker("run", "-d", "--network=none", "--name", "lines", IMAGE, "sh", "-c", LINES);
      const config = testConfig([{ kind: "docker", id: "pod", endpoint: { url: podman.url } }]);
      await using server = await serve(config);
      const ask = async (path: string, init: RequestInit = {}) =>
        await (await fetch(server.url + path, { headers: HEADERS, ...init })).json();
      await checkStatistics(server.url);
      await checkLogs(server.url);
      const body = JSON.stringify({ name: "podshop", compose: COMPOSE });
      const { status, operation } = await ask("/stacks?wait=1", { method: "POST", body });
      assertEquals([status, operation.state], ["running", "succeeded"]);
      const kinds = async () => {
        const { events } = await ask("/events?container=podshop-web-1");
        return (events as { kind: string }[]).map(({ kind }) => kind);
      };
      await eventually("its start", async () => (await kinds()).includes("start"));
      const [event] = (await ask("/events?container=podshop-web-1")).events;
      assert(Math.abs(Date.parse(event.timestamp) - Date.now()) < 60_000, event.timestamp);
      await ask("/stacks/1?wait=1", { method: "DELETE" });
      await eventually("its removal", async () => (await kinds()).includes("remove"));
    },
  });
}

/** Numbers come every second, with times in UTC. */
async function checkStatistics(url: string): Promise<void> {
  await using client = new TestClient(url, "/docker/stats?detail=full", TOKEN);
  const numbers = () => client.frames.filter(({ cpuUsage }) => typeof cpuUsage === "number");
  await eventually("three samples", () => numbers().length >= 3);
  const [first, second, third] = numbers();
  const times = [first, second, third].map(({ timestamp }) => Date.parse(timestamp));
  assertGreater(times[1]!, times[0]!);
  assertGreater(times[2]!, times[1]!);
  assert(/Z$/.test(first.timestamp) && Math.abs(times[0]! - Date.now()) < 60_000, first.timestamp);
  assert(/^Up /.test(first.status), first.status);
  assertGreater(first.memoryBytes, 0);
}

/** Lines continue after the first ones, each once and with its time. */
async function checkLogs(url: string): Promise<void> {
  await using client = new TestClient(url, "/logs/ws?container=lines&tail=2", TOKEN);
  const lines = () => client.frames.filter(({ message }) => /^line /.test(message));
  await eventually("ten lines", () => lines().length >= 10);
  const numbers = lines().map(({ message }) => Number(message.slice(5)));
  assertEquals(numbers, numbers.map((_number, index) => numbers[0]! + index));
  const { timestamp } = lines().at(-1);
  assert(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000, timestamp);
}
