/** Measurements of logs, slow viewers and hostile requests. */
import { callSite } from "../../server/log/call_site.ts";
import { type RealEngine, startContainer } from "../../tests/e2e/engines.ts";
import { BENCH_TOKEN as TOKEN, type Child, start, startDockStat, startViewers } from "./children.ts";
import type { Row } from "./measures.ts";
import { coresUsed, residentMegabytes } from "./processes.ts";
import { pause } from "./run.ts";

const script = (name: string) => new URL(name, import.meta.url).pathname;

const LINE = "2026-08-01 12:00:00 INFO request 4711 of client 192.0.2.7 was answered in 12 ms";
const FLOOD = `while :; do yes "${LINE}" | head -n 5000; sleep 0.1; done`;

/** Time over which delays are collected, s. */
const DELAY_SECONDS = 6;

/** Measures the CPU of the server for a container that writes about 50,000 lines/s, against `docker logs -f`. */
export async function floodOfLines(engine: RealEngine): Promise<Row> {
  const name = "dockstat-bench-flood";
  const limits = ["--network=none", "--log-opt", "max-size=20m"];
  await using _flood = await startContainer(engine, name, limits, ["sh", "-c", FLOOD]);
  const ours = await costOfFlood(engine, name);
  const logs = `exec docker -H ${engine.url} logs -f --tail 0 ${name} >/dev/null`;
  await using theirs = start("sh", ["-c", logs]);
  await pause(3);
  const [cores = 1] = await coresUsed([theirs.pid], 6);
  return {
    what: "A container that writes 50,000 lines/s, one viewer: CPU of the server against `docker logs -f`",
    target: "≤ 2",
    measured: `${(ours.cores / cores).toFixed(2)} (${
      ours.lines.toLocaleString("en")
    } lines/s, ${ours.dropped} reported as dropped)`,
  };
}

async function costOfFlood(
  engine: RealEngine,
  name: string,
): Promise<{ readonly cores: number; readonly lines: number; readonly dropped: number }> {
  await using server = startDockStat(["--token", TOKEN], { DOCKER_HOST: engine.url });
  const url = await server.first;
  await pause(1);
  const program = ["run", "--allow-net=127.0.0.1", script("programs/lines.ts")];
  await using viewer = start(Deno.execPath(), [...program, url, name, TOKEN]);
  await pause(3);
  const [cores = 0] = await coresUsed([server.pid], 6);
  const [lines, dropped] = lastCounts(viewer);
  return { cores, lines, dropped };
}

function lastCounts({ lines }: Child): [number, number] {
  const [count = 0, dropped = 0] = (lines.at(-1) ?? "").split(" ").map(Number);
  return [count, dropped];
}

/** Measures the cost of finding the source position of a log call. */
export function costOfPlace(): Row {
  const calls = 20_000;
  for (let n = 0; n < 1000; n++) callSite();
  const start = performance.now();
  for (let n = 0; n < calls; n++) callSite();
  const each = (performance.now() - start) / calls * 1000;
  return {
    what: "Cost of `file` and `line` per log line (no line is logged per sample)",
    target: "measured",
    measured: `${each.toFixed(1)} µs`,
  };
}

/** Measures the delay of a viewer beside one that never reads, against one beside one that reads. */
export async function besideOneThatNeverReads(): Promise<Row> {
  await using server = startDockStat(["--demo", "500"]);
  const url = await server.first;
  const beside = await besideReader(url);
  using stuck = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
  const request =
    "GET /docker/stats?detail=full HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
  await stuck.write(new TextEncoder().encode(request));
  const before = residentMegabytes(server.pid);
  const stuckBeside = await delays(url);
  const grown = residentMegabytes(server.pid) - before;
  return {
    what:
      "p99 delay of a viewer beside one that never reads, against one beside one that reads, 500 simulated containers",
    target: "≤ 1.2",
    measured:
      `${(stuckBeside / beside).toFixed(2)} (${stuckBeside.toFixed(0)} against ${beside.toFixed(0)} ms; ` +
      `the server grew by ${grown.toFixed(1)} MB)`,
  };
}

async function besideReader(url: string): Promise<number> {
  await using _reader = startViewers(`${url}/docker/stats?detail=full`, 1);
  return await delays(url);
}

/** Returns the p99 of the delays of all messages of a viewer, ms. */
async function delays(url: string): Promise<number> {
  const seen: number[] = [];
  const socket = new WebSocket(`${url.replace("http", "ws")}/docker/stats?detail=full&state=running`);
  await pause(3);
  socket.onmessage = ({ data }) => {
    const read = /"timestamp":"([^"]+)"/.exec(data)?.[1];
    if (read !== undefined) seen.push(Date.now() - Date.parse(read));
  };
  await pause(DELAY_SECONDS);
  socket.close();
  seen.sort((a, b) => a - b);
  return Math.max(seen[Math.floor(seen.length * 0.99)] ?? NaN, 1);
}

/** Measures the memory after ten thousand refused requests. */
export async function memoryAfterHostility(): Promise<Row> {
  await using server = startDockStat(["--demo", "10"]);
  const url = await server.first;
  const refuse = async (count: number) => {
    for (let n = 0; n < count; n += 50) {
      await Promise.all(Array.from({ length: 50 }, async (_, index) => {
        const answer = await fetch(`${url}/docker/stats?x${n + index}=${"y".repeat(index * 20)}`);
        await answer.body?.cancel();
      }));
    }
    await pause(3);
    return residentMegabytes(server.pid);
  };
  const before = await refuse(5000);
  const after = await refuse(10_000);
  return {
    what: "Memory after 10,000 hostile requests, against before",
    target: "within 10 MB",
    measured: `${(after - before).toFixed(1)} MB`,
  };
}
