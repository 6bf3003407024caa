/** Measurements of real containers, each a ratio or a number with its target. */
import { docker, IMAGE, OWN_LABEL, type RealEngine } from "../../tests/e2e/engines.ts";
import { Relay } from "../../tests/fakes/relay.ts";
import { tryRun } from "../engine/run.ts";
import { startDockStat, startViewers } from "./children.ts";
import { exactCpuSeconds, median } from "./processes.ts";
import { pause } from "./run.ts";

/** A row of the table. */
export interface Row {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
}

/** Measures the requests that the engine gets per second, with one viewer and with twenty. */
export async function engineRequests(engine: RealEngine): Promise<Row> {
  const seconds = 6;
  await using relay = new Relay(engine.url.replace("unix://", ""));
  relay.open();
  await using server = startDockStat([], { DOCKER_HOST: relay.url });
  const url = `${await server.first}/docker/stats`;
  const perSecond = async (viewers: number) => {
    await using _viewers = startViewers(url, viewers);
    await pause(4);
    const before = relay.requests;
    await pause(seconds);
    return (relay.requests - before) / seconds;
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
  for (let attempt = 0; attempt < 5; attempt++) times.push(await timeToContainer(engine, socket, attempt));
  socket.close();
  return {
    what: "A container started later is seen after",
    target: "≤ 1.5 s",
    measured: `${(median(times) / 1000).toFixed(2)} s (slowest ${(Math.max(...times) / 1000).toFixed(2)} s)`,
  };
}

async function timeToContainer(engine: RealEngine, socket: WebSocket, attempt: number): Promise<number> {
  const name = `dockstat-bench-late-${attempt}`;
  const { promise, resolve } = Promise.withResolvers<number>();
  socket.onmessage = ({ data }) => {
    if (data.includes(`"${name}"`) && data.includes('"running"')) resolve(performance.now());
  };
  try {
    await docker(engine, "run", "-d", "--name", name, "--label", OWN_LABEL, IMAGE, "sleep", "1000");
    const started = performance.now();
    return await promise - started;
  } finally {
    await tryRun("docker", ["-H", engine.url, "rm", "-f", name]);
  }
}

/** Measures the start of the process, until its address is on standard output. */
export async function startToListening(engine: RealEngine): Promise<Row> {
  const times: number[] = [];
  const cpu: number[] = [];
  for (let attempt = 0; attempt < 9; attempt++) {
    const start = performance.now();
    await using server = startDockStat([], { DOCKER_HOST: engine.url });
    await server.first;
    times.push(performance.now() - start);
    cpu.push(exactCpuSeconds(server.pid) * 1000);
  }
  return {
    what: "Start to listening, warm cache: CPU / time",
    target: "≤ 120 ms / ≤ 500 ms",
    measured: `${median(cpu).toFixed(0)} ms / ${median(times).toFixed(0)} ms`,
  };
}
