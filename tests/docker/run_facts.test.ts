import { runFacts } from "../../server/docker/run_facts.ts";
import { assertEquals } from "../assert.ts";
import { idOf } from "../fakes/container.ts";

const HOST = { cpus: 4, memoryBytes: 1024 };

for (
  const [config, cpuLimit] of [
    [{}, null],
    [{ NanoCpus: 200_000_000 }, 0.2],
    [{ CpuQuota: 150_000, CpuPeriod: 100_000 }, 1.5],
    [{ CpuQuota: 50_000 }, 0.5],
    [{ CpuQuota: -1 }, null],
    [{ CpusetCpus: "0" }, 1],
    [{ CpusetCpus: "0-1,3" }, 3],
    [{ CpusetCpus: "0-1", NanoCpus: 500_000_000 }, 0.5],
    [{ CpusetCpus: "0", NanoCpus: 2_000_000_000 }, 1],
    [{ CpusetCpus: "0-3" }, null],
    [{ NanoCpus: 4_000_000_000 }, null],
    [{ CpusetCpus: "3-0" }, null],
    [{ CpusetCpus: "all", NanoCpus: "1" }, null],
  ] as const
) {
  Deno.test(`${JSON.stringify(config)} limits the cores to ${cpuLimit}`, () => {
    assertEquals(runFacts({ HostConfig: config }, HOST).cpuLimit, cpuLimit);
  });
}

for (
  const [Memory, limited] of [[0, false], [512, true], [1024, false], [undefined, false], [
    "512",
    false,
  ]] as const
) {
  Deno.test(`the memory limit ${Memory} ${limited ? "is" : "is not"} one of the container's own`, () => {
    assertEquals(runFacts({ HostConfig: { Memory } }, HOST).memoryLimited, limited);
  });
}

for (
  const [NetworkMode, networkOf] of [
    [`container:${idOf("vpn")}`, idOf("vpn")],
    ["container:vpn", null],
    ["bridge", null],
    [7, null],
  ] as const
) {
  Deno.test(`the network "${NetworkMode}" ${networkOf ? "is" : "is not"} that of another container`, () => {
    assertEquals(runFacts({ HostConfig: { NetworkMode } }, HOST).networkOf, networkOf);
  });
}

for (const inspection of [undefined, null, 1, "text", [], { HostConfig: null }, { RestartCount: -1.5 }]) {
  Deno.test(`the facts of ${JSON.stringify(inspection)} are unknown`, () => {
    const { cpuLimit, restartCount, networkOf } = runFacts(inspection, HOST);
    assertEquals([cpuLimit, restartCount, networkOf], [null, null, null]);
  });
}

Deno.test("counts the restarts, and a limit of an unknown host", () => {
  const inspection = { RestartCount: 3, HostConfig: { Memory: 1, NanoCpus: 9e9 } };
  const unknown = { cpus: null, memoryBytes: null };
  const { cpuLimit, memoryLimited, restartCount } = runFacts(inspection, unknown);
  assertEquals([cpuLimit, memoryLimited, restartCount], [9, true, 3]);
});

for (
  const [config, expected] of [
    [{}, [1024, 0, 0]],
    [{ CpuShares: 0, MemorySwap: -1, MemoryReservation: 0 }, [1024, 0, 0]],
    [{ CpuShares: 512, MemorySwap: 2048, MemoryReservation: 256 }, [512, 2048, 256]],
    [{ CpuShares: "512", MemorySwap: {}, MemoryReservation: -5 }, [1024, 0, 0]],
    [null, [null, null, null]],
  ] as const
) {
  Deno.test(`reads shares, swap and reservation of ${JSON.stringify(config)}`, () => {
    const { cpuShares, swapLimitBytes, memoryReservationBytes } = runFacts({ HostConfig: config }, HOST);
    assertEquals([cpuShares, swapLimitBytes, memoryReservationBytes], [...expected]);
  });
}
