/** Pure: the texts of a container's further files → the fields of the engine's answer that a scrape reads. */
import type { RawOperations } from "../docker/metrics/raw.ts";
import type { RawStats } from "../docker/sample.ts";
import type { DetailTexts } from "./detail_files.ts";
import {
  diskBytesV1,
  diskRequestsV2,
  limitOf,
  openFileLimit,
  packetsOf,
  stallsOf,
  valueOf,
  wholeNumber,
} from "./kernel_text.ts";
import type { FileTexts } from "./raw_stats.ts";
import { operationSum } from "./scrape/cgroup_text.ts";

/** Keys of `memory.stat`, and their names in the engine's answer. */
const MEMORY_KEYS = {
  1: [
    ...["total_rss", "total_cache", "total_mapped_file", "total_swap", "total_pgfault", "total_pgmajfault"],
    ...["total_active_file", "total_inactive_file"],
  ],
  2: ["anon", "file", "file_mapped", "pgfault", "pgmajfault", "active_file", "inactive_file", "kernel"],
} as const;

/** Adds the details to a reading. */
export function withDetails(raw: RawStats, texts: FileTexts & DetailTexts, version: 1 | 2): RawStats {
  return {
    ...raw,
    cpu_stats: { ...raw.cpu_stats, ...cpuDetails(raw, texts, version) },
    memory_stats: { ...raw.memory_stats, ...memoryDetails(raw, texts, version) },
    ...raw.networks && { networks: networkDetails(raw.networks, texts.network ?? "") },
    blkio_stats: { ...raw.blkio_stats, ...diskDetails(texts, version) },
    pids_stats: { ...raw.pids_stats, ...known({ limit: threadLimit(texts.threadsMax ?? "") }) },
    processes: processDetails(texts),
    pressure: known({
      ...stallsOf("cpu", texts.cpuPressure ?? ""),
      ...stallsOf("memory", texts.memoryPressure ?? ""),
      ...stallsOf("io", texts.diskPressure ?? ""),
    }),
  };
}

function processDetails(
  { processes, open, limits = "" }: DetailTexts,
): NonNullable<RawStats["processes"]> {
  const limit = openFileLimit(limits);
  return known({
    count: processes === undefined ? undefined : processes.split("\n").length - 1,
    ...open,
    file_limit: limit === Infinity ? undefined : limit,
  });
}

/** Returns a limit of threads; 0 for none, as cAdvisor writes it. */
function threadLimit(text: string): number | undefined {
  const limit = limitOf(text);
  return limit === Infinity ? 0 : limit;
}

function cpuDetails(
  { cpu_stats }: RawStats,
  { cpu = "", cpuUser = "", cpuSystem = "", throttling = "" }: FileTexts & DetailTexts,
  version: 1 | 2,
): NonNullable<RawStats["cpu_stats"]> {
  const stat = version === 1 ? throttling : cpu;
  const us = (key: string) => times(valueOf(stat, key), 1000);
  return {
    cpu_usage: {
      ...cpu_stats?.cpu_usage,
      ...known({
        usage_in_usermode: version === 1 ? wholeNumber(cpuUser) : us("user_usec"),
        usage_in_kernelmode: version === 1 ? wholeNumber(cpuSystem) : us("system_usec"),
      }),
    },
    throttling_data: known({
      periods: valueOf(stat, "nr_periods"),
      throttled_periods: valueOf(stat, "nr_throttled"),
      throttled_time: version === 1 ? valueOf(stat, "throttled_time") : us("throttled_usec"),
    }),
  };
}

function memoryDetails(
  { memory_stats }: RawStats,
  { memoryStat = "", memoryMax = "", memoryFailures = "", memorySwap = "", oomControl = "" }:
    & FileTexts
    & DetailTexts,
  version: 1 | 2,
): NonNullable<RawStats["memory_stats"]> {
  const stats = MEMORY_KEYS[version].map((key) => [key, valueOf(memoryStat, key)] as const);
  return {
    stats: known({
      ...memory_stats?.stats,
      ...Object.fromEntries(stats),
      swap: wholeNumber(memorySwap),
    }),
    ...known({
      max_usage: wholeNumber(memoryMax),
      failcnt: version === 1 ? wholeNumber(memoryFailures) : valueOf(memoryFailures, "max"),
      oom_kills: valueOf(version === 1 ? oomControl : memoryFailures, "oom_kill"),
    }),
  };
}

/** Adds the packets to each interface that is counted. */
function networkDetails(
  networks: NonNullable<RawStats["networks"]>,
  text: string,
): NonNullable<RawStats["networks"]> {
  const packets = packetsOf(text);
  return Object.fromEntries(
    Object.entries(networks).map(([name, bytes]) => [name, { ...bytes, ...packets.get(name) }]),
  );
}

function diskDetails(texts: FileTexts & DetailTexts, version: 1 | 2): NonNullable<RawStats["blkio_stats"]> {
  const { disk = "", diskRequests, diskMerged, diskTimes, diskQueued } = texts;
  if (version === 1 && diskRequests === undefined) return {};
  const { read, write } = version === 1 ? diskBytesV1(diskRequests ?? "") : diskRequestsV2(disk);
  return {
    io_serviced_recursive: [{ op: "read", value: read }, { op: "write", value: write }],
    ...diskMerged !== undefined && { io_merged_recursive: operationsOf(diskMerged) },
    ...diskTimes !== undefined && { io_service_time_recursive: operationsOf(diskTimes) },
    ...diskQueued !== undefined && { io_queue_recursive: operationsOf(diskQueued) },
  };
}

function operationsOf(text: string): NonNullable<RawOperations> {
  return (["Read", "Write", "Total"] as const).map((op) => ({ op, value: operationSum(text, op) }));
}

function times(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

/** Drops the unknown numbers. */
function known(values: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
