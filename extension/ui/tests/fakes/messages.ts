import type { DetailedStatsMessage } from "../../../../server/protocol/stats.ts";

/** A running container; what a test is about is said, the rest is plain. */
export function message(changes: Partial<DetailedStatsMessage> = {}): DetailedStatsMessage {
  return {
    id: "0".repeat(64),
    hostId: "Localhost",
    name: "web",
    image: "nginx:1.29",
    status: "Up 2 hours",
    state: "running",
    cpuUsage: 1,
    memoryUsage: 10,
    timestamp: "2026-08-01T12:00:00.000Z",
    onlineCpus: 4,
    memoryBytes: 100,
    memoryLimitBytes: 1000,
    networkRxBytes: 0,
    networkTxBytes: 0,
    blockReadBytes: 0,
    blockWriteBytes: 0,
    pids: 1,
    health: null,
    project: null,
    service: null,
    stale: false,
    ...changes,
  };
}

/** A moment so many seconds after the first message, ISO 8601. */
export function at(seconds: number): string {
  return new Date(Date.parse("2026-08-01T12:00:00.000Z") + seconds * 1000).toISOString();
}
