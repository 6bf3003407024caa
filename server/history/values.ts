/** Pure: the columns of a series. */
import type { Sample } from "../docker/sample.ts";

/** Numbers of a host at one moment; `null` where unknown. */
export interface HostNumbers {
  /** Percent of one core. */
  readonly cpuUsage: number | null;
  /** Percent of all memory. */
  readonly memoryUsage: number | null;
  /** Percent of all disk space. */
  readonly diskUsage: number | null;
  /** Load of the last minute. */
  readonly load1: number | null;
  /** Bytes per second. */
  readonly networkRxRate: number | null;
  /** Bytes per second. */
  readonly networkTxRate: number | null;
}

/** Returns the values of a container's columns; `NaN` where unknown. */
export function sampleValues(sample: Sample): number[] {
  const { cpuUsage, networkRxRate, networkTxRate, blockReadRate, blockWriteRate } = sample;
  const memory = sample.memoryLimitBytes === null ? null : sample.memoryUsage;
  return [cpuUsage, memory, networkRxRate, networkTxRate, blockReadRate, blockWriteRate].map(known);
}

/** Returns the values of a host's columns; `NaN` where unknown. */
export function hostValues(numbers: HostNumbers): number[] {
  const { cpuUsage, memoryUsage, networkRxRate, networkTxRate, load1, diskUsage } = numbers;
  return [cpuUsage, memoryUsage, networkRxRate, networkTxRate, load1, diskUsage].map(known);
}

function known(value: number | null): number {
  return value ?? NaN;
}
