/** The columns of a series. */
import type { Sample } from "../docker/sample.ts";

/** Numbers of a host at one moment; `null` where unknown. */
export interface HostReading {
  /** Percent of one core. */
  readonly hostCpuUsage: number | null;
  readonly hostMemoryBytes: number | null;
  readonly hostMemoryTotalBytes: number | null;
  readonly diskUsedBytes: number | null;
  readonly diskTotalBytes: number | null;
  /** Load of the last minute. */
  readonly load1: number | null;
  /** Bytes since the start of the machine. */
  readonly networkRxBytes: number | null;
  /** Bytes since the start of the machine. */
  readonly networkTxBytes: number | null;
}

/** Longest time between two readings whose difference is a rate, ms. */
const LONGEST_GAP_MS = 120_000;

/** Returns the values of a container's columns; `NaN` where unknown. */
export function sampleValues(sample: Sample): number[] {
  const { cpuUsage, networkRxRate, networkTxRate, blockReadRate, blockWriteRate } = sample;
  const memory = sample.memoryLimitBytes === null ? null : sample.memoryUsage;
  return [cpuUsage, memory, networkRxRate, networkTxRate, blockReadRate, blockWriteRate].map(known);
}

/** The columns of hosts, whose rates come from two readings. */
export class HostColumns {
  /** Newest readings, oldest first. */
  readonly #before = new Map<string, readonly [atMs: number, reading: HostReading]>();

  /** Number of hosts whose newest reading is kept. */
  get size(): number {
    return this.#before.size;
  }

  /**
   * Returns the values of a host's columns; `NaN` where unknown.
   *
   * @param atMs Time of the reading by a clock that is never set, ms.
   */
  values(hostId: string, reading: HostReading, atMs: number): number[] {
    const [beforeMs, before] = this.#before.get(hostId) ?? [-Infinity, undefined];
    this.#before.delete(hostId);
    this.#before.set(hostId, [atMs, reading]);
    this.#forgetBefore(atMs - LONGEST_GAP_MS);
    const elapsedMs = atMs - beforeMs;
    const rate = (column: "networkRxBytes" | "networkTxBytes") => {
      const grown = known(reading[column]) - known(before?.[column] ?? null);
      return grown >= 0 && elapsedMs > 0 && elapsedMs <= LONGEST_GAP_MS ? grown / elapsedMs * 1000 : NaN;
    };
    return [
      known(reading.hostCpuUsage),
      percent(reading.hostMemoryBytes, reading.hostMemoryTotalBytes),
      rate("networkRxBytes"),
      rate("networkTxBytes"),
      known(reading.load1),
      percent(reading.diskUsedBytes, reading.diskTotalBytes),
    ];
  }

  /** Forgets readings that are too old for a rate, such as those of removed hosts. */
  #forgetBefore(limitMs: number): void {
    for (const [hostId, [atMs]] of this.#before) {
      if (atMs >= limitMs) return;
      this.#before.delete(hostId);
    }
  }
}

function percent(part: number | null, whole: number | null): number {
  return part === null || !whole ? NaN : part / whole * 100;
}

function known(value: number | null): number {
  return value ?? NaN;
}
