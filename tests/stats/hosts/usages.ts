/** Numbers of a host. */
import type { HostUsage } from "../../../server/protocol/hosts.ts";

/** A machine with half a core of four in use. */
export const USAGE: HostUsage = {
  ...{ timestamp: "2026-08-01T12:00:00.000Z", hostCpuUsage: 50, onlineCpus: 4 },
  ...{ hostMemoryBytes: 2 ** 30, hostMemoryTotalBytes: 2 ** 33, load1: 0.5, load5: 0.25, load15: 0 },
  ...{ diskUsedBytes: 2 ** 34, diskTotalBytes: 2 ** 36, networkRxBytes: 2048, networkTxBytes: 1024 },
};

/** The same of a host that only its engine describes. */
export const UNKNOWN_USAGE: HostUsage = {
  ...{ ...USAGE, hostCpuUsage: null, hostMemoryBytes: null, load1: null, load5: null, load15: null },
  ...{ diskUsedBytes: null, diskTotalBytes: null, networkRxBytes: null, networkTxBytes: null },
};
