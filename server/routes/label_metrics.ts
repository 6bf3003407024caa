/** Pure: sums of hosts by their labels, as metrics. */
import { cutTo, gauge, labels, type Metric } from "../http/prometheus_text.ts";
import type { HostReport, HostUsage } from "../protocol/hosts.ts";

/** Maximum number of labels with sums; those with the most hosts come first. */
const MOST_LABELS = 200;
/** Longest name or value of a label, bytes. */
const LONGEST = 128;

type Value = (host: HostReport) => number | null | undefined;

/** Sums of the hosts that can be read. */
const SUMS: readonly (readonly [name: string, help: string, value: Value])[] = [
  ["containers", "Containers of the hosts with this label.", ({ containers }) => containers],
  ["cpus", "CPUs of the hosts with this label.", ({ cpus }) => cpus],
  ["memory_bytes", "Memory of the hosts with this label.", ({ memoryBytes }) => memoryBytes],
  ["cpu_percent", "CPU in use on the hosts with this label, in percent of one core.", used("hostCpuUsage")],
  [
    "memory_used_bytes",
    "Total minus available memory of the hosts with this label.",
    used("hostMemoryBytes"),
  ],
  ["disk_used_bytes", "Used space of the disks of the hosts with this label.", used("diskUsedBytes")],
  ["disk_size_bytes", "Size of the disks of the hosts with this label.", used("diskTotalBytes")],
];

/** Returns the sums of the hosts that share a label. */
export function labelMetrics(hosts: readonly HostReport[]): readonly Metric[] {
  const groups = [...groupsOf(hosts)].sort(([, one], [, other]) => other.length - one.length)
    .slice(0, MOST_LABELS);
  const isUp = ({ state }: HostReport) => state === "up";
  return [
    gauge(
      "dockstat_label_hosts",
      "Hosts with this label.",
      groups.map(([key, members]) => [key, members.length]),
    ),
    gauge(
      "dockstat_label_hosts_up",
      "Hosts with this label that can be read.",
      groups.map(([key, members]) => [key, members.filter(isUp).length]),
    ),
    ...SUMS.map(([name, help, value]) =>
      gauge(
        `dockstat_label_${name}`,
        help,
        groups.flatMap(([key, members]) => {
          const values = members.filter(isUp).map(value).filter((one) => typeof one === "number");
          return values.length === 0 ? [] : [[key, values.reduce((sum, one) => sum + one, 0)] as const];
        }),
      )
    ),
  ];
}

/** Returns the hosts by the labels of their series. */
function groupsOf(hosts: readonly HostReport[]): Map<string, HostReport[]> {
  const groups = new Map<string, HostReport[]>();
  for (const host of hosts) {
    const own = Object.entries(host.labels).map(([name, value]) =>
      labels({ label: partOf(name), value: partOf(value) })
    );
    for (const key of new Set(own)) {
      const members = groups.get(key);
      if (members === undefined) groups.set(key, [host]);
      else members.push(host);
    }
  }
  return groups;
}

/** Returns a text as it is sent, in which half characters become equal. */
function partOf(text: string): string {
  return cutTo(text.toWellFormed(), LONGEST);
}

function used(key: Exclude<keyof HostUsage, "timestamp">): Value {
  return ({ usage }) => usage?.[key];
}
