/** Pure: further metrics of cAdvisor, from counters that are read for a scrape only; the least needed ones last. */
import type { Details } from "../docker/details.ts";
import type { ResourceSettings } from "../docker/run_facts.ts";
import type { LabeledKind } from "../docker/metrics/labeled.ts";
import type { ContainerMetric } from "./cadvisor_metrics.ts";

type Value = (details: Details) => number | null;

/** Metrics beside those of `CADVISOR_METRICS`. Metrics of one name differ in their labels. */
export const CADVISOR_DETAILS: readonly ContainerMetric[] = [
  counter("cpu_user_seconds_total", "CPU time in user mode.", seconds("cpuUserNs")),
  counter("cpu_system_seconds_total", "CPU time in the kernel.", seconds("cpuSystemNs")),
  limited(
    "cpu_cfs_throttled_seconds_total",
    "Time without CPU because of the limit.",
    seconds("throttledNs"),
  ),
  limited(
    "cpu_cfs_throttled_periods_total",
    "Periods in which the CPU limit was reached.",
    of("throttledPeriods"),
  ),
  limited("cpu_cfs_periods_total", "Periods of the CPU limit.", of("periods")),
  gauge("memory_usage_bytes", "Memory in use with the page cache.", of("memoryUsageBytes")),
  gauge("memory_rss", "Anonymous memory, bytes.", of("memoryRssBytes")),
  gauge("memory_cache", "Page cache, bytes.", of("memoryCacheBytes")),
  gauge("memory_swap", "Memory on swap, bytes.", of("memorySwapBytes")),
  counter("memory_failcnt", "Number of times that the memory limit was reached.", of("memoryFailures")),
  gauge("memory_max_usage_bytes", "Most memory in use so far.", of("memoryMaxBytes")),
  gauge("memory_mapped_file", "Memory of mapped files, bytes.", of("memoryMappedBytes")),
  ...packets("receive", "received"),
  ...packets("transmit", "sent"),
  disk("fs_reads_total", "Read requests to block devices.", of("diskReads")),
  disk("fs_writes_total", "Write requests to block devices.", of("diskWrites")),
  gauge("processes", "Processes in the container.", of("processes")),
  gauge("file_descriptors", "Files that the processes have open.", of("openFiles")),
  failures("pgmajfault", of("majorPageFaults")),
  failures("pgfault", of("pageFaults")),
  spec("spec_cpu_shares", "Share of the CPUs when they are all busy; 1024 by default.", "cpuShares"),
  spec(
    "spec_memory_swap_limit_bytes",
    "Limit of memory and swap together; 0 without one.",
    "swapLimitBytes",
  ),
  spec(
    "spec_memory_reservation_limit_bytes",
    "Memory that the container keeps when the machine runs short of it; 0 without a reservation.",
    "memoryReservationBytes",
  ),
  counter("oom_events_total", "Processes killed for lack of memory.", of("memoryOomKills")),
  gauge(
    "threads_max",
    "Processes and threads that the container may have; 0 without a limit.",
    of("threadsMax"),
  ),
  gauge("memory_kernel_usage", "Memory of the kernel for the container, bytes.", of("memoryKernelBytes")),
  gauge("memory_total_active_file_bytes", "Page cache in recent use.", of("memoryActiveFileBytes")),
  gauge("memory_total_inactive_file_bytes", "Page cache not in recent use.", of("memoryInactiveFileBytes")),
  gauge("sockets", "Sockets that the processes have open.", of("sockets")),
  {
    ...gauge("ulimits_soft", "Files that the first process may open.", of("openFileLimit")),
    extra: { ulimit: "max_open_files" },
  },
  ...pressure("cpu", "CPU", "cpuWaitingUs", "cpuStalledUs"),
  ...pressure("memory", "memory", "ramWaitingUs", "ramStalledUs"),
  ...pressure("io", "disks", "diskWaitingUs", "diskStalledUs"),
  disk("fs_sector_reads_total", "Sectors of 512 bytes read from block devices.", of("sectorReads")),
  disk("fs_sector_writes_total", "Sectors of 512 bytes written to block devices.", of("sectorWrites")),
  disk("fs_reads_merged_total", "Read requests that were merged with others.", of("mergedReads")),
  disk("fs_writes_merged_total", "Write requests that were merged with others.", of("mergedWrites")),
  disk("fs_read_seconds_total", "Time of read requests.", seconds("readNs")),
  disk("fs_write_seconds_total", "Time of write requests.", seconds("writeNs")),
  disk("fs_io_time_seconds_total", "Time of all requests.", seconds("ioNs")),
  { ...disk("fs_io_current", "Requests under way.", of("ioCurrent")), type: "gauge" },
  data("fs_usage_bytes", "Size of its writable layer, as measured within the last hour.", of("writtenBytes")),
  data("fs_limit_bytes", "Size of the disk with the engine's data.", of("filesystemBytes")),
  data("fs_inodes_total", "Files that the disk with the engine's data can have.", of("inodes")),
  data("fs_inodes_free", "Files that the disk with the engine's data can still take.", of("inodesFree")),
  counter("cpu_schedstat_run_seconds_total", "Time of its threads on the CPU.", seconds("scheduledNs")),
  counter(
    "cpu_schedstat_runqueue_seconds_total",
    "Time of its threads in the queue for the CPU.",
    seconds("queuedNs"),
  ),
  counter(
    "cpu_schedstat_run_periods_total",
    "Times that its threads were on the CPU.",
    of("scheduledPeriods"),
  ),
  labeled("gauge", "tasks_state", "Threads in this state.", "tasks"),
  labeled("counter", "blkio_device_usage_total", "Bytes of this operation on this device.", "deviceBytes"),
  labeled("gauge", "hugetlb_usage_bytes", "Huge pages of this size in use.", "hugeUsage"),
  labeled("gauge", "hugetlb_max_usage_bytes", "Most huge pages of this size in use so far.", "hugeMax"),
  labeled("counter", "hugetlb_failcnt", "Times that the limit of huge pages was reached.", "hugeFailures"),
  { ...labeled("gauge", "network_tcp_usage_total", "TCP connections in this state.", "tcp"), shared: true },
  { ...labeled("gauge", "network_tcp6_usage_total", "The same of IPv6.", "tcp6"), shared: true },
  {
    ...labeled("gauge", "network_udp_usage_total", "UDP sockets, queued bytes, and dropped packets.", "udp"),
    shared: true,
  },
  { ...labeled("gauge", "network_udp6_usage_total", "The same of IPv6.", "udp6"), shared: true },
  labeled("gauge", "memory_numa_pages", "Pages of memory on this NUMA node.", "numaPages"),
  { ...labeled("counter", "cpu_user_seconds", "Time of this CPU in user mode.", "cpuUserNs"), divisor: 1e9 },
  {
    ...labeled("counter", "cpu_kernel_seconds", "Time of this CPU in the kernel.", "cpuSystemNs"),
    divisor: 1e9,
  },
];

/** Returns a metric with numbers that have further labels. */
function labeled(
  type: "gauge" | "counter",
  name: string,
  help: string,
  kind: LabeledKind,
): ContainerMetric {
  return { ...metric(type, name, help, () => null), labeled: kind };
}

/** Returns a metric about the disk with the engine's data. */
function data(name: string, help: string, read: Value): ContainerMetric {
  return { ...gauge(name, help, read), extra: { device: "data" } };
}

/** Returns a setting of the container. */
function spec(name: string, help: string, key: keyof ResourceSettings): ContainerMetric {
  return { ...gauge(name, help, () => null), value: ({ sample, container }) => sample && container[key] };
}

function pressure(
  name: string,
  resource: string,
  waiting: keyof Details & `${string}WaitingUs`,
  stalled: keyof Details & `${string}StalledUs`,
): readonly ContainerMetric[] {
  const of = (key: typeof waiting | typeof stalled): Value => ({ [key]: us }) =>
    us === null ? null : us / 1e6;
  const metric = (word: string, help: string, read: Value) =>
    counter(`pressure_${name}_${word}_seconds_total`, `Time in which ${help} waited for ${resource}.`, read);
  return [metric("waiting", "a task", of(waiting)), metric("stalled", "all tasks", of(stalled))];
}

function of(key: Exclude<keyof Details, "received" | "sent" | "labeled">): Value {
  return (details) => details[key];
}

function seconds(key: keyof Details & `${string}Ns`): Value {
  return ({ [key]: ns }) => ns === null ? null : ns / 1e9;
}

function metric(type: "gauge" | "counter", name: string, help: string, read: Value): ContainerMetric {
  return {
    name: `container_${name}`,
    type,
    help,
    value: ({ sample }, details) => sample && details && read(details),
  };
}

function counter(name: string, help: string, read: Value): ContainerMetric {
  return metric("counter", name, help, read);
}

function gauge(name: string, help: string, read: Value): ContainerMetric {
  return metric("gauge", name, help, read);
}

/** Returns a counter of containers with a CPU limit. */
function limited(name: string, help: string, read: Value): ContainerMetric {
  return counter(name, help, (details) => details.periods === 0 ? null : read(details));
}

function disk(name: string, help: string, read: Value): ContainerMetric {
  return { ...counter(name, help, read), extra: { device: "all" } };
}

function failures(type: "pgfault" | "pgmajfault", read: Value): ContainerMetric {
  const help = "Page faults; major ones needed a disk.";
  return {
    ...counter("memory_failures_total", help, read),
    extra: { failure_type: type, scope: "hierarchy" },
  };
}

function packets(name: "receive" | "transmit", direction: "received" | "sent"): readonly ContainerMetric[] {
  const all = [["packets", "packets"], ["errors", "errors"], ["packets_dropped", "dropped"]] as const;
  return all.map(([suffix, key]) => ({
    ...counter(
      `network_${name}_${suffix}_total`,
      `Packets ${direction} on all its networks${key === "packets" ? "" : `: ${key}`}.`,
      (details) => details[direction][key],
    ),
    shared: true as const,
    extra: { interface: "all" },
  }));
}
