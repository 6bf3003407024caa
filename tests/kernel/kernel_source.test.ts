import type { Container } from "../../server/docker/container.ts";
import type { RawStats } from "../../server/docker/sample.ts";
import { FileReader } from "../../server/kernel/file_reader.ts";
import { KernelSource } from "../../server/kernel/kernel_source.ts";
import { assert, assertEquals, assertMatch } from "../assert.ts";
import { fakeContainer, idOf } from "../fakes/container.ts";
import { FakeKernel } from "../fakes/kernel.ts";

const ID = idOf("web");
const MEMORY = 4000;

/** A source over a fake machine, and an engine whose answers come from the same files. */
class Scene implements AsyncDisposable {
  readonly kernel = new FakeKernel();
  readonly reader = new FileReader(this.kernel.mounts);
  readonly containers = new Map<string, Container>();
  readonly times = { compareMs: 60_000, searchMs: 60_000 };
  readonly source = new KernelSource({
    reader: this.reader,
    way: "a test",
    traits: { cpus: 2, os: "linux", cpuClock: "system", memoryBytes: MEMORY },
    times: this.times,
    container: (id) => this.containers.get(id),
    changed: () => this.changes.push(this.source.report().reader),
  });
  readonly changes: string[] = [];
  /** Number of answers of the engine. */
  asked = 0;

  run(name: string, pid: number): void {
    this.containers.set(idOf(name), fakeContainer(name, { pid }));
    this.kernel.run(name, pid);
  }

  /** Compares a container whose engine answers like the kernel, with changes. */
  async compare(name = "web", changes: RawStats = {}): Promise<void> {
    const target = { id: idOf(name), pid: this.containers.get(idOf(name))?.pid ?? 0 };
    const [reading] = await this.reader.read({ targets: [target], memoryBytes: MEMORY });
    this.reader.forget([target.id]);
    const answer = reading && "raw" in reading ? { ...reading.raw, ...changes } : changes;
    await this.source.compare(target.id, () => {
      this.asked++;
      return Promise.resolve(answer);
    });
  }

  async read(...names: readonly string[]): Promise<readonly string[]> {
    const found = await this.source.read(names.map(idOf));
    return names.filter((name) => found.has(idOf(name)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.reader[Symbol.asyncDispose]();
    this.kernel[Symbol.dispose]();
  }
}

Deno.test("reads a container once its numbers have agreed", async () => {
  await using scene = new Scene();
  scene.run("web", 42);
  assertEquals(await scene.read("web"), []);
  assertEquals(scene.source.report(), {
    reader: "engine",
    readerReason: "no running container was compared yet",
  });
  await scene.compare();
  assertEquals(await scene.read("web"), ["web"]);
  assertEquals(scene.source.report(), {
    reader: "kernel",
    readerReason: "the kernel agrees with the engine for 1 container, read through a test",
  });
  assertEquals(scene.changes, ["kernel"]);
});

Deno.test("leaves a container whose numbers differ to the engine, and only that one", async () => {
  await using scene = new Scene();
  scene.run("web", 42);
  scene.run("vm", 43);
  await scene.compare();
  for (let attempt = 0; attempt < 3; attempt++) await scene.compare("vm", { memory_stats: { usage: 1e12 } });
  assertEquals(await scene.read("web", "vm"), ["web"]);
  const asked = scene.asked;
  await scene.compare("vm");
  assertEquals(scene.asked, asked + 1);
  assertEquals(await scene.read("vm"), []);
  assertMatch(scene.source.report().readerReason, /for 1 of 2 containers/);
});

Deno.test("compares again at once after a disagreement that may be a coincidence", async () => {
  await using scene = new Scene();
  scene.run("web", 42);
  await scene.compare("web", { memory_stats: { usage: 1e12 } });
  assertMatch(
    scene.source.report().readerReason,
    /^container "web": the kernel and the engine differ in memoryBytes$/,
  );
  await scene.compare();
  assertEquals(await scene.read("web"), ["web"]);
});

Deno.test("compares from time to time", async () => {
  await using scene = new Scene();
  scene.times.compareMs = 0;
  scene.run("web", 42);
  await scene.compare();
  assertEquals(await scene.read("web"), []);
});

Deno.test("an engine of another machine is asked for everything", async () => {
  await using scene = new Scene();
  scene.containers.set(ID, fakeContainer("web", { pid: 99 }));
  await scene.compare();
  assertEquals(await scene.read("web"), []);
  assertMatch(scene.source.report().readerReason, /^container "web": No such file/);
});

Deno.test("asks the engine for a container that vanishes, until it was compared again", async () => {
  await using scene = new Scene();
  scene.run("web", 42);
  scene.run("db", 43);
  await scene.compare();
  await scene.compare("db");
  assertEquals(await scene.read("web", "db"), ["web", "db"]);
  scene.kernel.write(`cgroup/docker/${ID}/cpu.stat`, "");
  assertEquals(await scene.read("web", "db"), ["db"]);
  scene.kernel.use("web", 1000);
  assertEquals(await scene.read("web", "db"), ["db"]);
  await scene.compare();
  assertEquals(await scene.read("web", "db"), ["web", "db"]);
});

Deno.test("compares again when a network was connected", async () => {
  await using scene = new Scene();
  scene.run("web", 42);
  await scene.compare();
  scene.kernel.interfaces(42, { eth0: [40, 4], eth1: [1, 1] });
  assertEquals(await scene.read("web"), []);
});

Deno.test("counts what the engine counts, without other interfaces", async () => {
  await using scene = new Scene();
  scene.run("web", 42);
  scene.kernel.interfaces(42, { eth0: [40, 4], tun0: [1, 1] });
  await scene.compare("web", { networks: { eth0: { rx_bytes: 40, tx_bytes: 4 } } });
  const raw = (await scene.source.read([ID])).get(ID);
  assertEquals(raw?.raw.networks, { eth0: { rx_bytes: 40, tx_bytes: 4 } });
});

Deno.test("a restarted container is compared again", async () => {
  await using scene = new Scene();
  scene.run("web", 42);
  await scene.compare();
  scene.run("web", 50);
  assertEquals(await scene.read("web"), []);
  await scene.compare();
  assertEquals(await scene.read("web"), ["web"]);
});

Deno.test("a container that restarts during the comparison gets no result", async () => {
  await using scene = new Scene();
  scene.run("web", 42);
  const [reading] = await scene.reader.read({ targets: [{ id: ID, pid: 42 }], memoryBytes: MEMORY });
  assert(reading && "raw" in reading);
  await scene.source.compare(ID, () => {
    scene.containers.set(ID, fakeContainer("web", { pid: 50 }));
    return Promise.resolve(reading.raw);
  });
  assertEquals(scene.source.report().readerReason, "no running container was compared yet");
});

Deno.test("a container without a known process is read through the engine", async () => {
  await using scene = new Scene();
  scene.containers.set(ID, fakeContainer("web"));
  await scene.compare("web", { read: "x" });
  assertEquals([scene.asked, await scene.read("web")], [1, []]);
});

Deno.test("releasing closes the files, and keeps what is known", async () => {
  await using scene = new Scene();
  scene.run("web", 42);
  await scene.compare();
  await scene.source.release();
  assertEquals(scene.reader.kept, 0);
  assertEquals(await scene.read("web"), ["web"]);
});

Deno.test("reads the machine only once a container has shown that the engine runs on it", async () => {
  await using scene = new Scene();
  scene.run("web", 42);
  scene.run("db", 43);
  assertEquals(await scene.source.machine(), undefined);
  await scene.compare("web", { cpu_stats: { cpu_usage: { total_usage: 1 }, system_cpu_usage: 1 } });
  assertEquals(await scene.source.machine(), undefined);
  await scene.compare("db");
  assertEquals((await scene.source.machine())?.cpu?.cpus, 1);
});
