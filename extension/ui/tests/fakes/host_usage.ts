/** Frames of hosts as the server sends them. */
import type { HostUsage } from "../../src/features/containers/model/host_usage.ts";

/** Frame of a quiet host, with the changes of the test. */
export function usage(changes: Partial<HostUsage> = {}): HostUsage {
  return {
    hostId: "Localhost",
    timestamp: "2026-08-01T12:00:00.000Z",
    hostCpuUsage: 100,
    onlineCpus: 4,
    hostMemoryBytes: 2 * 1024 ** 3,
    hostMemoryTotalBytes: 8 * 1024 ** 3,
    load1: 0.62,
    load5: 0.5,
    load15: 0.4,
    diskUsedBytes: 41 * 1024 ** 3,
    diskTotalBytes: 100 * 1024 ** 3,
    networkRxBytes: 0,
    networkTxBytes: 0,
    ...changes,
  };
}
