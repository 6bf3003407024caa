import { containerMetrics } from "../../server/routes/container_metrics.ts";
import { prometheusText } from "../../server/http/prometheus_text.ts";
import { type ContainerFacts, ContainerUpdate } from "../../server/stats/update.ts";
import { assertEquals, assertMatch, assertNotEquals } from "../assert.ts";
import { fakeContainer, idOf } from "../fakes/engine.ts";
import { SAMPLE } from "../metrics/sample.ts";

function update(changes: Partial<ContainerFacts> = {}): ContainerUpdate {
  const container = fakeContainer("web", { project: "shop", service: "web", startedAt: 1_500 });
  const rest = { hostId: "nas", status: "Up", sample: SAMPLE, stale: false, changed: false };
  return new ContainerUpdate({ container, ...rest, ...changes });
}

/** Returns the values of a metric. */
function values(name: string, ...updates: readonly ContainerUpdate[]): readonly number[] {
  const metric = containerMetrics(updates).find((metric) => metric.name === `dockstat_container_${name}`);
  return metric!.samples.map(([, value]) => value);
}

for (
  const [name, expected] of [
    ["cpu_percent", [12.5]],
    ["cpu_seconds_total", [2.5]],
    ["cpus", [2]],
    ["memory_bytes", [1024]],
    ["block_read_bytes_total", [4096]],
    ["block_write_bytes_total", [8192]],
    ["pids", [3]],
    ["start_time_seconds", [1.5]],
    ["network_receive_bytes_total", [0]],
    ["network_transmit_bytes_total", []],
    ["memory_limit_bytes", []],
    ["health", []],
  ] as const
) {
  Deno.test(`${name} is ${expected.length === 0 ? "absent where it is unknown" : expected}`, () => {
    assertEquals(values(name, update()), expected);
  });
}

Deno.test("a paused container has no CPU percentage, but keeps its CPU time", () => {
  const paused = update({ container: fakeContainer("web", { state: "paused" }) });
  assertEquals([values("cpu_percent", paused), values("cpu_seconds_total", paused)], [[0], [2.5]]);
});

Deno.test("a stopped container has a state and no numbers", () => {
  const stopped = update({ container: fakeContainer("web", { state: "exited" }), sample: undefined });
  const present = containerMetrics([stopped]).filter(({ samples }) => samples.length > 0);
  assertEquals(present.map(({ name }) => name), ["dockstat_container_state"]);
});

Deno.test("a running container whose numbers cannot be read has a state and no numbers", () => {
  const present = containerMetrics([update({ stale: true })]).filter(({ samples }) => samples.length > 0);
  assertEquals(present.map(({ name }) => name), ["dockstat_container_state"]);
});

Deno.test("names of containers and projects stay data in labels", () => {
  const name = 'a"b\\c\nd';
  const container = fakeContainer(name, {
    project: "__proto__",
    service: 'x"} 1\nfake_metric 2',
    health: "healthy",
  });
  const lines = prometheusText(containerMetrics([update({ container })])).split("\n");
  assertEquals(lines.filter((line) => line.startsWith("fake_metric")), []);
  const health = lines.find((line) => line.startsWith("dockstat_container_health{"));
  assertEquals(health?.includes('name="a\\"b\\\\c\\nd"'), true, health);
  assertEquals(health?.includes('project="__proto__"'), true, health);
  assertEquals(health?.endsWith('health="healthy"} 1'), true, health);
});

/** The update of a container that shares the network of another one. */
function sharing(name: string, owner: string): ContainerUpdate {
  return update({ container: fakeContainer(name, { networkOf: idOf(owner) }) });
}

for (
  const [text, updates] of [
    ["by its owner", [sharing("app", "web"), update()]],
    ["by its owner, listed first", [update(), sharing("app", "web")]],
    ["by one of the others, if its owner has no numbers", [sharing("app", "vpn"), sharing("job", "vpn")]],
  ] as const
) {
  Deno.test(`the traffic of a shared network is counted once, ${text}`, () => {
    assertEquals(values("network_receive_bytes_total", ...updates), [0]);
    assertEquals(values("pids", ...updates), [3, 3]);
  });
}

Deno.test("the owner of a shared network has its traffic", () => {
  const metric = containerMetrics([sharing("app", "web"), update()])
    .find(({ name }) => name === "dockstat_container_network_receive_bytes_total");
  assertMatch(metric!.samples[0]![0], /name="web"/);
});

Deno.test("a label has 128 bytes at most, and long names remain different", () => {
  const long = (end: string) =>
    update({ container: fakeContainer(end, { name: "ü".repeat(100) + end, image: "i".repeat(300) }) });
  const [first, second] = containerMetrics([long("a"), long("b")])[0]!.samples.map(([labels]) => labels);
  assertNotEquals(first, second);
  const lengths = [...first!.matchAll(/="([^"]*)"/g)].map(([, text]) =>
    new TextEncoder().encode(text).length
  );
  assertEquals(lengths.filter((length) => length > 128), []);
});
