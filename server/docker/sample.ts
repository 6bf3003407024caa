/**
 * Pure: the engine's stats JSON → counters → a sample.
 *
 * The formulas are those of the Docker CLI (docker/cli, `cli/command/container/stats_helpers.go`), so the numbers
 * are the ones that `docker stats` prints.
 */

import type { RawFurther, RawOperations } from "./metrics/raw.ts";
import { countOf, fieldsOf, itemsOf, textOf } from "../untrusted_json.ts";

/** Upper bound for the number of CPUs; no machine has more. */
const MOST_CPUS = 8192;

/** Counters of a network interface. */
export type RawInterface = Readonly<
  Partial<Record<`${"rx" | "tx"}_${"bytes" | "packets" | "errors" | "dropped"}`, number>>
>;

/** Fields of the engine's `GET /containers/{id}/stats` that DockStat reads; any may be missing. */
export interface RawStats extends RawFurther {
  readonly read?: string;
  readonly preread?: string;
  readonly os_type?: string;
  readonly num_procs?: number;
  readonly cpu_stats?: {
    readonly cpu_usage?: {
      readonly total_usage?: number;
      readonly percpu_usage?: readonly number[] | null;
      readonly usage_in_usermode?: number;
      readonly usage_in_kernelmode?: number;
    };
    readonly throttling_data?: Readonly<Record<string, number>>;
    readonly system_cpu_usage?: number;
    readonly online_cpus?: number;
  };
  readonly memory_stats?: {
    readonly usage?: number;
    readonly max_usage?: number;
    readonly failcnt?: number;
    /** Processes that were killed for lack of memory, which only the kernel's files show. */
    readonly oom_kills?: number;
    readonly limit?: number;
    readonly privateworkingset?: number;
    readonly stats?: Readonly<Record<string, number>> | null;
  };
  readonly networks?:
    | Readonly<Record<string, RawInterface>>
    | null;
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: RawOperations;
    readonly io_serviced_recursive?: RawOperations;
    /** Only old schedulers of version 1 count these. */
    readonly io_merged_recursive?: RawOperations;
    readonly io_service_time_recursive?: RawOperations;
    readonly io_queue_recursive?: RawOperations;
  };
  readonly storage_stats?: { readonly read_size_bytes?: number; readonly write_size_bytes?: number };
  readonly pids_stats?: { readonly current?: number; readonly limit?: number };
}

/** Properties of the engine that the formulas depend on. */
export interface EngineTraits {
  /** NCPU of `/info`, used when a sample does not state the number of CPUs. */
  readonly cpus: number;
  readonly os: "linux" | "windows";
  /**
   * Reference for CPU time. `system` divides by the CPU time of all cores of the host; `clock` divides by wall-clock
   * time, for Podman, whose `system_cpu_usage` is not the host's capacity.
   */
  readonly cpuClock: "system" | "clock";
}

/** Counters of one reading. Totals count since the container started. */
export interface Counters {
  /** The engine's timestamp of the reading, ISO 8601. */
  readonly read: string;
  /** The same, in epoch milliseconds with fractions. */
  readonly readMs: number;
  /** CPU time used, ns. */
  readonly cpuTotal: number;
  /** CPU time of the host, all CPUs together, ns; `null` where wall-clock time is the reference. */
  readonly systemTotal: number | null;
  readonly onlineCpus: number;
  /** Percentage of all CPUs fully busy: 100 per core; 100 in total on Windows, as in the CLI. */
  readonly cpuFull: number;
  /** Bytes by the CLI's formula, without the inactive page cache. */
  readonly memoryBytes: number | null;
  readonly memoryLimitBytes: number | null;
  readonly networkRxBytes: number | null;
  readonly networkTxBytes: number | null;
  readonly blockReadBytes: number | null;
  readonly blockWriteBytes: number | null;
  readonly pids: number | null;
}

/** Newest counters of a container and the rates since the previous reading. */
export interface Sample extends Counters {
  /** Percent of one core (100 = one core), as `docker stats` prints; never above 100 × CPUs. */
  readonly cpuUsage: number;
  /** Percent of the limit, as `docker stats` prints; 0 when there is no limit. */
  readonly memoryUsage: number;
  /** Bytes per second since the previous reading; `null` where the engine does not report it. */
  readonly networkRxRate: number | null;
  readonly networkTxRate: number | null;
  readonly blockReadRate: number | null;
  readonly blockWriteRate: number | null;
}

/** Reads the counters of an engine's answer; `undefined` when it holds none (not running, or an engine error). */
export function toCounters(raw: RawStats, traits: EngineTraits): Counters | undefined {
  const { read, os_type, cpu_stats, memory_stats, networks, pids_stats } = fieldsOf(raw);
  const cpu = fieldsOf(cpu_stats);
  const readMs = parseTime(textOf(read) ?? "");
  const cpuTotal = countOf(fieldsOf(cpu["cpu_usage"])["total_usage"]);
  if (readMs === undefined || cpuTotal === undefined) return undefined;
  const windows = (os_type ?? traits.os) === "windows";
  const systemTotal = windows || traits.cpuClock === "clock" ? null : countOf(cpu["system_cpu_usage"]) ?? 0;
  // An engine error while streaming appears as a sample whose counters are all zero.
  if (systemTotal === 0) return undefined;
  const onlineCpus = cpuCount(raw, windows, traits);
  return {
    read: isoTime(textOf(read) ?? "", readMs),
    readMs,
    cpuTotal: windows ? cpuTotal * 100 : cpuTotal,
    systemTotal,
    onlineCpus,
    cpuFull: windows ? 100 : onlineCpus * 100,
    memoryBytes: memoryUsed(memory_stats, windows),
    memoryLimitBytes: countOf(fieldsOf(memory_stats)["limit"]) || null,
    ...network(networks),
    ...block(raw, windows),
    pids: countOf(fieldsOf(pids_stats)["current"]) ?? null,
  };
}

/**
 * Computes the sample between two readings.
 *
 * @returns `undefined` when the second is not later than the first, or when a counter decreased: the container
 * restarted in between, and the second reading is only a new baseline.
 */
export function toSample(previous: Counters, current: Counters): Sample | undefined {
  const elapsedMs = current.readMs - previous.readMs;
  if (elapsedMs <= 0 || current.cpuTotal < previous.cpuTotal) return undefined;
  const rate = (before: number | null, after: number | null) =>
    before === null || after === null || after < before ? null : finite((after - before) / elapsedMs * 1000);
  return {
    ...current,
    cpuUsage: cpuPercent(previous, current),
    memoryUsage: memoryPercent(current),
    networkRxRate: rate(previous.networkRxBytes, current.networkRxBytes),
    networkTxRate: rate(previous.networkTxBytes, current.networkTxBytes),
    blockReadRate: rate(previous.blockReadBytes, current.blockReadBytes),
    blockWriteRate: rate(previous.blockWriteBytes, current.blockWriteBytes),
  };
}

/** Computes the CPU percentage between two readings on the scale of `docker stats`, capped at all CPUs. */
export function cpuPercent(previous: Counters, current: Counters): number {
  const used = current.cpuTotal - previous.cpuTotal;
  const wallClock = previous.systemTotal === null || current.systemTotal === null;
  const available = wallClock
    ? Math.floor((current.readMs - previous.readMs) * 1e4) * 100 * current.onlineCpus
    : current.systemTotal - previous.systemTotal;
  if (!(used > 0) || !(available > 0)) return 0;
  return Math.min(used / available, 1) * current.cpuFull;
}

/** Computes the used percentage of the limit; 0 when either is unknown. */
export function memoryPercent({ memoryBytes, memoryLimitBytes }: Counters): number {
  if (memoryBytes === null || memoryLimitBytes === null) return 0;
  const percent = memoryBytes / memoryLimitBytes * 100;
  return Number.isFinite(percent) ? percent : 0;
}

/** Parses the engine's RFC 3339 time into epoch ms with fractions; `undefined` for the year 1. */
export function parseTime(text: string): number | undefined {
  const ms = Date.parse(text);
  if (!(ms > 0)) return undefined;
  const beyondMs = /\.\d{3}(\d+)/.exec(text)?.[1];
  return beyondMs === undefined ? ms : ms + Number(`0.${beyondMs}`);
}

/** Returns a time in UTC: an engine in another time zone may state its own. */
function isoTime(text: string, ms: number): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? text : new Date(ms).toISOString();
}

function cpuCount(raw: RawStats, windows: boolean, traits: EngineTraits): number {
  const { num_procs, cpu_stats } = fieldsOf(raw);
  if (windows) return wholeCpus(num_procs) || traits.cpus;
  const { online_cpus, cpu_usage } = fieldsOf(cpu_stats);
  return wholeCpus(online_cpus) || itemsOf(fieldsOf(cpu_usage)["percpu_usage"]).length || traits.cpus;
}

function wholeCpus(value: unknown): number | undefined {
  const count = countOf(value);
  return count !== undefined && Number.isInteger(count) && count <= MOST_CPUS ? count : undefined;
}

/** Computes used bytes: minus `total_inactive_file` on cgroup v1, `inactive_file` on v2, if smaller than the usage. */
function memoryUsed(memory: unknown, windows: boolean): number | null {
  const { usage: raw, stats, privateworkingset } = fieldsOf(memory);
  if (windows) return countOf(privateworkingset) ?? null;
  const usage = countOf(raw);
  if (usage === undefined) return null;
  const v1 = countOf(fieldsOf(stats)["total_inactive_file"]);
  if (v1 !== undefined && v1 < usage) return usage - v1;
  const v2 = countOf(fieldsOf(stats)["inactive_file"]) ?? 0;
  return v2 < usage ? usage - v2 : usage;
}

function network(networks: unknown): Pick<Counters, "networkRxBytes" | "networkTxBytes"> {
  if (!networks) return { networkRxBytes: null, networkTxBytes: null };
  let networkRxBytes = 0;
  let networkTxBytes = 0;
  for (const network of Object.values(fieldsOf(networks))) {
    const { rx_bytes, tx_bytes } = fieldsOf(network);
    networkRxBytes += countOf(rx_bytes) ?? 0;
    networkTxBytes += countOf(tx_bytes) ?? 0;
  }
  return { networkRxBytes: finite(networkRxBytes), networkTxBytes: finite(networkTxBytes) };
}

function block(raw: RawStats, windows: boolean): Pick<Counters, "blockReadBytes" | "blockWriteBytes"> {
  const { storage_stats, blkio_stats } = fieldsOf(raw);
  if (windows) {
    const { read_size_bytes, write_size_bytes } = fieldsOf(storage_stats);
    return {
      blockReadBytes: countOf(read_size_bytes) ?? null,
      blockWriteBytes: countOf(write_size_bytes) ?? null,
    };
  }
  if (!blkio_stats) return { blockReadBytes: null, blockWriteBytes: null };
  let blockReadBytes = 0;
  let blockWriteBytes = 0;
  for (const operation of itemsOf(fieldsOf(blkio_stats)["io_service_bytes_recursive"])) {
    const { op, value } = fieldsOf(operation);
    const kind = textOf(op)?.[0]?.toLowerCase();
    if (kind === "r") blockReadBytes += countOf(value) ?? 0;
    if (kind === "w") blockWriteBytes += countOf(value) ?? 0;
  }
  return { blockReadBytes: finite(blockReadBytes), blockWriteBytes: finite(blockWriteBytes) };
}

/** Rejects sums beyond the range of numbers. */
function finite(sum: number): number | null {
  return Number.isFinite(sum) ? sum : null;
}
