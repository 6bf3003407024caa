import type { CpuTime, MachineReading } from "../../../server/docker/engine.ts";
import { engineUsage, hostCpuPercent, machineUsage } from "../../../server/stats/hosts/usage.ts";
import { assertEquals } from "../../assert.ts";

const FACTS = { cpus: 8, memoryBytes: 4096 };

function reading(changes: Partial<MachineReading> = {}): MachineReading {
  return {
    ...{ atMs: Date.UTC(2026, 7, 1), cpu: null, memoryBytes: null, memoryTotalBytes: null, load: null },
    ...{ networkRxBytes: null, networkTxBytes: null },
    ...changes,
  };
}

function cpu(busy: number, total: number, cpus = 4): CpuTime {
  return { busy, total, cpus };
}

Deno.test("a host that only its engine describes has its CPUs and memory, and null for the rest", () => {
  const { timestamp, onlineCpus, hostMemoryTotalBytes, ...rest } = engineUsage(FACTS, Date.UTC(2026, 7, 1));
  assertEquals([timestamp, onlineCpus, hostMemoryTotalBytes], ["2026-08-01T00:00:00.000Z", 8, 4096]);
  assertEquals([...new Set(Object.values(rest))], [null]);
});

Deno.test("computes the CPU in percent of one core", () => {
  assertEquals(hostCpuPercent(cpu(100, 1000), cpu(200, 1400)), 100);
  assertEquals(hostCpuPercent(cpu(100, 1000), cpu(500, 1400)), 400);
});

Deno.test("the CPU never leaves the range of the machine", () => {
  assertEquals(hostCpuPercent(cpu(100, 1000), cpu(90, 1400)), 0);
  assertEquals(hostCpuPercent(cpu(100, 1000), cpu(600, 1400)), 400);
});

Deno.test("the CPU is unknown without two readings, and after a restart", () => {
  assertEquals(hostCpuPercent(null, cpu(1, 2)), null);
  assertEquals(hostCpuPercent(cpu(100, 1000), cpu(10, 100)), null);
  assertEquals(hostCpuPercent(cpu(100, 1000), cpu(100, 1000)), null);
});

Deno.test("reports the machine, with the engine's facts for what it does not know", () => {
  const now = reading({ cpu: cpu(200, 1400), memoryBytes: 1, load: [1, 2, 3], networkRxBytes: 5 });
  assertEquals(machineUsage(reading({ cpu: cpu(100, 1000) }), now, { usedBytes: 6, totalBytes: 7 }, FACTS), {
    ...{ timestamp: "2026-08-01T00:00:00.000Z", hostCpuUsage: 100, onlineCpus: 4 },
    ...{ hostMemoryBytes: 1, hostMemoryTotalBytes: 4096, load1: 1, load5: 2, load15: 3 },
    ...{ diskUsedBytes: 6, diskTotalBytes: 7, networkRxBytes: 5, networkTxBytes: null },
  });
});
