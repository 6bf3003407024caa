/** Messages of `/docker/stats?detail=full`. */
import type { DetailedStatsMessage } from "../../../server/protocol/stats.ts";
import { idOf } from "../../fakes/engine.ts";

/** Creates the message of a running container, changed as a test needs. */
export function message(name: string, changes: Partial<DetailedStatsMessage> = {}): DetailedStatsMessage {
  return {
    id: idOf(name),
    hostId: "Localhost",
    name,
    image: "busybox:1",
    status: "Up 2 hours",
    state: "running",
    cpuUsage: 12.345,
    memoryUsage: 25,
    timestamp: "2026-08-01T12:00:00Z",
    onlineCpus: 2,
    memoryBytes: 256 * 1024 * 1024,
    memoryLimitBytes: 1024 * 1024 * 1024,
    networkRxBytes: 2048,
    networkTxBytes: 0,
    blockReadBytes: null,
    blockWriteBytes: null,
    pids: 3,
    health: null,
    project: null,
    service: null,
    stale: false,
    cpuLimit: null,
    memoryLimited: false,
    restartCount: 0,
    exitCode: null,
    oomKilled: false,
    startedAt: "2026-08-01T10:00:00.000Z",
    finishedAt: null,
    networkOf: null,
    hidden: false,
    ...changes,
  };
}
