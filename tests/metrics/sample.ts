import type { Sample } from "../../server/docker/sample.ts";

/** A sample of a running container. */
export const SAMPLE: Sample = {
  read: "2026-08-01T12:00:00Z",
  readMs: Date.parse("2026-08-01T12:00:00Z"),
  cpuTotal: 2_500_000_000,
  systemTotal: 1,
  onlineCpus: 2,
  cpuFull: 200,
  memoryBytes: 1024,
  memoryLimitBytes: null,
  networkRxBytes: 0,
  networkTxBytes: null,
  blockReadBytes: 4096,
  blockWriteBytes: 8192,
  pids: 3,
  cpuUsage: 12.5,
  memoryUsage: 0,
  networkRxRate: null,
  networkTxRate: null,
  blockReadRate: null,
  blockWriteRate: null,
};
