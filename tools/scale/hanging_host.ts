/**
 * One of 20 hosts hangs: the delay of the other hosts in alternating windows.
 *
 * `deno run -A tools/scale/hanging_host.ts [SECONDS]` prints the median p99 of five windows with and without the fault,
 * and fails if the fault adds more than 50 ms.
 */
import { openSimulatedEngine } from "../../server/docker/simulated/simulated.ts";
import type { Engine } from "../../server/docker/engine.ts";
import { untilAborted } from "../../server/duration.ts";
import { Feed } from "../../server/stats/feed.ts";
import { COLLECTOR_TIMES } from "../../server/stats/times.ts";
import { ContainerUpdate } from "../../server/stats/update.ts";
import { quantile } from "./report/points.ts";

const [HOSTS, CONTAINERS, WINDOWS, MOST_MS] = [20, 20, 5, 50];

const seconds = Number(Deno.args[0] ?? 60);
let gate: PromiseWithResolvers<void> | undefined;

/** Delays every answer of an engine while the gate is closed. */
function hanging(engine: Engine): Engine {
  return new Proxy(engine, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        const result: unknown = value.apply(target, args);
        const signal = args.find((argument) => argument instanceof AbortSignal);
        if (gate === undefined || !(result instanceof Promise) || signal === undefined) return result;
        return untilAborted(gate.promise.then(() => result), signal);
      };
    },
  });
}

const hosts = Array.from({ length: HOSTS }, (_, index) => {
  const engine = openSimulatedEngine({ containers: CONTAINERS, seed: index + 1 });
  return { id: `host-${index}`, engine: index === 0 ? hanging(engine) : engine };
});
await using feed = new Feed(hosts, { times: COLLECTOR_TIMES });
const left = new AbortController();
let delays: number[] = [];
const reading = read();
await pause(5);
const p99s = { before: [] as number[], hanging: [] as number[] };
for (let window = 0; window < WINDOWS; window++) {
  p99s.before.push(await measured());
  gate = Promise.withResolvers();
  p99s.hanging.push(await measured());
  gate.resolve();
  gate = undefined;
  await pause(Math.min(5, seconds));
}
left.abort();
await reading;
const [before, during] = [median(p99s.before), median(p99s.hanging)];
const line = `p99 of the other hosts: ${before} ms before, ${during} ms while one host hangs`;
Deno.stdout.writeSync(new TextEncoder().encode(`${line} (at most ${MOST_MS} ms more)\n`));
Deno.exitCode = during <= before + MOST_MS ? 0 : 1;

/** Collects the delays from reading to update, without the first host. */
async function read(): Promise<void> {
  for await (const updates of feed.subscribe({ intervalMs: 1000 }, left.signal)) {
    const now = Date.now();
    for (const update of updates) {
      if (!(update instanceof ContainerUpdate) || update.facts.hostId === "host-0") continue;
      const { sample, stale, changed } = update.facts;
      if (sample !== undefined && !changed && !stale) delays.push(now - sample.readMs);
    }
  }
}

async function measured(): Promise<number> {
  delays = [];
  await pause(seconds);
  return quantile(delays.toSorted((one, other) => one - other), 0.99);
}

function median(values: readonly number[]): number {
  return Math.round(quantile(values.toSorted((one, other) => one - other), 0.5));
}

function pause(length: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, length * 1000));
}
