import { type RawStats, toCounters } from "../../server/docker/sample.ts";
import { cgroupPaths } from "../../server/kernel/cgroup_path.ts";
import { systemCpuNs } from "../../server/kernel/kernel_text.ts";
import { type FileTexts, toRawStats } from "../../server/kernel/raw_stats.ts";
import { assert, assertEquals, assertGreaterOrEqual } from "../assert.ts";

/** A recording of a container's files beside the answer of its engine. */
interface Recording extends Readonly<Record<string, unknown>> {
  readonly before: number;
  readonly procCgroup: string;
  readonly procStat: string;
  readonly netDev: string;
  readonly engine: RawStats;
}

const NAMES = {
  v1: "cpuacct.usage memory.usage_in_bytes memory.stat memory.limit_in_bytes",
  v2: "cpu.stat memory.current memory.stat memory.max",
};
const TRAITS = { cpus: 2, os: "linux", cpuClock: "system" } as const;
/** Memory of the recording machines. */
const MEMORY = { v1: 25276510208, v2: 2074640384 };

async function recorded(version: "v1" | "v2", name: string): Promise<Recording> {
  const path = new URL(`../fixtures/kernel/cgroup-${version}/${name}.json`, import.meta.url);
  return JSON.parse(await Deno.readTextFile(path));
}

function textsOf(recording: Recording, version: "v1" | "v2"): FileTexts {
  const [cpu = "", memory = "", memoryStat = "", memoryLimit = ""] = NAMES[version].split(" ");
  const text = (name: string) => String(recording[name]);
  const disk = version === "v1" ? "blkio.throttle.io_service_bytes_recursive" : "io.stat";
  return {
    cpu: text(cpu),
    memory: text(memory),
    memoryStat: text(memoryStat),
    memoryLimit: text(memoryLimit),
    disk: text(disk),
    pids: text("pids.current"),
    network: recording.netDev,
  };
}

for (const version of ["v1", "v2"] as const) {
  for (const name of ["idle", "lim", "mem", "io", "hostnet", "shared"]) {
    Deno.test(`has the numbers of the engine, cgroup ${version}, ${name}`, async () => {
      const recording = await recorded(version, name);
      const reading = {
        version: version === "v1" ? 1 : 2,
        atMs: recording.before,
        systemNs: systemCpuNs(recording.procStat)!,
        memoryBytes: MEMORY[version],
      } as const;
      const ours = toCounters(toRawStats(textsOf(recording, version), reading)!, TRAITS)!;
      const theirs = toCounters(recording.engine, TRAITS)!;
      // The engine has read a moment later.
      for (const key of ["readMs", "cpuTotal", "systemTotal"] as const) {
        assertGreaterOrEqual(theirs[key]!, ours[key]!, key);
        assert(theirs[key]! - ours[key]! < 1e9, key);
      }
      const equal = ["memoryLimitBytes", "blockReadBytes", "blockWriteBytes", "pids"] as const;
      for (const key of equal) assertEquals(ours[key], theirs[key], key);
      assert(Math.abs(ours.memoryBytes! - theirs.memoryBytes!) < 1e6, "memory");
      // The engine reports no networks for a container with the network of its host.
      if (name === "hostnet") assertEquals(theirs.networkRxBytes, null);
      else {assertEquals([ours.networkRxBytes, ours.networkTxBytes], [
          theirs.networkRxBytes,
          theirs.networkTxBytes,
        ]);}
    });

    Deno.test(`finds the recorded cgroup, cgroup ${version}, ${name}`, async () => {
      const { procCgroup } = await recorded(version, name);
      const id = /[0-9a-f]{64}/.exec(procCgroup)![0];
      assertEquals(cgroupPaths(procCgroup, id)?.version, version === "v1" ? 1 : 2);
    });
  }
}

const READING = { version: 2, atMs: 1e12, systemNs: 1e12, memoryBytes: 1000 } as const;

Deno.test("a limit above the machine's memory is the machine's memory", () => {
  for (const [text, limit] of [["max\n", 1000], ["9223372036854771712\n", 1000], ["400\n", 400]] as const) {
    const raw = toRawStats({ cpu: "usage_usec 1\n", memory: "5\n", memoryLimit: text }, READING);
    assertEquals(raw?.memory_stats?.limit, limit);
  }
});

Deno.test("missing files give unknown values, never zeros", () => {
  const counters = toCounters(toRawStats({ cpu: "usage_usec 7\n" }, READING)!, TRAITS)!;
  assertEquals(counters.cpuTotal, 7000);
  const { memoryBytes, memoryLimitBytes, networkRxBytes, blockReadBytes, pids } = counters;
  assertEquals([memoryBytes, memoryLimitBytes, networkRxBytes, blockReadBytes, pids], Array(5).fill(null));
});

Deno.test("has no reading without the CPU time", () => {
  assertEquals(toRawStats({ memory: "5\n" }, READING), undefined);
  assertEquals(toRawStats({ cpu: "usage_usec x\n" }, READING), undefined);
});
