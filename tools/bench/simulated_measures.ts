/** Measurements of simulated containers: what many viewers and many containers cost. */
import { BENCH_TOKEN, type Child, rate, start, startDockStat, startViewers } from "./children.ts";
import type { Row } from "./measures.ts";
import { coresUsed, cpuSeconds, median, residentMegabytes } from "./processes.ts";
import { pause } from "./run.ts";

/** Simulated containers of the largest measurement. */
const MANY = 10_000;
/** Time until the numbers of that many are sent evenly, s. */
const SETTLE_SECONDS = 8;

/** Measures frames to 200 viewers per CPU second of the server, against a loop that only sends. */
export async function framesAgainstBareLoop(rounds: number): Promise<Row> {
  const ratios: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await using server = startDockStat(["--demo", "200"]);
    const ours = await framesPerCpuSecond(server.pid, `${await server.first}/docker/stats?state=running`);
    const script = new URL("programs/bare_loop.ts", import.meta.url).pathname;
    await using bare = start(Deno.execPath(), ["run", "--allow-net=127.0.0.1", script, "170"]);
    const theirs = await framesPerCpuSecond(bare.pid, await bare.first);
    ratios.push(ours / theirs);
    rates.push(ours);
  }
  return {
    what: "Frames to 200 viewers per second of CPU, against the bare loop",
    target: "≥ 0.9",
    measured: `${median(ratios).toFixed(2)} (${Math.round(median(rates) / 1000)},000 a second)`,
  };
}

async function framesPerCpuSecond(pid: number, url: string): Promise<number> {
  await using viewers = startViewers(url, 200);
  await pause(4);
  const before = cpuSeconds(pid);
  const start = performance.now();
  await pause(7);
  const cores = (cpuSeconds(pid) - before) / (performance.now() - start) * 1000;
  return rate(viewers, 6).frames / cores;
}

/** Measures the CPU of a thousand simulated containers with twenty viewers. */
export async function thousandSimulated(): Promise<Row> {
  await using server = startDockStat(["--demo", "1000"]);
  await using _viewers = startViewers(`${await server.first}/docker/stats?batch=1`, 20);
  await pause(5);
  const [cores = 0] = await coresUsed([server.pid], 10);
  return {
    what: "1,000 simulated containers, 20 viewers, `batch=1`, 1 s: CPU of the server",
    target: "≤ 0.5 core",
    measured: `${cores.toFixed(2)} core (${residentMegabytes(server.pid).toFixed(0)} MB)`,
  };
}

/** Measures ten thousand simulated containers: many viewers rarely, and some viewers often. */
export async function tenThousandSimulated(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [viewers, seconds] of [[100, 5], [20, 1]] as const) {
    await using server = startDockStat(["--demo", String(MANY)]);
    const url = `${await server.first}/docker/stats`;
    await using watching = startViewers(`${url}?batch=1&interval=${seconds}s`, viewers);
    await pause(SETTLE_SECONDS);
    const [cores = 0] = await coresUsed([server.pid], 12);
    const sets = rate(watching, 10).bytes / viewers * seconds / await bytesOf(`${url}?state=running`);
    rows.push({
      what: `10,000 simulated containers, \`batch=1\`, ${viewers} viewers at ${seconds} s: memory; ` +
        "frame sets of each viewer per interval",
      target: "≤ 300 MB; 1.0",
      measured: `${residentMegabytes(server.pid).toFixed(0)} MB; ${sets.toFixed(2)} (${
        cores.toFixed(2)
      } core, ${megabytes(watching)} MB/s)`,
    });
  }
  return rows;
}

/** Returns the length of the newest messages of containers; only running ones are in each set of frames. */
async function bytesOf(url: string): Promise<number> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${BENCH_TOKEN}` } });
  return (await answer.text()).length;
}

function megabytes(viewers: Child): string {
  return (rate(viewers, 10).bytes / 1e6).toFixed(0);
}
