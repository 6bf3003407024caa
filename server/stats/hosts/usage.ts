/** Pure: two readings of a machine → the numbers of its host. */
import type { CpuTime, DiskSpace, MachineReading } from "../../docker/engine.ts";
import type { HostUsage } from "../../protocol/hosts.ts";

/** Facts that the engine knows about its machine. */
export interface MachineFacts {
  readonly cpus: number;
  readonly memoryBytes: number;
}

/** Returns the numbers of a host that only its engine describes. */
export function engineUsage({ cpus, memoryBytes }: MachineFacts, atMs: number): HostUsage {
  return {
    timestamp: new Date(atMs).toISOString(),
    hostCpuUsage: null,
    onlineCpus: cpus,
    hostMemoryBytes: null,
    hostMemoryTotalBytes: memoryBytes || null,
    load1: null,
    load5: null,
    load15: null,
    diskUsedBytes: null,
    diskTotalBytes: null,
    networkRxBytes: null,
    networkTxBytes: null,
  };
}

/**
 * Computes the numbers of a host.
 *
 * @param before An earlier reading, for the use of the CPU since then.
 */
export function machineUsage(
  before: MachineReading,
  now: MachineReading,
  disk: DiskSpace | undefined,
  facts: MachineFacts,
): HostUsage {
  const known = engineUsage(facts, now.atMs);
  const [load1, load5, load15] = now.load ?? [null, null, null];
  return {
    ...known,
    hostCpuUsage: hostCpuPercent(before.cpu, now.cpu),
    onlineCpus: now.cpu?.cpus ?? known.onlineCpus,
    hostMemoryBytes: now.memoryBytes,
    hostMemoryTotalBytes: now.memoryTotalBytes ?? known.hostMemoryTotalBytes,
    ...{ load1, load5, load15 },
    diskUsedBytes: disk?.usedBytes ?? null,
    diskTotalBytes: disk?.totalBytes ?? null,
    networkRxBytes: now.networkRxBytes,
    networkTxBytes: now.networkTxBytes,
  };
}

/** Computes the CPU in percent of one core; `null` when the counters did not grow, as after a restart. */
export function hostCpuPercent(before: CpuTime | null, now: CpuTime | null): number | null {
  if (before === null || now === null) return null;
  const [busy, total] = [now.busy - before.busy, now.total - before.total];
  if (!(total > 0)) return null;
  // Idle time that the kernel corrects can be a little smaller than before.
  return Math.min(Math.max(busy / total, 0), 1) * now.cpus * 100;
}
