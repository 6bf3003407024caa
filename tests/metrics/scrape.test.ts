import type { RawStats } from "../../server/docker/sample.ts";
import { assert, assertEquals, assertGreater } from "../assert.ts";
import { serveEngines } from "../client.ts";
import { fakeContainer, FakeEngine, steadyReading } from "../fakes/engine.ts";

/** Returns a reading with packets and parts of the memory. */
function detailedReading(n: number): RawStats {
  const packets = { rx_packets: 1, rx_errors: 2, rx_dropped: 3, tx_packets: 4, tx_errors: 5, tx_dropped: 6 };
  const memory = { anon: 7, file: 8, file_mapped: 9, pgfault: 10, pgmajfault: 11, active_file: 13 };
  const steady = steadyReading(n);
  return {
    ...steady,
    memory_stats: { ...steady.memory_stats, stats: memory, failcnt: 0, max_usage: 12 },
    networks: { eth0: { ...steady.networks?.["eth0"], ...packets } },
  };
}

function engineOf(count: number): FakeEngine {
  const names = Array.from({ length: count }, (_, index) => `web-${index}`);
  const engine = new FakeEngine(...names.map((name) => fakeContainer(name)));
  engine.reading = (_id, n) => detailedReading(n);
  return engine;
}

async function scrape(engine: FakeEngine): Promise<readonly string[]> {
  await using server = await serveEngines({ Localhost: engine });
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

/** Returns the values of a metric by its remaining labels. */
function valuesOf(series: readonly string[], name: string): readonly string[] {
  return series.filter((line) => line.startsWith(name)).map((line) => line.split(" ").at(-1)!);
}

Deno.test("offers the counters of the engine's answer under the names of cAdvisor", async () => {
  const series = await scrape(engineOf(1));
  for (
    const [name, expected] of [
      ["container_memory_rss{", "7"],
      ["container_memory_mapped_file{", "9"],
      ["container_memory_max_usage_bytes{", "12"],
      ["container_memory_usage_bytes{", "256"],
      ["container_memory_total_active_file_bytes{", "13"],
      ["container_spec_cpu_shares{", "1024"],
      ["container_spec_memory_swap_limit_bytes{", "0"],
      ["container_spec_memory_reservation_limit_bytes{", "0"],
      ["container_network_receive_packets_total{", "1"],
      ["container_network_transmit_packets_dropped_total{", "6"],
    ] as const
  ) assertEquals(valuesOf(series, name), [expected], name);
  assertEquals(valuesOf(series, "container_memory_failures_total{"), ["11", "10"]);
  assertEquals(valuesOf(series, "dockstat_series_omitted"), ["0"]);
});

Deno.test("an engine that does not answer at once is not asked for more than its samples", async () => {
  const engine = engineOf(1);
  engine.bursts = false;
  const series = await scrape(engine);
  assertEquals(valuesOf(series, "container_memory_rss{"), []);
  assertEquals([valuesOf(series, "container_memory_working_set_bytes{").length, engine.calls.stats], [1, 0]);
});

Deno.test("leaves out optional metrics before containers", async () => {
  const series = await scrape(engineOf(600));
  assert(series.length <= 20_000, `${series.length} series`);
  assertEquals(valuesOf(series, "dockstat_containers_omitted"), ["0"]);
  assertGreater(Number(valuesOf(series, "dockstat_series_omitted")[0]), 0);
  assertEquals(valuesOf(series, "container_memory_failures_total{"), []);
  assertEquals(valuesOf(series, "container_memory_rss{").length, 600);
  assertEquals(valuesOf(series, "container_memory_working_set_bytes{").length, 600);
});

Deno.test("an answer with one device twice has each series once", async () => {
  const engine = engineOf(1);
  const entry = { major: 8, minor: 0, op: "Read", value: 5 };
  const twice = [entry, { ...entry, value: 6 }];
  engine.reading = (_id, n) => ({
    ...detailedReading(n),
    blkio_stats: { io_service_bytes_recursive: twice },
  });
  const series = await scrape(engine);
  const names = series.map((line) => line.slice(0, line.lastIndexOf(" ")));
  assertEquals(names.filter((name, index) => names.indexOf(name) !== index), []);
  assertEquals(valuesOf(series.filter((line) => line.includes('device="",major="8"')), "container_"), ["5"]);
});
