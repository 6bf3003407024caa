/** Fake containers. */
import type { RawStats } from "../../server/docker/sample.ts";
import type { Container } from "../../server/docker/container.ts";

/** Creates a container with default values, changed as a test needs. */
export function fakeContainer(name: string, changes: Partial<Container> = {}): Container {
  return {
    id: idOf(name),
    name,
    image: "busybox:1",
    state: "running",
    startedAt: Date.now() - 7_200_000,
    finishedAt: null,
    pid: null,
    exitCode: 0,
    health: null,
    healthOutput: null,
    project: null,
    service: null,
    swarmTask: false,
    composeFolder: null,
    composeFiles: null,
    composeEnvFiles: null,
    number: null,
    createdAt: null,
    writableFolders: "",
    labels: "",
    oneOff: false,
    hidden: false,
    endedBy: null,
    publishedAddresses: "",
    portPairs: "",
    restarts: false,
    outOfMemory: false,
    ...{ cpuLimit: null, memoryLimited: false, restartCount: 0, networkOf: null },
    ...{ cpuShares: 1024, swapLimitBytes: 0, memoryReservationBytes: 0 },
    listedStatus: "Up 2 hours",
    inspected: true,
    ...changes,
  };
}

/** Returns the id for a name: 64 hex digits that start with the codes of its letters. */
export function idOf(name: string): string {
  return [...name].map((letter) => letter.charCodeAt(0).toString(16)).join("").padEnd(64, "0").slice(0, 64);
}

/** Creates a reading of half a core of two and a quarter of the memory, one per second of the engine's clock. */
export function steadyReading(second: number): RawStats {
  return {
    read: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString(),
    cpu_stats: {
      cpu_usage: { total_usage: 1e9 + second * 0.5e9 },
      system_cpu_usage: 100e9 + second * 2e9,
      online_cpus: 2,
    },
    memory_stats: { usage: 256, limit: 1024 },
    networks: { eth0: { rx_bytes: second * 1000, tx_bytes: second * 10 } },
    blkio_stats: { io_service_bytes_recursive: [{ op: "read", value: second * 100 }] },
    pids_stats: { current: 3 },
  };
}
