import { openSimulatedEngine } from "../../server/docker/simulated.ts";
import { curve, randomNumbers, shortLivedStage } from "../../server/docker/simulated_containers.ts";
import { toCounters, toSample } from "../../server/docker/sample.ts";
import { assert, assertEquals, assertGreaterOrEqual, assertLessOrEqual } from "../assert.ts";

const SIGNAL = new AbortController().signal;
const BEGIN = Date.UTC(2026, 7, 1);

/** Everything that an engine of a seed says in two moments. */
async function told(seed: number): Promise<unknown> {
  let now = BEGIN;
  const engine = openSimulatedEngine({ containers: 20, seed, now: () => now });
  const containers = await engine.list(SIGNAL);
  const readings = [];
  for (const at of [0, 1000]) {
    now = BEGIN + at;
    readings.push(await Promise.all(containers.map(({ id }) => engine.stats(id, SIGNAL))));
  }
  return { containers, readings };
}

Deno.test("two runs with one seed tell the same, with another seed something else", async () => {
  assertEquals(await told(7), await told(7));
  assert(JSON.stringify(await told(7)) !== JSON.stringify(await told(8)));
});

Deno.test("as many containers are there as were asked for, some ended, some paused", async () => {
  const engine = openSimulatedEngine({ containers: 50, seed: 1, now: () => BEGIN });
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

Deno.test("every reading gives a believable sample", async () => {
  let now = BEGIN;
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

Deno.test("a visitor comes, runs, ends and goes within a minute, as a new container each time", async () => {
  let now = BEGIN;
  const engine = openSimulatedEngine({ containers: 1, seed: 1, now: () => now });
  const stages: (string | undefined)[] = [];
  const ids = new Set<string>();
  for (let second = 0; second < 120; second++, now += 1000) {
    const guest = (await engine.list(SIGNAL)).find(({ name }) => name === "nightly-backup");
    if (guest !== undefined) ids.add(guest.id);
    if (guest?.state !== stages.at(-1)) stages.push(guest?.state);
  }
  assertEquals(stages.slice(0, 4), ["created", "running", "exited", undefined]);
  assertEquals(ids.size, 2);
  assertEquals(shortLivedStage(BEGIN).stage, "away");
});
