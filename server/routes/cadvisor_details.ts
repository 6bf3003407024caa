/** Pure: further metrics of cAdvisor, from counters that are read for a scrape only; the least needed ones last. */
import type { Details } from "../docker/details.ts";
import type { ResourceSettings } from "../docker/run_facts.ts";
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
];

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

function of(key: Exclude<keyof Details, "received" | "sent">): Value {
  return (details) => details[key];
}

function seconds(key: "cpuUserNs" | "cpuSystemNs" | "throttledNs"): Value {
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
