/** Pure: formats the reports of hosts as metrics. */
import { counter, cutTo, gauge, labels, type Metric } from "../http/prometheus_text.ts";
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
  { name: "online_cpus", help: "Online CPUs of the machine.", key: "onlineCpus" },
  { name: "memory_used_bytes", help: "Total minus available memory.", key: "hostMemoryBytes" },
  { name: "load1", help: "Load average over 1 minute.", key: "load1" },
  { name: "load5", help: "Load average over 5 minutes.", key: "load5" },
  { name: "load15", help: "Load average over 15 minutes.", key: "load15" },
  { name: "disk_used_bytes", help: "Used space of the disk with the engine's data.", key: "diskUsedBytes" },
  { name: "disk_size_bytes", help: "Size of the disk with the engine's data.", key: "diskTotalBytes" },
  {
    name: "network_receive_bytes_total",
    help: "Bytes received since the start of the machine, without internal networks.",
    key: "networkRxBytes",
    counts: true,
  },
  {
    name: "network_transmit_bytes_total",
    help: "Bytes sent since the start of the machine, without internal networks.",
    key: "networkTxBytes",
    counts: true,
  },
];

/** A metric under a name of Prometheus' node exporter. */
interface NodeMetric {
  readonly name: string;
  readonly help: string;
  readonly extra?: Readonly<Record<string, string>>;
  readonly counts?: boolean;
  readonly value: (usage: HostUsage) => number | null;
}

/** The disk with the engine's data. */
const DISK = { device: "data", mountpoint: "data" };

const NODE: readonly NodeMetric[] = [
  { name: "load1", help: "Load average over 1 minute.", value: ({ load1 }) => load1 },
  { name: "load5", help: "Load average over 5 minutes.", value: ({ load5 }) => load5 },
  { name: "load15", help: "Load average over 15 minutes.", value: ({ load15 }) => load15 },
  {
    name: "memory_MemTotal_bytes",
    help: "Memory of the machine.",
    value: ({ hostMemoryTotalBytes }) => hostMemoryTotalBytes,
  },
  {
    name: "memory_MemAvailable_bytes",
    help: "Memory that programs can still use.",
    value: ({ hostMemoryTotalBytes: total, hostMemoryBytes: used }) =>
      total === null || used === null ? null : total - used,
  },
  {
    name: "filesystem_size_bytes",
    help: "Size of the disk with the engine's data.",
    extra: DISK,
    value: ({ diskTotalBytes }) => diskTotalBytes,
  },
  {
    name: "filesystem_avail_bytes",
    help: "Free space of the disk with the engine's data.",
    extra: DISK,
    value: ({ diskTotalBytes: total, diskUsedBytes: used }) =>
      total === null || used === null ? null : total - used,
  },
  {
    name: "network_receive_bytes_total",
    help: "Bytes received since the start of the machine, without internal networks.",
    extra: { device: "all" },
    counts: true,
    value: ({ networkRxBytes }) => networkRxBytes,
  },
  {
    name: "network_transmit_bytes_total",
    help: "Bytes sent since the start of the machine, without internal networks.",
    extra: { device: "all" },
    counts: true,
    value: ({ networkTxBytes }) => networkTxBytes,
  },
];

/** Number of labels per host. */
const MOST_LABELS = 32;
/** Longest value of a label, bytes. */
const LONGEST_LABEL = 128;

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
    ...NODE.map(({ name, help, value, extra = {}, counts }) =>
      (counts ? counter : gauge)(
        `node_${name}`,
        help,
        reports.flatMap(({ hostId, usage }) => {
          const number = usage === null ? null : value(usage);
          return number === null ? [] : [[labels({ host: hostId, ...extra }), number] as const];
        }),
      )
    ),
    gauge("machine_cpu_cores", "CPUs of the host.", each(({ cpus }) => cpus)),
    gauge("machine_memory_bytes", "Memory of the host.", each(({ memoryBytes }) => memoryBytes)),
    gauge(
      "dockstat_host_labels",
      "Labels of the host in the configuration, in the labels that begin with label_.",
      reports.filter((report) => Object.keys(report.labels).length > 0)
        .map((report) => [labels({ host: report.hostId, ...labelsOf(report) }), 1]),
    ),
    gauge(
      "dockstat_host_info",
      "Engine of the host, in the labels.",
      reports.map(({ hostId, engine, apiVersion, os }) => [
        labels({ host: hostId, engine: cut(engine), api_version: cut(apiVersion), os: cut(os) }),
        1,
      ]),
    ),
  ];
}

/** Returns a text of an engine as the value of a label. */
function cut(text: string | null): string {
  return cutTo((text ?? "").toWellFormed(), LONGEST_LABEL);
}

/** Returns the labels of a host; of names that Prometheus writes alike the first counts. */
function labelsOf({ labels: own }: HostReport): Readonly<Record<string, string>> {
  const named: Record<string, string> = {};
  for (const [name, value] of Object.entries(own).slice(0, MOST_LABELS)) {
    named[`label_${name.replaceAll(/[^a-zA-Z0-9_]/g, "_").slice(0, LONGEST_LABEL)}`] ??= cut(value);
  }
  return named;
}
