import { prometheusText } from "../../server/http/prometheus_text.ts";
import type { HostReport } from "../../server/protocol/hosts.ts";
import { labelMetrics } from "../../server/routes/label_metrics.ts";
import { assertEquals, assertLessOrEqual } from "../assert.ts";

function host(labels: HostReport["labels"], changes: Partial<HostReport> = {}): HostReport {
  const usage = { hostCpuUsage: 30, hostMemoryBytes: 100 } as HostReport["usage"];
  return { labels, state: "up", containers: 2, cpus: 4, memoryBytes: 1000, usage, ...changes } as HostReport;
}

/** Returns the lines of a metric. */
function linesOf(name: string, ...hosts: readonly HostReport[]): string[] {
  return prometheusText(labelMetrics(hosts)).split("\n").filter((line) => line.startsWith(`${name}{`));
}

const HOSTS = [host({ site: "home", rack: "1" }), host({ site: "home" }), host({ site: "office" })];

Deno.test("numbers of hosts are added up by label", () => {
  assertEquals(linesOf("dockstat_label_containers", ...HOSTS), [
    'dockstat_label_containers{label="site",value="home"} 4',
    'dockstat_label_containers{label="rack",value="1"} 2',
    'dockstat_label_containers{label="site",value="office"} 2',
  ]);
  assertEquals(
    linesOf("dockstat_label_cpu_percent", ...HOSTS)[0],
    'dockstat_label_cpu_percent{label="site",value="home"} 60',
  );
});

Deno.test("a host that is down counts, and its old numbers do not", () => {
  const down = host({ site: "home" }, { state: "down" });
  assertEquals(linesOf("dockstat_label_hosts", ...HOSTS, down)[0]?.at(-1), "3");
  assertEquals(linesOf("dockstat_label_hosts_up", ...HOSTS, down)[0]?.at(-1), "2");
  assertEquals(linesOf("dockstat_label_memory_bytes", down), []);
});

Deno.test("a number that no host reports is left out", () => {
  assertEquals(linesOf("dockstat_label_disk_used_bytes", ...HOSTS), []);
});

Deno.test("labels that are equal after they are cut are one series, in which a host counts once", () => {
  const long = "x".repeat(200);
  assertEquals(linesOf("dockstat_label_hosts", host({ [`${long}1`]: "a", [`${long}2`]: "a" })), [
    `dockstat_label_hosts{label="${"x".repeat(128)}",value="a"} 1`,
  ]);
});

Deno.test("a host with many labels has a limited number of series", () => {
  const many = Array.from(
    { length: 50 },
    (_, number) =>
      host(Object.fromEntries(Array.from({ length: 32 }, (_, index) => [`l${index}`, `${number}`]))),
  );
  const shared = many.map((one) => ({ ...one, labels: { ...one.labels, site: "home" } }));
  assertLessOrEqual(linesOf("dockstat_label_hosts", ...shared).length, 200);
  assertEquals(linesOf("dockstat_label_hosts", ...shared)[0]?.includes('label="site"'), true);
});

Deno.test("values that are equal once they are sent are one series", () => {
  assertEquals(linesOf("dockstat_label_hosts", host({ site: "\ud800" }), host({ site: "\udfff" })), [
    'dockstat_label_hosts{label="site",value="\ufffd"} 2',
  ]);
});
