import { openSimulatedEngine } from "../../server/docker/simulated/simulated.ts";
import { curve, randomNumbers, shortLivedStage } from "../../server/docker/simulated/simulated_containers.ts";
import { toCounters, toSample } from "../../server/docker/sample.ts";
import { assert, assertEquals, assertGreaterOrEqual, assertLessOrEqual } from "../assert.ts";

const SIGNAL = new AbortController().signal;
const START = Date.UTC(2026, 7, 1);

/** Reads everything that an engine with a seed reports at two times. */
async function readAll(seed: number): Promise<unknown> {
  let now = START;
  const engine = openSimulatedEngine({ containers: 20, seed, now: () => now });
  const containers = await engine.list(SIGNAL);
  const readings = [];
  for (const at of [0, 1000]) {
    now = START + at;
    readings.push(await Promise.all(containers.map(({ id }) => engine.stats(id, SIGNAL))));
  }
  return { containers, readings };
}

Deno.test("one seed gives the same readings in every run, another seed gives different ones", async () => {
  assertEquals(await readAll(7), await readAll(7));
  assert(JSON.stringify(await readAll(7)) !== JSON.stringify(await readAll(8)));
});

Deno.test("creates the requested number of containers, some exited and some paused", async () => {
  const engine = openSimulatedEngine({ containers: 50, seed: 1, now: () => START });
  const states = (await engine.list(SIGNAL)).map(({ state }) => state);
  assertEquals(states.length, 49);
  assertEquals([...new Set(states)].sort(), ["exited", "paused", "running"]);
});

Deno.test("a curve only grows, around its mean", () => {
  const load = curve(0.5, randomNumbers(3));
  for (let second = 0; second < 3600; second++) {
    const rate = load.total(second + 1) - load.total(second);
    assertGreaterOrEqual(rate, 0.05);
    assertLessOrEqual(rate, 0.95);
  }
});

Deno.test("every reading gives a plausible sample", async () => {
  let now = START;
  const engine = openSimulatedEngine({ containers: 10, seed: 1, now: () => now });
  const info = await engine.connect(SIGNAL);
  for (const { id, state } of await engine.list(SIGNAL)) {
    if (state !== "running") continue;
    const [one, other] = [await engine.stats(id, SIGNAL), (now += 1000, await engine.stats(id, SIGNAL))];
    const sample = toSample(toCounters(one!, info)!, toCounters(other!, info)!);
    assert(
      sample!.cpuUsage > 0 && sample!.cpuUsage < 400 && sample!.memoryUsage > 0 && sample!.memoryUsage < 100,
    );
  }
});

Deno.test("a short-lived container appears, runs, exits and disappears within a minute, each time with a new id", async () => {
  let now = START;
  const engine = openSimulatedEngine({ containers: 1, seed: 1, now: () => now });
  const stages: (string | undefined)[] = [];
  const ids = new Set<string>();
  for (let second = 0; second < 120; second++, now += 1000) {
    const shortLived = (await engine.list(SIGNAL)).find(({ name }) => name === "nightly-backup");
    if (shortLived !== undefined) ids.add(shortLived.id);
    if (shortLived?.state !== stages.at(-1)) stages.push(shortLived?.state);
  }
  assertEquals(stages.slice(0, 4), ["created", "running", "exited", undefined]);
  assertEquals(ids.size, 2);
  assertEquals(shortLivedStage(START).stage, "away");
});

Deno.test("the machine is as large as its containers need, at any number of them", async () => {
  for (const containers of [1, 20, 1000]) {
    let now = START;
    const engine = openSimulatedEngine({ containers, seed: 1, now: () => now });
    const { cpus, memoryBytes } = await engine.connect(SIGNAL);
    const before = engine.machine!().machine;
    now += 10_000;
    const { machine, disk } = engine.machine!();
    assertLessOrEqual((machine.cpu!.busy - before.cpu!.busy) / 10, cpus);
    assertLessOrEqual(machine.memoryBytes!, memoryBytes);
    assertLessOrEqual(disk!.usedBytes, disk!.totalBytes);
    assertLessOrEqual(Math.max(...machine.load!), cpus);
  }
});

Deno.test("the machine uses as much as its containers together", async () => {
  let now = START + 30_000;
  const engine = openSimulatedEngine({ containers: 50, seed: 1, now: () => now });
  const info = await engine.connect(SIGNAL);
  const ids = (await engine.list(SIGNAL)).filter(({ state }) => state === "running").map(({ id }) => id);
  const readAll = async () =>
    (await Promise.all(ids.map((id) => engine.stats(id, SIGNAL)))).map((raw) => toCounters(raw!, info)!);
  const [before, machine] = [await readAll(), engine.machine!().machine];
  now += 1000;
  const [after, later] = [await readAll(), engine.machine!().machine];
  const used = after.reduce((sum, { cpuTotal }, index) => sum + cpuTotal - before[index]!.cpuTotal, 0) / 1e9;
  assertLessOrEqual(used, later.cpu!.busy - machine.cpu!.busy);
  const memory = after.reduce((sum, { memoryBytes }) => sum + memoryBytes!, 0);
  assertLessOrEqual(memory, later.memoryBytes!);
});
