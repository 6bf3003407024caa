/** Metrics of cAdvisor with further labels. */
import { toDetails } from "../../server/docker/details.ts";
import { MOST_LABELED, toLabeled } from "../../server/docker/metrics/labeled.ts";
import type { RawStats } from "../../server/docker/sample.ts";
import { prometheusText } from "../../server/http/prometheus_text.ts";
import { ContainerSeries } from "../../server/routes/container_metrics.ts";
import { ContainerUpdate } from "../../server/stats/update.ts";
import { assert, assertEquals } from "../assert.ts";
import { fakeContainer, idOf } from "../fakes/container.ts";
import { SAMPLE } from "./sample.ts";

function update(name: string, networkOf: string | null = null): ContainerUpdate {
  const container = fakeContainer(name, { networkOf });
  return new ContainerUpdate({
    container,
    ...{ hostId: "nas", status: "Up", sample: SAMPLE, stale: false, changed: false },
  });
}

const RAW: RawStats = {
  networks: { eth0: {} },
  labeled: { tcp: [[["established"], 3]], numaPages: [[["anon", "hierarchy", "0"], 7]] },
  scheduling: { run_ns: 2e9 },
};

/** Returns the lines of the optional metrics without those about the containers. */
function lines(updates: readonly ContainerUpdate[], raw: RawStats, room = Infinity): readonly string[] {
  const { metrics } = new ContainerSeries(updates, () => toDetails(raw)).optional(room);
  return prometheusText(metrics).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

Deno.test("writes labels under the names of cAdvisor", () => {
  const all = lines([update("web")], RAW);
  const ends = (name: string) =>
    all.filter((line) => line.startsWith(`${name}{`)).map((line) => line.replace(/^.*service="",?/, "{"));
  assertEquals(ends("container_network_tcp_usage_total"), ['{tcp_state="established"} 3']);
  assertEquals(ends("container_memory_numa_pages"), ['{type="anon",scope="hierarchy",node="0"} 7']);
  assertEquals(ends("container_cpu_schedstat_run_seconds_total"), ["{} 2"]);
});

Deno.test("connections of a shared network are counted once", () => {
  const all = lines([update("web"), update("side", idOf("web"))], RAW);
  assertEquals(all.filter((line) => line.includes("tcp_state")).length, 1);
  assertEquals(all.filter((line) => line.includes("scope")).length, 2);
});

Deno.test("without room, whole metrics are left out and counted, the least needed ones first", () => {
  const series = new ContainerSeries([update("web"), update("db")], () => toDetails(RAW));
  const all = series.optional(Infinity);
  const length = all.metrics.reduce((sum, { samples }) => sum + samples.length, 0);
  const { metrics, omitted } = series.optional(length - 1);
  const names = metrics.filter(({ samples }) => samples.length > 0).map(({ name }) => name);
  assertEquals([all.omitted, omitted, names.includes("container_memory_numa_pages")], [0, 2, false]);
  assert(names.includes("container_network_tcp_usage_total"));
});

Deno.test("an answer cannot add labels with other characters, other numbers of labels, or many values", () => {
  const many = Array.from({ length: 1000 }, (_, index) => [[`s${index}`], index]);
  const hostile = {
    tcp: [[['x"} 1\n'], 1], [["a", "b"], 1], [["ok"], -1], [["ok"], "1"], [["ok"], 1], null],
    udp: many,
    __proto__: [[["x"], 1]],
    other: [[["x"], 1]],
  };
  const labeled = toLabeled(JSON.parse(JSON.stringify(hostile)));
  assertEquals([Object.keys(labeled).sort(), labeled.tcp, labeled.udp?.length], [
    ["tcp", "udp"],
    [[["ok"], 1]],
    MOST_LABELED,
  ]);
});

Deno.test("an engine's answer names devices by their numbers", () => {
  const io_service_bytes_recursive = [
    { major: 8, minor: 0, op: "Read", value: 512 },
    { major: 8, minor: 0, op: "Total", value: 512 },
    { major: 8, minor: 1, op: "write", value: 5 },
    { op: "constructor", major: 1, minor: 1, value: 1 },
  ];
  const { labeled, sectorReads } = toDetails({ blkio_stats: { io_service_bytes_recursive } });
  assertEquals(labeled.deviceBytes, [[["", "8", "0", "Read"], 512], [["", "8", "1", "Write"], 5]]);
  assertEquals(sectorReads, 1);
});

Deno.test("the counters of an old scheduler have their own metrics", () => {
  const operations = (read: number, write: number, total: number) => [
    { op: "Read", value: read },
    { op: "Write", value: write },
    { op: "Total", value: total },
  ];
  const all = lines([update("web")], {
    blkio_stats: {
      io_merged_recursive: operations(1, 2, 3),
      io_service_time_recursive: operations(1e9, 2e9, 3e9),
      io_queue_recursive: operations(0, 4, 4),
    },
  });
  const value = (name: string) =>
    all.find((line) => line.startsWith(`container_fs_${name}{`))?.split(" ").at(-1);
  assertEquals(
    ["reads_merged_total", "writes_merged_total", "read_seconds_total", "write_seconds_total"].map(value),
    ["1", "2", "1", "2"],
  );
  assertEquals([value("io_time_seconds_total"), value("io_current")], ["3", "4"]);
});
