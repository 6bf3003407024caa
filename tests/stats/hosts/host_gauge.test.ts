import type { EngineInfo } from "../../../server/docker/engine.ts";
import { HostGauge, type HostStatsUpdate } from "../../../server/stats/hosts/host_gauge.ts";
import { assertEquals } from "../../assert.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { steadyMachine } from "./steady_machine.ts";

const INFO: EngineInfo = {
  ...{ product: "Fake", apiVersion: "1.51", os: "linux", cpus: 2, memoryBytes: 1024, bursts: true },
  ...{ clockOffsetMs: 0, cpuClock: "system" },
};

/** A connected gauge. */
class Scene implements AsyncDisposable {
  readonly updates: HostStatsUpdate[] = [];
  readonly session = new AbortController();
  readings = 0;
  releases = 0;
  readonly #read = steadyMachine();
  readonly gauge = new HostGauge({
    hostId: "nas",
    info: () => INFO,
    read: () => Promise.resolve((this.readings++, this.#read())),
    warmUpMs: 100,
    publish: (update) => this.updates.push(update),
    release: () => Promise.resolve(void this.releases++),
  });
  readonly #run = this.gauge.run(this.session.signal);

  async [Symbol.asyncDispose](): Promise<void> {
    this.session.abort();
    await this.#run;
  }
}

Deno.test("measures and publishes only while there are viewers, and then releases the files", async () => {
  using clock = fakeClock();
  await using scene = new Scene();
  await clock.tickAsync(5000);
  assertEquals([scene.readings, scene.updates.length], [0, 0]);
  const leave = new AbortController();
  scene.gauge.demand.add(1000, leave.signal);
  await clock.tickAsync(3500);
  assertEquals([scene.readings, scene.updates.length], [5, 4]);
  leave.abort();
  await clock.tickAsync(5000);
  assertEquals([scene.updates.length, scene.releases], [4, 1]);
});

Deno.test("a single request measures once, and releases the files ten seconds after the last one", async () => {
  using clock = fakeClock();
  await using scene = new Scene();
  const { signal } = scene.session;
  for (let turn = 0; turn < 3; turn++) {
    scene.gauge.refresh(signal);
    await clock.tickAsync(5000);
  }
  assertEquals([scene.readings, scene.updates.length, scene.releases], [4, 0, 0]);
  await clock.tickAsync(10_000);
  assertEquals(scene.releases, 1);
});

Deno.test("old numbers are never reported", async () => {
  using clock = fakeClock();
  await using scene = new Scene();
  scene.gauge.refresh(scene.session.signal);
  await clock.tickAsync(100);
  assertEquals(scene.gauge.usage()?.hostCpuUsage, 50);
  await clock.tickAsync(2001);
  assertEquals(scene.gauge.usage(), null);
});

Deno.test("a request while there are viewers uses their measurement", async () => {
  using clock = fakeClock();
  await using scene = new Scene();
  const leave = new AbortController();
  scene.gauge.demand.add(1000, leave.signal);
  await clock.tickAsync(1500);
  const { readings } = scene;
  await scene.gauge.refresh(scene.session.signal);
  assertEquals(scene.readings, readings);
  leave.abort();
  await clock.tickAsync(1);
});
