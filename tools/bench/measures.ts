/** Measurements of the benchmark, each a ratio or a number with its target. */
import { docker, IMAGE, OWN_LABEL, type RealEngine } from "../../tests/e2e/engines.ts";
import { tryRun } from "../engine/run.ts";
import { Relay } from "../../tests/fakes/relay.ts";
import { rate, start, startDockStat, startViewers } from "./children.ts";
import { coresUsed, cpuSeconds, engineProcesses, median, residentMegabytes } from "./processes.ts";

/** A row of the table. */
export interface Row {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
}

const CONTAINERS = 50;
const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Starts fifty idle containers for one scope. */
export async function fiftyContainers(engine: RealEngine): Promise<AsyncDisposable> {
  const names = Array.from({ length: CONTAINERS }, (_, index) => `dockstat-bench-${index}`);
  const network = engine.name === "distribution" ? "--network=none" : "--network=bridge";
  for (const name of names) {
    await docker(
      engine,
      "run",
      "-d",
      "--name",
      name,
      "--label",
      OWN_LABEL,
      network,
      IMAGE,
      "sleep",
      "100000",
    );
  }
  await pause(5);
  return {
    async [Symbol.asyncDispose]() {
      await tryRun("docker", ["-H", engine.url, "rm", "-f", ...names]);
    },
  };
}

interface Cost {
  readonly monitor: number;
  readonly sum: number;
}

/** Measures the CPU of DockStat with one viewer and of `docker stats`, each with the engine, three times in turn. */
export async function cpuAgainstDockerStats(
  engine: RealEngine,
  pidFile: string,
  target: string,
): Promise<Row[]> {
  const { dockerd, containerd } = engineProcesses(pidFile);
  const measure = async (monitor: number): Promise<Cost> => {
    await pause(3);
    const [own = 0, ...others] = await coresUsed([monitor, dockerd, containerd], 15);
    return { monitor: own, sum: own + others.reduce((sum, cores) => sum + cores, 0) };
  };
  const ours: Cost[] = [];
  const theirs: Cost[] = [];
  for (let round = 0; round < 3; round++) {
    {
      await using server = startDockStat([], { DOCKER_HOST: engine.url });
      await using _viewer = startViewers(`${await server.first}/docker/stats`, 1);
      ours.push(await measure(server.pid));
    }
    await using stats = start("docker", ["-H", engine.url, "stats"]);
    theirs.push(await measure(stats.pid));
  }
  const ratio = (pick: (cost: Cost) => number) =>
    median(ours.map((cost, i) => pick(cost) / pick(theirs[i]!)));
  const cores = (costs: readonly Cost[], pick: (cost: Cost) => number) => median(costs.map(pick)).toFixed(3);
  const row = (what: string, limit: string, pick: (cost: Cost) => number): Row => ({
    what: `${what}, Docker ${engine.version}`,
    target: limit,
    measured: `${ratio(pick).toFixed(2)} (${cores(ours, pick)} against ${cores(theirs, pick)} cores)`,
  });
  return [
    row(
      "CPU of monitor + dockerd + containerd, 50 containers, against `docker stats`",
      target,
      ({ sum }) => sum,
    ),
    row("CPU of the server process against the `docker stats` process", "≤ 0.8", ({ monitor }) => monitor),
  ];
}

/** Measures the requests that the engine gets per second, with one viewer and with twenty. */
export async function engineRequests(engine: RealEngine): Promise<Row> {
  await using relay = new Relay(engine.url.replace("unix://", ""));
  relay.open();
  await using server = startDockStat([], { DOCKER_HOST: relay.url });
  const url = `${await server.first}/docker/stats`;
  const perSecond = async (viewers: number) => {
    await using _viewers = startViewers(url, viewers);
    await pause(4);
    const before = relay.requests;
    await pause(20);
    return (relay.requests - before) / 20;
  };
  const [one, twenty] = [await perSecond(1), await perSecond(20)];
  return {
    what: "Engine requests per second, 20 viewers against 1",
    target: "1.0",
    measured: `${(twenty / one).toFixed(2)} (${twenty.toFixed(1)} against ${one.toFixed(1)})`,
  };
}

/** Measures the time from connecting to the first sample, with a running and with a stopped collector. */
export async function firstSample(engine: RealEngine): Promise<Row> {
  await using server = startDockStat([], { DOCKER_HOST: engine.url });
  const url = `${(await server.first).replace("http", "ws")}/docker/stats`;
  await pause(2);
  const cold = await timeToFrame(url);
  const warm: number[] = [];
  for (let attempt = 0; attempt < 9; attempt++) warm.push(await timeToFrame(url));
  return {
    what: "First sample after connect: collector warm / cold",
    target: "≤ 50 ms / ≤ 700 ms",
    measured: `${median(warm).toFixed(0)} ms / ${cold.toFixed(0)} ms`,
  };
}

async function timeToFrame(url: string): Promise<number> {
  const start = performance.now();
  const socket = new WebSocket(url);
  const { promise, resolve } = Promise.withResolvers<number>();
  socket.onmessage = ({ data }) => {
    if (data.includes('"running"')) resolve(performance.now() - start);
  };
  const elapsed = await promise;
  socket.close();
  return elapsed;
}

/** Measures the time from the start of a container to its first message. */
export async function startedLater(engine: RealEngine): Promise<Row> {
  await using server = startDockStat([], { DOCKER_HOST: engine.url });
  const socket = new WebSocket(`${(await server.first).replace("http", "ws")}/docker/stats`);
  await pause(2);
  const times: number[] = [];
  for (let attempt = 0; attempt < 5; attempt++) {
    const name = `dockstat-bench-late-${attempt}`;
    const { promise, resolve } = Promise.withResolvers<number>();
    socket.onmessage = ({ data }) => {
      if (data.includes(`"${name}"`) && data.includes('"running"')) resolve(performance.now());
    };
    await docker(engine, "run", "-d", "--name", name, "--label", OWN_LABEL, IMAGE, "sleep", "1000");
    const started = performance.now();
    times.push(await promise - started);
    await docker(engine, "rm", "-f", name);
  }
  socket.close();
  return {
    what: "A container started later is seen after",
    target: "≤ 1.5 s",
    measured: `${(median(times) / 1000).toFixed(2)} s (slowest ${(Math.max(...times) / 1000).toFixed(2)} s)`,
  };
}

/** Measures the memory of the server with a hundred viewers of fifty containers. */
export async function memoryWithViewers(engine: RealEngine): Promise<Row> {
  await using server = startDockStat([], { DOCKER_HOST: engine.url });
  await using _viewers = startViewers(`${await server.first}/docker/stats`, 100);
  await pause(30);
  return {
    what: "Memory of the server, 50 containers, 100 viewers",
    target: "≤ 100 MB",
    measured: `${residentMegabytes(server.pid).toFixed(0)} MB`,
  };
}

/** Measures frames to 200 viewers per CPU second of the server, against a loop that only sends. */
export async function framesAgainstBareLoop(): Promise<Row> {
  const perCpuSecond = async (pid: number, url: string) => {
    await using viewers = startViewers(url, 200);
    await pause(5);
    const before = cpuSeconds(pid);
    const start = performance.now();
    await pause(15);
    const cores = (cpuSeconds(pid) - before) / (performance.now() - start) * 1000;
    return rate(viewers, 10).frames / cores;
  };
  const ratios: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < 3; round++) {
    await using server = startDockStat(["--demo", "200"]);
    const ours = await perCpuSecond(server.pid, `${await server.first}/docker/stats?state=running`);
    const script = new URL("bare_loop.ts", import.meta.url).pathname;
    await using bare = start(Deno.execPath(), ["run", "--allow-net=127.0.0.1", script, "170"]);
    const theirs = await perCpuSecond(bare.pid, await bare.first);
    ratios.push(ours / theirs);
    rates.push(ours);
  }
  return {
    what: "Frames to 200 viewers per second of CPU, against the bare loop",
    target: "≥ 0.8",
    measured: `${median(ratios).toFixed(2)} (${Math.round(median(rates) / 1000)},000 a second)`,
  };
}

/** Measures the time from the start of the process to the address on standard output. */
export async function startToListening(engine: RealEngine): Promise<Row> {
  const times: number[] = [];
  for (let attempt = 0; attempt < 7; attempt++) {
    const start = performance.now();
    await using server = startDockStat([], { DOCKER_HOST: engine.url });
    await server.first;
    times.push(performance.now() - start);
  }
  return {
    what: "Start to listening, warm cache",
    target: "≤ 500 ms",
    measured: `${median(times).toFixed(0)} ms`,
  };
}

/** Measures the CPU of a thousand simulated containers with twenty viewers. */
export async function thousandSimulated(): Promise<Row> {
  await using server = startDockStat(["--demo", "1000"]);
  await using _viewers = startViewers(`${await server.first}/docker/stats?batch=1`, 20);
  await pause(5);
  const [cores = 0] = await coresUsed([server.pid], 20);
  return {
    what: "1,000 simulated containers, 20 viewers, `batch=1`, 1 s: CPU of the server",
    target: "≤ 0.5 core",
    measured: `${cores.toFixed(2)} core (${residentMegabytes(server.pid).toFixed(0)} MB)`,
  };
}
