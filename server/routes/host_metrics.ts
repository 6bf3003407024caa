/** Pure: formats the reports of hosts as metrics. */
import { counter, gauge, labels, type Metric } from "../http/prometheus_text.ts";
import type { HostReport, HostUsage } from "../protocol/hosts.ts";

/** A metric of a host's machine. */
interface UsageMetric {
  readonly name: string;
  readonly help: string;
  readonly key: Exclude<keyof HostUsage, "timestamp">;
  readonly counts?: boolean;
}

const USAGE: readonly UsageMetric[] = [
  { name: "cpu_percent", help: "CPU in use in percent of one core.", key: "hostCpuUsage" },
  { name: "online_cpus", help: "CPUs of the machine that are on line.", key: "onlineCpus" },
  { name: "memory_used_bytes", help: "Total minus available memory.", key: "hostMemoryBytes" },
  { name: "load1", help: "Load average over 1 minute.", key: "load1" },
  { name: "load5", help: "Load average over 5 minutes.", key: "load5" },
  { name: "load15", help: "Load average over 15 minutes.", key: "load15" },
  { name: "disk_used_bytes", help: "Used space of the disk with the engine's data.", key: "diskUsedBytes" },
  { name: "disk_size_bytes", help: "Size of the disk with the engine's data.", key: "diskTotalBytes" },
  {
    name: "network_receive_bytes_total",
    help: "Bytes received since the machine has started, without internal networks.",
    key: "networkRxBytes",
    counts: true,
  },
  {
    name: "network_transmit_bytes_total",
    help: "Bytes sent since the machine has started, without internal networks.",
    key: "networkTxBytes",
    counts: true,
  },
];

/** Returns the metrics of all hosts; numbers that are unknown are left out. */
export function hostMetrics(reports: readonly HostReport[]): readonly Metric[] {
  const each = (value: (report: HostReport) => number | null | undefined): Metric["samples"] =>
    reports.flatMap((report) => {
      const number = value(report);
      return typeof number === "number" ? [[labels({ host: report.hostId }), number] as const] : [];
    });
  return [
    gauge(
      "dockstat_host_up",
      "1 if the host can be read, 0 if not.",
      each(({ state }) => state === "up" ? 1 : 0),
    ),
    gauge(
      "dockstat_host_containers",
      "Containers of the host, running or not.",
      each((host) => host.containers),
    ),
    gauge("dockstat_host_cpus", "CPUs of the host.", each(({ cpus }) => cpus)),
    gauge("dockstat_host_memory_bytes", "Memory of the host.", each(({ memoryBytes }) => memoryBytes)),
    ...USAGE.map(({ name, help, key, counts }) =>
      (counts ? counter : gauge)(`dockstat_host_${name}`, help, each(({ usage }) => usage?.[key]))
    ),
    gauge(
      "dockstat_host_info",
      "Engine of the host, in the labels.",
      reports.map(({ hostId, engine, apiVersion, os }) => [
        labels({ host: hostId, engine: engine ?? "", api_version: apiVersion ?? "", os: os ?? "" }),
        1,
      ]),
    ),
  ];
}
