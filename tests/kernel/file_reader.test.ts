import { FileReader } from "../../server/kernel/file_reader.ts";
import type { KernelReading } from "../../server/kernel/kernel_reader.ts";
import { assertEquals, assertMatch, assertThrows } from "../assert.ts";
import { idOf } from "../fakes/container.ts";
import { FakeKernel } from "../fakes/kernel.ts";

const web = { id: idOf("web"), pid: 42 };
const db = { id: idOf("db"), pid: 43 };

async function readOne(reader: FileReader, target = web): Promise<KernelReading> {
  const [reading] = await reader.read({ targets: [target], memoryBytes: 4000 });
  return reading!;
}

/** Returns the CPU time of a reading, ns, or its reason. */
function cpuOf(reading: KernelReading): number | string | undefined {
  return "raw" in reading ? reading.raw.cpu_stats?.cpu_usage?.total_usage : reading.reason;
}

Deno.test("reads a container in the shape of the engine", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  await using reader = new FileReader(kernel.mounts);
  const reading = await readOne(reader);
  const { read: _, ...raw } = "raw" in reading ? reading.raw : {};
  assertEquals(raw, {
    os_type: "linux",
    cpu_stats: { cpu_usage: { total_usage: 1_000_000 }, system_cpu_usage: 1e9 },
    memory_stats: { usage: 500, limit: 4000, stats: { inactive_file: 100 } },
    networks: { eth0: { rx_bytes: 40, tx_bytes: 4 } },
    blkio_stats: { io_service_bytes_recursive: [{ op: "read", value: 10 }, { op: "write", value: 20 }] },
    pids_stats: { current: 3 },
  });
});

Deno.test("reads new numbers from files that stay open", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  await using reader = new FileReader(kernel.mounts);
  assertEquals(cpuOf(await readOne(reader)), 1_000_000);
  kernel.use("web", 2000);
  kernel.remove("proc/42");
  assertEquals(cpuOf(await readOne(reader)), 2_000_000);
  assertEquals(reader.kept, 1);
});

Deno.test("a vanished process or cgroup concerns its container only", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  kernel.run("db", 43);
  kernel.remove("proc/42");
  await using reader = new FileReader(kernel.mounts);
  const readings = await reader.read({ targets: [web, db], memoryBytes: 4000 });
  assertMatch(String(cpuOf(readings[0]!)), /No such file/);
  assertEquals(cpuOf(readings[1]!), 1_000_000);
  kernel.write(`cgroup/docker/${db.id}/cpu.stat`, "");
  assertEquals(cpuOf(await readOne(reader, db)), "the CPU time of the container is unknown");
  assertEquals(reader.kept, 0);
});

Deno.test("a restarted container is opened again with its new process", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  await using reader = new FileReader(kernel.mounts);
  await readOne(reader);
  kernel.remove(`cgroup/docker/${web.id}`);
  kernel.run("web", 50);
  kernel.use("web", 5);
  assertEquals(cpuOf(await readOne(reader, { ...web, pid: 50 })), 5000);
});

Deno.test("a number that another process uses again gives no numbers", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  kernel.process(42, `/docker/${idOf("other")}`, 9);
  await using reader = new FileReader(kernel.mounts);
  assertEquals(cpuOf(await readOne(reader)), "process 42 is not in the container's cgroup");
});

Deno.test("a cgroup that is named after another container changes no numbers of that container", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  kernel.run("evil", 44, { path: `/docker/${idOf("evil")}/docker-${web.id}.scope` });
  kernel.write(`cgroup/docker/${idOf("evil")}/docker-${web.id}.scope/cpu.stat`, "usage_usec 666\n");
  await using reader = new FileReader(kernel.mounts);
  assertEquals(cpuOf(await readOne(reader)), 1_000_000);
  // The engine reports an old number of a process, which the other container has got.
  assertEquals(
    cpuOf(await readOne(reader, { ...web, pid: 44 })),
    "process 44 is not in the container's cgroup",
  );
});

Deno.test("a process with a misleading name is read like any other", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  kernel.process(42, `/docker/${web.id}`, 7, "x) R 1 1\n");
  await using reader = new FileReader(kernel.mounts);
  assertEquals(cpuOf(await readOne(reader)), 1_000_000);
});

Deno.test("leaves a file that is longer than 64 KiB to the engine", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  kernel.interfaces(42, Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`veth${n}`, [1, 1]])));
  await using reader = new FileReader(kernel.mounts);
  assertEquals(cpuOf(await readOne(reader)), "a file is longer than 64 KiB");
});

Deno.test("reads the CPU time of a machine with a long list of interrupts", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  kernel.write("proc/stat", `cpu  100 0 0 0 0 0 0 0\nintr ${"0 ".repeat(100_000)}\n`);
  await using reader = new FileReader(kernel.mounts);
  const reading = await readOne(reader);
  assertEquals("raw" in reading && reading.raw.cpu_stats?.system_cpu_usage, 1e9);
});

Deno.test("reads containers beyond the bound without keeping their files open", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  kernel.run("db", 43);
  await using reader = new FileReader(kernel.mounts, 1);
  for (let turn = 0; turn < 2; turn++) {
    const readings = await reader.read({ targets: [web, db], memoryBytes: 4000 });
    assertEquals(readings.map(cpuOf), [1_000_000, 1_000_000]);
    assertEquals(reader.kept, 1);
  }
  reader.forget([web.id]);
  assertEquals(reader.kept, 0);
});

Deno.test("keeps a quarter of the files that the process may open at most", async () => {
  using kernel = new FakeKernel();
  kernel.write("proc/self/limits", "Max open files            60   4096   files\n");
  const targets = Array.from({ length: 4 }, (_, n) => ({ id: idOf(`c${n}`), pid: 50 + n }));
  targets.forEach(({ pid }, n) => kernel.run(`c${n}`, pid));
  await using reader = new FileReader(kernel.mounts);
  await reader.read({ targets, memoryBytes: 4000 });
  assertEquals(reader.kept, 2);
});

Deno.test("reads version 1 where the controllers are mounted, also on a hybrid machine", async () => {
  using kernel = new FakeKernel();
  const path = `/docker/${web.id}`;
  kernel.process(42, path, 7);
  kernel.write(
    "proc/42/cgroup",
    `4:memory:${path}\n3:cpu,cpuacct:${path}\n1:name=systemd:${path}\n0::${path}\n`,
  );
  kernel.write(`cgroup/cpuacct${path}/cpuacct.usage`, "77\n");
  kernel.write(`cgroup/memory${path}/memory.usage_in_bytes`, "500\n");
  kernel.write(`cgroup/memory${path}/memory.stat`, "inactive_file 1\ntotal_inactive_file 200\n");
  kernel.write(`cgroup/memory${path}/memory.limit_in_bytes`, "9223372036854771712\n");
  await using reader = new FileReader(kernel.mounts);
  const reading = await readOne(reader);
  assertEquals(cpuOf(reading), 77);
  const memory = "raw" in reading ? reading.raw.memory_stats : undefined;
  assertEquals(memory, { usage: 500, limit: 4000, stats: { total_inactive_file: 200 } });
});

Deno.test("finds a cgroup from inside a cgroup namespace", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42, { path: `/../${web.id}` });
  await using reader = new FileReader(kernel.mounts);
  assertEquals(cpuOf(await readOne(reader)), 1_000_000);
});

Deno.test("cannot be created where nothing is mounted", () => {
  using kernel = new FakeKernel();
  assertThrows(() => new FileReader({ ...kernel.mounts, proc: "/nowhere" }), Deno.errors.NotFound);
  kernel.write("proc/stat", "");
  assertThrows(() => new FileReader(kernel.mounts), Error, "no CPU time");
});

Deno.test("reads the machine, and gives null for the files that it lacks", async () => {
  using kernel = new FakeKernel();
  await using reader = new FileReader(kernel.mounts);
  kernel.tick(300, 700);
  const { atMs: _, ...bare } = (await reader.machine())!;
  const cpu = { busy: 300, total: 1000, cpus: 1 };
  assertEquals(bare, {
    ...{ cpu, memoryBytes: null, memoryTotalBytes: null, load: null },
    ...{ networkRxBytes: null, networkTxBytes: null },
  });
  kernel.machine();
  const { atMs: __, ...whole } = (await reader.machine())!;
  assertEquals(whole, {
    ...{ cpu, memoryBytes: 2000 * 1024, memoryTotalBytes: 4000 * 1024, load: [0.5, 0.25, 0.1] },
    ...{ networkRxBytes: 900, networkTxBytes: 90 },
  });
});

Deno.test("reads the lines of the CPUs of a machine with many interrupts", async () => {
  using kernel = new FakeKernel();
  await using reader = new FileReader(kernel.mounts);
  const cpus = Array.from({ length: 400 }, (_, cpu) => `cpu${cpu} 1 0 0 1 0 0 0 0 0 0\n`).join("");
  kernel.write("proc/stat", `cpu  400 0 0 400 0 0 0 0 0 0\n${cpus}intr ${"1 ".repeat(100_000)}\n`);
  assertEquals((await reader.machine())?.cpu, { busy: 400, total: 800, cpus: 400 });
});
