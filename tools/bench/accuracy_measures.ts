/** Measurements of the numbers themselves. */
import { docker, type RealEngine, startContainer } from "../../tests/e2e/engines.ts";
import { startDockStat } from "./children.ts";
import type { Row } from "./measures.ts";

const NAME = "dockstat-bench-busy";
const SECONDS = 10;

/** Compares the mean CPU % of a container with a limit of half a core, over the same seconds. */
export async function cpuOfBusyContainer(engine: RealEngine): Promise<Row> {
  const loop = ["busybox", "sh", "-c", "while :; do :; done"];
  await using busy = await startContainer(engine, NAME, ["--cpus=0.5"], loop);
  await using server = startDockStat([], { DOCKER_HOST: engine.url });
  const url = `${(await server.first).replace("http", "ws")}/docker/stats?container=${busy.id}`;
  const [ours, theirs] = await Promise.all([readingsOf(url), readingsOfDockerStats(engine)]);
  return {
    what: `CPU % of a container with --cpus=0.5 against \`docker stats\`, means of ${SECONDS} s`,
    target: "within 5",
    measured: `${mean(ours).toFixed(1)} against ${mean(theirs).toFixed(1)}`,
  };
}

async function readingsOf(url: string): Promise<number[]> {
  const readings: number[] = [];
  const socket = new WebSocket(url);
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.onmessage = ({ data }) => {
    const { cpuUsage } = JSON.parse(data);
    if (cpuUsage > 0) readings.push(cpuUsage);
    if (readings.length >= SECONDS) resolve();
  };
  await promise;
  socket.close();
  return readings;
}

async function readingsOfDockerStats(engine: RealEngine): Promise<number[]> {
  const readings: number[] = [];
  while (readings.length < SECONDS / 2) {
    readings.push(parseFloat(await docker(engine, "stats", "--no-stream", "--format", "{{.CPUPerc}}", NAME)));
  }
  return readings;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
