/**
 * Soak: a server with churn, reconnects, deployments and changing hosts, for any time. It fails when memory,
 * descriptors or delay grow.
 *
 * `deno task soak 30` runs for thirty minutes.
 */
import { TOKEN } from "../../tests/client.ts";
import { residentMegabytes } from "../bench/processes.ts";
import { type Point, slope } from "./trend/slope.ts";

const VIEWERS = 20;
const SAMPLE_MS = 5000;
const HEADERS = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
/**
 * Largest growth per minute. The heap after a garbage collection shows a leak of objects at any length. Within a window
 * of the history it grows by 0.2 MB a minute, because each container of the churn has samples there. Resident memory
 * also grows with the frames of `history=10m`, and the allocator keeps it; it is level only after ten minutes, so that
 * shorter runs have no limit for it.
 */
const limits = (minutes: number) =>
  minutes < 30
    ? { heap: 2, resident: Infinity, descriptors: 3, delay: 20 }
    : { heap: 0.1, resident: 0.2, descriptors: 0.2, delay: 1 };

const minutes = Number(Deno.args[0] ?? 10);
if (!(minutes > 0)) {
  print("Usage: deno task soak [MINUTES]");
  Deno.exit(2);
}

const child = new Deno.Command(Deno.execPath(), {
  args: [
    ...[
      "run",
      "-A",
      "--v8-flags=--optimize-for-size,--max-semi-space-size=1,--single-threaded-gc,--expose-gc",
    ],
    new URL("server.ts", import.meta.url).pathname,
  ],
  stdin: "null",
  stdout: "piped",
  stderr: "null",
}).spawn();
const stop = new AbortController();
const code = await run().catch((error) => {
  print(String(error));
  return 1;
});
stop.abort();
child.kill("SIGKILL");
await child.status;
Deno.exit(code);

/** Drives the server until the time is over; @returns the exit code. */
async function run(): Promise<number> {
  const { url, lines } = await outputOf(child);
  for (let each = 0; each < VIEWERS; each++) watch(url, each);
  const work = setInterval(() => void Promise.allSettled([deploy(url), changeHosts(url)]), 3000);
  const measures = {
    heap: [] as Point[],
    resident: [] as Point[],
    descriptors: [] as Point[],
    delay: [] as Point[],
  };
  const start = performance.now();
  for (let passed = 0; passed < minutes; passed = (performance.now() - start) / 60_000) {
    await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    const heap = Number(lines.at(-1));
    if (heap > 0) measures.heap.push([passed, heap / 1e6]);
    measures.resident.push([passed, residentMegabytes(child.pid)]);
    measures.descriptors.push([passed, [...Deno.readDirSync(`/proc/${child.pid}/fd`)].length]);
    measures.delay.push([passed, await delayOf(url)]);
  }
  clearInterval(work);
  return report(measures);
}

function report(measures: Readonly<Record<keyof ReturnType<typeof limits>, readonly Point[]>>): number {
  let failed = false;
  for (const [name, limit] of Object.entries(limits(minutes)) as [keyof typeof measures, number][]) {
    const [growth, last] = [slope(measures[name]), measures[name].at(-1)?.[1] ?? 0];
    const fine = growth <= limit;
    failed ||= !fine;
    const numbers = `${growth.toFixed(3)} per minute (${
      limit === Infinity ? "no limit" : `at most ${limit.toFixed(2)}`
    }), last ${last.toFixed(1)}`;
    print(`${fine ? "ok    " : "FAILED"} ${name}: ${numbers}`);
  }
  return failed ? 1 : 0;
}

/** Waits for the address, and returns it with the lines that follow: the heap in bytes. */
async function outputOf({ stdout }: Deno.ChildProcess): Promise<{ url: string; lines: readonly string[] }> {
  const lines: string[] = [];
  const first = Promise.withResolvers<string>();
  let rest = "";
  const read = (part: string) => {
    const parts = (rest + part).split("\n");
    rest = parts.pop()!;
    for (const line of parts) if (line.startsWith("http")) first.resolve(line);
    lines.push(...parts.filter((line) => /^\d+$/.test(line)));
  };
  stdout.pipeThrough(new TextDecoderStream()).pipeTo(new WritableStream({ write: read })).then(
    () => first.reject(new Error("The server did not start")),
    first.reject,
  );
  return { url: await first.promise, lines };
}

/** Keeps a viewer that reconnects every few seconds. */
function watch(url: string, number: number): void {
  const option = number % 3 === 0 ? "&history=10m" : number % 3 === 1 ? "&detail=full" : "&hosts=1";
  const socket = new WebSocket(`${url.replace("http", "ws")}/docker/stats?batch=1${option}`);
  const again = () => {
    if (!stop.signal.aborted) watch(url, number);
  };
  socket.onclose = again;
  setTimeout(() => socket.close(), 1000 + Math.random() * 9000);
}

async function deploy(url: string): Promise<void> {
  const compose = `services: { web: { image: "busybox:1", environment: { N: "${Math.random()}" } } }`;
  const created = await ask(url, "POST", "/stacks", { name: "soak", compose });
  if (created.status === 422 || created.status === 409) {
    await ask(url, "PUT", "/stacks/1", { compose, deploy: true });
  }
}

async function changeHosts(url: string): Promise<void> {
  await ask(url, "POST", "/hosts", { id: "visitor", url: "tcp://10.0.0.5:2375" });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await ask(url, "DELETE", "/hosts/visitor");
}

async function ask(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number }> {
  const response = await fetch(url + path, {
    method,
    headers: HEADERS,
    ...body === undefined ? {} : { body: JSON.stringify(body) },
  });
  await response.body?.cancel();
  return response;
}

/** Returns the median time of a few requests, ms. */
async function delayOf(url: string): Promise<number> {
  const times: number[] = [];
  for (let each = 0; each < 9; each++) {
    const start = performance.now();
    await (await fetch(`${url}/healthz`)).text();
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[4]!;
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
