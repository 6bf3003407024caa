import { assertEquals } from "../../assert.ts";
import type { Sample } from "../../../server/docker/sample.ts";
import { fakeContainer } from "../../fakes/container.ts";
import { Thresholds } from "../../../server/alerts/engine/thresholds.ts";
import { fakeRule } from "../rules.ts";
import { AlertScene } from "./scene.ts";

const CPU = fakeRule({ when: { kind: "threshold", metric: "cpu", above: 80 }, for: "1m" });

function sample(cpuUsage: number, changes: Partial<Sample> = {}): Sample {
  return {
    ...{ cpuUsage, memoryUsage: 10, memoryBytes: 100, networkRxRate: 1, networkTxRate: 2 },
    ...changes,
  } as Sample;
}

/** Sends one sample per second. */
function run(
  scene: AlertScene,
  seconds: number,
  value: number,
  name = "web",
  project: string | null = null,
): void {
  for (let second = 0; second < seconds; second++) {
    scene.watch.numbers.sampled("nas", fakeContainer(name, { project }), sample(value));
    scene.advance(1000);
  }
}

Deno.test("a number above its limit for the whole time fires, with its value", () => {
  const scene = new AlertScene(CPU);
  run(scene, 62, 95);
  assertEquals(scene.calls, ["fired web: CPU usage is above 80 %"]);
  assertEquals(scene.tracker.find(() => true)[0]?.facts.value, 95);
});

Deno.test("a dip below the limit begins the time again", () => {
  const scene = new AlertScene(CPU);
  for (let round = 0; round < 5; round++) {
    run(scene, 50, 95);
    run(scene, 1, 20);
  }
  assertEquals(scene.calls, []);
});

Deno.test("a number that is no longer read fires nothing", () => {
  const scene = new AlertScene(CPU);
  run(scene, 30, 95);
  scene.advance(120_000);
  assertEquals(scene.calls, []);
});

Deno.test("a number that was not read for a while begins the time again", () => {
  const scene = new AlertScene(CPU);
  run(scene, 40, 95);
  scene.advance(18_000);
  run(scene, 40, 95);
  assertEquals(scene.calls, []);
  run(scene, 22, 95);
  assertEquals(scene.calls, ["fired web: CPU usage is above 80 %"]);
});

Deno.test("a stall of a minute causes no alert", () => {
  const scene = new AlertScene(CPU);
  run(scene, 1, 95);
  scene.clock.advance(60_000);
  scene.tracker.tick();
  run(scene, 1, 20);
  assertEquals(scene.calls, []);
});

Deno.test("the numbers of a stack are added up", () => {
  const scene = new AlertScene({
    ...CPU,
    when: { kind: "threshold", metric: "cpu", above: 80, scope: "stack" },
    match: { project: "shop" },
    for: "0s",
  });
  run(scene, 1, 50, "web", "shop");
  assertEquals(scene.calls, []);
  run(scene, 1, 50, "db", "shop");
  assertEquals(scene.calls, ["fired shop: CPU usage is above 80 %"]);
});

Deno.test("the traffic of both directions is added up", () => {
  const when = { kind: "threshold", metric: "network", above: 1_000_000 } as const;
  const scene = new AlertScene({ ...CPU, when, for: "0s" });
  const both = sample(0, { networkRxRate: 600_000, networkTxRate: 600_000 });
  scene.watch.numbers.sampled("nas", fakeContainer("web"), both);
  assertEquals(scene.calls, ["fired web: Network traffic is above 976.6 KiB/s"]);
});

Deno.test("an alert about memory in bytes has the memory that corresponds to 100 %", () => {
  const when = { kind: "threshold", metric: "memoryBytes", above: 50 } as const;
  const scene = new AlertScene({ ...CPU, when, for: "0s" });
  scene.watch.numbers.sampled("nas", fakeContainer("web"), sample(0, { memoryLimitBytes: 400 }));
  const usage = { hostId: "nas", hostCpuUsage: 0, hostMemoryBytes: 60, hostMemoryTotalBytes: 800 };
  scene.watch.use([{ ...CPU, when: { ...when, scope: "host" }, for: "0s" }]);
  scene.watch.measured(usage as Parameters<AlertScene["watch"]["measured"]>[0], null);
  assertEquals(scene.tracker.find(() => true).map(({ facts }) => facts.memoryTotalBytes), [400, 800]);
});

Deno.test("a machine with a full disk fires", () => {
  const scene = new AlertScene(fakeRule({ when: { kind: "state", state: "disk-full" } }));
  const usage = { hostId: "nas", diskUsedBytes: 95, diskTotalBytes: 100 } as Parameters<
    AlertScene["watch"]["measured"]
  >[0];
  scene.watch.measured(usage, null);
  assertEquals(scene.calls, ["fired nas: The disk is more than 90 % full"]);
});

Deno.test("an alert about a number of an earlier run ends after the first value that does not show it", () => {
  const scene = new AlertScene(CPU);
  const subject = {
    hostId: "nas",
    containerId: fakeContainer("web").id,
    name: "web",
    project: null,
    service: null,
  };
  scene.tracker.restore(CPU, subject, { reason: "" }, 0, 1);
  run(scene, 62, 20);
  assertEquals(scene.calls, ["known web", "recovered web"]);
});

Deno.test("a container that stops ends its alert about a number", () => {
  const scene = new AlertScene({ ...CPU, for: "0s" });
  run(scene, 1, 95);
  scene.watch.changed("nas", fakeContainer("web", { state: "exited" }), 0);
  scene.advance(61_000);
  assertEquals(scene.calls, ["fired web: CPU usage is above 80 %", "recovered web"]);
});

Deno.test("a value crosses exactly the limits between it and the value before", () => {
  const limits = [50, 10, 30].map((above) => ({ rule: fakeRule({ id: `r${above}` }), above }));
  const thresholds = new Thresholds(limits);
  const crossed: string[] = [];
  for (const value of [5, 10, 40, 31, 100, 0]) {
    thresholds.set(value, ({ above }, isExceeded) => crossed.push(`${isExceeded ? "+" : "-"}${above}`));
  }
  assertEquals(crossed, ["+10", "+30", "+50", "-50", "-30", "-10"]);
});
