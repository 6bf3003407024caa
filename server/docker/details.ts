/** Pure: the engine's stats JSON → the counters that only metrics show. */
import { deviceBytesOf, type Labeled, toLabeled } from "./metrics/labeled.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";
import type { RawStats } from "./sample.ts";

/** Unit in which Linux counts sectors, whatever the device has, bytes. */
const SECTOR_BYTES = 512;

/** Packets of one direction, over all networks; `null` where they are unknown. */
export interface Packets {
  readonly packets: number | null;
  readonly errors: number | null;
  readonly dropped: number | null;
}

/** Counters that only the kernel's files show. */
interface ProcessDetails {
  /** Number of processes, and of the files and sockets that they have open. */
  readonly processes: number | null;
  readonly openFiles: number | null;
  readonly sockets: number | null;
  /** Number of files that its first process may open. */
  readonly openFileLimit: number | null;
  /** Time in which some of its tasks waited, and in which all did, µs. */
  readonly cpuWaitingUs: number | null;
  readonly cpuStalledUs: number | null;
  readonly ramWaitingUs: number | null;
  readonly ramStalledUs: number | null;
  readonly diskWaitingUs: number | null;
  readonly diskStalledUs: number | null;
}

/** Counters of the disk and of the scheduler. */
interface DiskDetails {
  /** Number of requests to block devices. */
  readonly diskReads: number | null;
  readonly diskWrites: number | null;
  /** Bytes to and from block devices, in sectors. */
  readonly sectorReads: number | null;
  readonly sectorWrites: number | null;
  /** Merged requests, time of requests (ns), and requests under way, where a scheduler counts them. */
  readonly mergedReads: number | null;
  readonly mergedWrites: number | null;
  readonly readNs: number | null;
  readonly writeNs: number | null;
  readonly ioNs: number | null;
  readonly ioCurrent: number | null;
  /** Size of the disk with the engine's data, bytes, and its number of files. */
  readonly filesystemBytes: number | null;
  readonly inodes: number | null;
  readonly inodesFree: number | null;
  /** Time of the threads on the CPU and in the queue for it, ns, and number of times on it. */
  readonly scheduledNs: number | null;
  readonly queuedNs: number | null;
  readonly scheduledPeriods: number | null;
}

/** Counters of a container in addition to its sample; `null` where its engine or kernel has none. */
export interface Details extends ProcessDetails, DiskDetails {
  /** CPU time, ns. */
  readonly cpuUserNs: number | null;
  readonly cpuSystemNs: number | null;
  /** Periods of the CPU limit, those with throttling, and the throttled time, ns. */
  readonly periods: number | null;
  readonly throttledPeriods: number | null;
  readonly throttledNs: number | null;
  /** Memory with the page cache, and the most of it so far, bytes. */
  readonly memoryUsageBytes: number | null;
  readonly memoryMaxBytes: number | null;
  readonly memoryRssBytes: number | null;
  readonly memoryCacheBytes: number | null;
  readonly memoryMappedBytes: number | null;
  readonly memorySwapBytes: number | null;
  readonly memoryActiveFileBytes: number | null;
  readonly memoryInactiveFileBytes: number | null;
  readonly memoryKernelBytes: number | null;
  /** Number of processes that were killed for lack of memory. */
  readonly memoryOomKills: number | null;
  /** Number of times that the memory limit was reached. */
  readonly memoryFailures: number | null;
  readonly pageFaults: number | null;
  readonly majorPageFaults: number | null;
  readonly received: Packets;
  readonly sent: Packets;
  /** Size of its writable layer, bytes, where it was measured lately. */
  readonly writtenBytes: number | null;
  /** Numbers with labels; a kind that is unknown is missing. */
  readonly labeled: Labeled;
  /** Number of processes and threads that it may have; 0 without a limit. */
  readonly threadsMax: number | null;
}

/** Reads the details of an engine's answer. */
export function toDetails(raw: RawStats): Details {
  const { cpu_stats, networks, pids_stats } = fieldsOf(raw);
  const { cpu_usage, throttling_data } = fieldsOf(cpu_stats);
  return {
    cpuUserNs: numberOf(cpu_usage, "usage_in_usermode"),
    cpuSystemNs: numberOf(cpu_usage, "usage_in_kernelmode"),
    periods: numberOf(throttling_data, "periods"),
    throttledPeriods: numberOf(throttling_data, "throttled_periods"),
    throttledNs: numberOf(throttling_data, "throttled_time"),
    ...memoryOf(raw),
    received: packetsOf(networks, "rx"),
    sent: packetsOf(networks, "tx"),
    threadsMax: threadsOf(numberOf(pids_stats, "limit")),
    ...processesOf(raw),
    ...diskOf(raw),
    writtenBytes: null,
    labeled: labeledOf(raw),
  };
}

function diskOf({ blkio_stats, filesystem, scheduling }: RawStats): DiskDetails {
  const of = (list: string, kind: "r" | "w" | "t") => requestsOf(itemsOf(fieldsOf(blkio_stats)[list]), kind);
  const sectors = (kind: "r" | "w") => {
    const bytes = of("io_service_bytes_recursive", kind);
    return bytes === null ? null : Math.floor(bytes / SECTOR_BYTES);
  };
  return {
    diskReads: of("io_serviced_recursive", "r"),
    diskWrites: of("io_serviced_recursive", "w"),
    sectorReads: sectors("r"),
    sectorWrites: sectors("w"),
    mergedReads: of("io_merged_recursive", "r"),
    mergedWrites: of("io_merged_recursive", "w"),
    readNs: of("io_service_time_recursive", "r"),
    writeNs: of("io_service_time_recursive", "w"),
    ioNs: of("io_service_time_recursive", "t"),
    ioCurrent: of("io_queue_recursive", "t"),
    filesystemBytes: numberOf(filesystem, "bytes"),
    inodes: numberOf(filesystem, "inodes"),
    inodesFree: numberOf(filesystem, "inodes_free"),
    scheduledNs: numberOf(scheduling, "run_ns"),
    queuedNs: numberOf(scheduling, "wait_ns"),
    scheduledPeriods: numberOf(scheduling, "periods"),
  };
}

/** Reads the numbers with labels; connections are those of the container's own network. */
function labeledOf({ labeled, networks, blkio_stats }: RawStats): Labeled {
  const { tcp, tcp6, udp, udp6, ...found } = toLabeled(labeled);
  const connections = networks ? toLabeled({ tcp, tcp6, udp, udp6 }) : {};
  const devices = deviceBytesOf(itemsOf(fieldsOf(blkio_stats)["io_service_bytes_recursive"]));
  return { ...devices.length > 0 && { deviceBytes: devices }, ...found, ...connections };
}

function processesOf({ processes, pressure }: RawStats): ProcessDetails {
  return {
    processes: numberOf(processes, "count"),
    openFiles: numberOf(processes, "files"),
    sockets: numberOf(processes, "sockets"),
    openFileLimit: numberOf(processes, "file_limit"),
    cpuWaitingUs: numberOf(pressure, "cpu_some"),
    cpuStalledUs: numberOf(pressure, "cpu_full"),
    ramWaitingUs: numberOf(pressure, "memory_some"),
    ramStalledUs: numberOf(pressure, "memory_full"),
    diskWaitingUs: numberOf(pressure, "io_some"),
    diskStalledUs: numberOf(pressure, "io_full"),
  };
}

/** Returns a limit of threads; an engine reports none as the largest number of 64 bits. */
function threadsOf(limit: number | null): number | null {
  return limit !== null && limit > Number.MAX_SAFE_INTEGER ? 0 : limit;
}

type MemoryDetails = Pick<
  Details,
  Extract<keyof Details, `memory${string}`> | "pageFaults" | "majorPageFaults"
>;

/** Reads the memory; the names of cgroup version 1 come first, those of version 2 second. */
function memoryOf({ memory_stats }: RawStats): MemoryDetails {
  const { stats } = fieldsOf(memory_stats);
  const either = (one: string, other: string) => numberOf(stats, one) ?? numberOf(stats, other);
  return {
    memoryUsageBytes: numberOf(memory_stats, "usage"),
    memoryMaxBytes: numberOf(memory_stats, "max_usage"),
    memoryRssBytes: either("total_rss", "anon"),
    memoryCacheBytes: either("total_cache", "file"),
    memoryMappedBytes: either("total_mapped_file", "file_mapped"),
    memorySwapBytes: either("total_swap", "swap"),
    memoryActiveFileBytes: either("total_active_file", "active_file"),
    memoryInactiveFileBytes: either("total_inactive_file", "inactive_file"),
    memoryKernelBytes: numberOf(stats, "kernel"),
    memoryOomKills: numberOf(memory_stats, "oom_kills"),
    memoryFailures: numberOf(memory_stats, "failcnt"),
    pageFaults: either("total_pgfault", "pgfault"),
    majorPageFaults: either("total_pgmajfault", "pgmajfault"),
  };
}

function packetsOf(networks: unknown, direction: "rx" | "tx"): Packets {
  const total = (name: string) =>
    sum(Object.values(fieldsOf(networks)).map((one) => numberOf(one, `${direction}_${name}`)));
  return { packets: total("packets"), errors: total("errors"), dropped: total("dropped") };
}

function requestsOf(operations: readonly unknown[], kind: "r" | "w" | "t"): number | null {
  const ofKind = operations.map(fieldsOf).filter(({ op }) => textOf(op)?.[0]?.toLowerCase() === kind);
  return sum(ofKind.map((operation) => numberOf(operation, "value")));
}

/** Adds the known numbers; `null` without any. */
function sum(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  const total = known.reduce((all, number) => all + number, 0);
  return known.length > 0 && Number.isFinite(total) ? total : null;
}

function numberOf(value: unknown, key: string): number | null {
  return countOf(fieldsOf(value)[key]) ?? null;
}
