/** Frames of hosts as the server sends them, and sums of their containers. */
import type { HostUsage } from "../../src/features/containers/model/host_usage.ts";
import { NO_RATES } from "../../src/features/containers/model/rates.ts";
import type { Totals } from "../../src/features/containers/model/totals.ts";

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

/** Sums of a host with three containers, of which two run. */
export const TOTALS: Totals = {
  ...{ containers: 3, running: 2, paused: 0, restarting: 0, silent: 0 },
  ...{ cpu: 50, memoryBytes: 2048, rates: NO_RATES },
};
