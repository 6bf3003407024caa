import { toDetails } from "../../server/docker/details.ts";
import { FileReader } from "../../server/kernel/file_reader.ts";
import { assert, assertEquals } from "../assert.ts";
import { idOf } from "../fakes/container.ts";
import { FakeKernel } from "../fakes/kernel.ts";

const target = { id: idOf("web"), pid: 42 };
const folder = `cgroup/docker/${target.id}`;

/** A fake machine with one container and all files of version 2. */
function detailedKernel(): FakeKernel {
  const kernel = new FakeKernel();
  kernel.run("web", 42);
  kernel.write(
    `${folder}/cpu.stat`,
    "usage_usec 9\nuser_usec 5\nsystem_usec 4\nnr_periods 8\nnr_throttled 2\nthrottled_usec 7\n",
  );
  kernel.write(
    `${folder}/memory.stat`,
    "anon 200\nfile 300\nkernel 20\nfile_mapped 30\ninactive_file 100\nactive_file 90\npgfault 12\n" +
      "pgmajfault 1\n",
  );
  kernel.write(`${folder}/memory.peak`, "600\n");
  kernel.write(`${folder}/memory.events`, "low 0\nhigh 0\nmax 6\noom 0\noom_kill 2\n");
  kernel.write(`${folder}/memory.swap.current`, "70\n");
  kernel.write(`${folder}/cgroup.procs`, "42\n");
  kernel.write(`${folder}/pids.max`, "77\n");
  for (const [file, some, full] of [["cpu", 11, 12], ["memory", 13, 14], ["io", 15, 16]] as const) {
    const line = (total: number) => `avg10=0.00 avg60=0.50 avg300=0.00 total=${total}\n`;
    kernel.write(`${folder}/${file}.pressure`, `some ${line(some)}full ${line(full)}`);
  }
  kernel.write(`${folder}/io.stat`, "8:0 rbytes=1024 wbytes=2048 rios=1 wios=1 dbytes=0 dios=0\n");
  kernel.write("proc/42/limits", "Limit  Soft  Hard  Units\nMax open files            1024   4096   files\n");
  kernel.write("proc/42/fd/0", "");
  Deno.symlinkSync("socket:[4711]", `${kernel.mounts.proc}/42/fd/1`);
  kernel.write(
    "proc/42/net/dev",
    "Inter-|\n face |\n    lo: 9 9 9 9 0 0 0 0 9 9 9 9 0 0 0 0\n  eth0: 40 3 2 1 0 0 0 0 4 6 5 4 0 0 0 0\n",
  );
  return kernel;
}

async function readDetails(kernel: FakeKernel, detailed = true) {
  await using reader = new FileReader(kernel.mounts);
  const [reading] = await reader.read({ targets: [target], memoryBytes: 4000, detailed });
  assert(reading !== undefined && "raw" in reading, JSON.stringify(reading));
  return { details: toDetails(reading.raw), kept: reader.kept };
}

Deno.test("reads all details of a container from the kernel", async () => {
  using kernel = detailedKernel();
  const { details } = await readDetails(kernel);
  assertEquals(details, {
    cpuUserNs: 5000,
    cpuSystemNs: 4000,
    periods: 8,
    throttledPeriods: 2,
    throttledNs: 7000,
    memoryUsageBytes: 500,
    memoryMaxBytes: 600,
    memoryRssBytes: 200,
    memoryCacheBytes: 300,
    memoryMappedBytes: 30,
    memorySwapBytes: 70,
    memoryActiveFileBytes: 90,
    memoryInactiveFileBytes: 100,
    memoryKernelBytes: 20,
    memoryOomKills: 2,
    memoryFailures: 6,
    pageFaults: 12,
    majorPageFaults: 1,
    received: { packets: 3, errors: 2, dropped: 1 },
    sent: { packets: 6, errors: 5, dropped: 4 },
    diskReads: 1,
    diskWrites: 1,
    processes: 1,
    openFiles: 2,
    sockets: 1,
    openFileLimit: 1024,
    threadsMax: 77,
    ...{ cpuWaitingUs: 11, cpuStalledUs: 12, ramWaitingUs: 13, ramStalledUs: 14 },
    ...{ diskWaitingUs: 15, diskStalledUs: 16 },
    ...{ sectorReads: 2, sectorWrites: 4 },
    ...{ mergedReads: null, mergedWrites: null, readNs: null, writeNs: null, ioNs: null, ioCurrent: null },
    ...{ filesystemBytes: null, inodes: null, inodesFree: null, writtenBytes: null },
    ...{ scheduledNs: null, queuedNs: null, scheduledPeriods: null },
    labeled: {
      deviceBytes: [[["", "8", "0", "Read"], 1024], [["", "8", "0", "Write"], 2048]],
    },
  });
});

Deno.test("reads no further file without a scrape", async () => {
  using kernel = detailedKernel();
  const { details } = await readDetails(kernel, false);
  assertEquals([details.memoryMaxBytes, details.processes, details.cpuUserNs], [null, null, null]);
});

Deno.test("a further file that is missing or strange concerns its number only", async () => {
  using kernel = detailedKernel();
  kernel.remove(`${folder}/memory.peak`);
  kernel.write(`${folder}/memory.events`, "max x\n");
  kernel.write(`${folder}/cgroup.procs`, "42\n../1\n0\n");
  const { details } = await readDetails(kernel);
  assertEquals([details.memoryMaxBytes, details.memoryFailures, details.openFiles], [null, null, null]);
  assertEquals([details.memorySwapBytes, details.processes], [70, 3]);
});

Deno.test("no limit of threads is 0, from the kernel and from the engine", async () => {
  using kernel = detailedKernel();
  kernel.write(`${folder}/pids.max`, "max\n");
  const { details } = await readDetails(kernel);
  assertEquals(details.threadsMax, 0);
  assertEquals(toDetails({ pids_stats: { current: 1, limit: 18446744073709551615 } }).threadsMax, 0);
});

Deno.test("strange pressure, limits and threads are unknown", async () => {
  using kernel = detailedKernel();
  kernel.write(`${folder}/cpu.pressure`, `some total=x\nfull avg10=0 total=${"9".repeat(40)}\n`);
  kernel.write("proc/42/limits", "Max open files            unlimited   unlimited   files\n");
  kernel.write(`${folder}/pids.max`, "-1\n");
  const { cpuWaitingUs, cpuStalledUs, openFileLimit, threadsMax } = (await readDetails(kernel)).details;
  assertEquals([cpuWaitingUs, cpuStalledUs, openFileLimit, threadsMax], [null, null, null, null]);
});

Deno.test("reads the details of the engine's answer on version 1", () => {
  const { received, ...details } = toDetails({
    cpu_stats: {
      cpu_usage: { total_usage: 9, usage_in_usermode: 5, usage_in_kernelmode: 4 },
      throttling_data: { periods: 8, throttled_periods: 2, throttled_time: 7 },
    },
    memory_stats: { usage: 500, max_usage: 600, failcnt: 6, stats: { total_rss: 200, total_cache: 300 } },
    networks: { eth0: { rx_packets: 3, rx_errors: 2 }, eth1: { rx_packets: 4, rx_errors: 0, rx_dropped: 1 } },
    blkio_stats: { io_serviced_recursive: [{ op: "Read", value: 1 }, { op: "Total", value: 9 }] },
  });
  assertEquals(received, { packets: 7, errors: 2, dropped: 1 });
  assertEquals([details.cpuUserNs, details.throttledNs, details.memoryRssBytes], [5, 7, 200]);
  assertEquals([details.memoryFailures, details.diskReads, details.diskWrites], [6, 1, null]);
});

Deno.test("an answer with other types has no details", () => {
  const strange = {
    cpu_stats: 1,
    memory_stats: { stats: [] },
    networks: "x",
    blkio_stats: { io_serviced_recursive: {} },
  };
  const details = toDetails(JSON.parse(JSON.stringify(strange)));
  const { received, sent, labeled, ...numbers } = details;
  assertEquals(labeled, {});
  const all = [received, sent, numbers].flatMap((part) => Object.values(part));
  assertEquals(all.filter((value) => value !== null), []);
});
