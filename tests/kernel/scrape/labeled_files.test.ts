/** The files of one scrape, as the reader opens them. */
import { toDetails } from "../../../server/docker/details.ts";
import type { Labeled } from "../../../server/docker/metrics/labeled.ts";
import { FileReader } from "../../../server/kernel/file_reader.ts";
import { assert, assertEquals } from "../../assert.ts";
import { idOf } from "../../fakes/container.ts";
import { FakeKernel } from "../../fakes/kernel.ts";

const target = { id: idOf("web"), pid: 42 };
const folder = `cgroup/docker/${target.id}`;
const TCP_HEAD = "  sl  local_address rem_address   st tx_queue rx_queue\n";
const TCP_LINE = "   0: 0100007F:1F91 00000000:0000 01 00000000:00000000 00:00000000 0 0 0 1 1 0\n";

/** A fake machine with one container that has all files with several numbers. */
function labeledKernel(): FakeKernel {
  const kernel = new FakeKernel();
  kernel.run("web", 42);
  kernel.write("proc/partitions", "major minor  #blocks  name\n\n   8        0  1000 sda\n");
  kernel.write("proc/42/net/tcp", TCP_HEAD + TCP_LINE);
  kernel.write(`${folder}/cgroup.threads`, "42\n");
  kernel.write("proc/42/schedstat", "100 20 3\n");
  kernel.write(`${folder}/hugetlb.2MB.current`, "4194304\n");
  kernel.write(`${folder}/hugetlb.2MB.max`, "max\n");
  kernel.write(`${folder}/hugetlb.2MB.events`, "max 5\n");
  return kernel;
}

async function readRaw(kernel: FakeKernel, connections = true) {
  await using reader = new FileReader(kernel.mounts);
  const [reading] = await reader.read({
    targets: [target],
    memoryBytes: 4000,
    detailed: true,
    connections,
  });
  assert(reading !== undefined && "raw" in reading, JSON.stringify(reading));
  return reading.raw;
}

async function read(kernel: FakeKernel): Promise<Labeled> {
  return toDetails(await readRaw(kernel)).labeled;
}

Deno.test("reads numbers with labels of all kinds", async () => {
  using kernel = labeledKernel();
  const { tcp, tcp6, tasks, ...rest } = await read(kernel);
  assertEquals(tcp?.filter(([, count]) => count > 0), [[["established"], 1]]);
  assertEquals(tasks?.filter(([, count]) => count > 0), [[["sleeping"], 1]]);
  assertEquals(tcp6, undefined);
  assertEquals(rest, {
    hugeUsage: [[["2MB"], 4_194_304]],
    hugeFailures: [[["2MB"], 5]],
    deviceBytes: [[["/dev/sda", "8", "0", "Read"], 10], [["/dev/sda", "8", "0", "Write"], 20]],
  });
});

Deno.test("the table of connections is not read without connections", async () => {
  using kernel = labeledKernel();
  kernel.write("proc/42/net/sockstat", "sockets: used 9\nTCP: inuse 0 orphan 0 tw 0 alloc 1 mem 1\n");
  kernel.write("proc/42/net/sockstat6", "TCP6: inuse 0\nUDP6: inuse 0\n");
  kernel.write("proc/42/net/tcp", "a text that would be unknown");
  const { tcp, tcp6 } = await read(kernel);
  assertEquals([tcp, tcp6].map((states) => states?.map(([, count]) => count)), [
    new Array(11).fill(0),
    new Array(11).fill(0),
  ]);
  // A closed connection that waits may be one of either family.
  kernel.write("proc/42/net/sockstat", "sockets: used 9\nTCP: inuse 0 orphan 0 tw 2 alloc 1 mem 1\n");
  const waiting = await read(kernel);
  assertEquals([waiting.tcp, waiting.tcp6], [undefined, undefined]);
});

Deno.test("a request without connections reads none", async () => {
  using kernel = labeledKernel();
  const { tcp, tasks } = toDetails(await readRaw(kernel, false)).labeled;
  assertEquals([tcp, tasks?.length], [undefined, 4]);
});

Deno.test("a container that uses the network of its host has no connections", async () => {
  using kernel = labeledKernel();
  kernel.interfaces(42, {});
  assertEquals((await read(kernel)).tcp, undefined);
});

Deno.test("a table of connections that is too long is unknown, and the other numbers remain", async () => {
  using kernel = labeledKernel();
  kernel.write("proc/42/net/tcp", TCP_HEAD + TCP_LINE.repeat(10_000));
  const { tcp, tasks } = await read(kernel);
  assertEquals([tcp, tasks?.length], [undefined, 4]);
});

Deno.test("strange names of huge pages become no labels", async () => {
  using kernel = labeledKernel();
  kernel.write(`${folder}/hugetlb.x"}.current`, "1\n");
  for (let size = 1; size <= 20; size++) kernel.write(`${folder}/hugetlb.${size}KB.current`, "1\n");
  const sizes = (await read(kernel)).hugeUsage!.map(([[size]]) => size!);
  assertEquals([sizes.length, sizes.every((size) => /^\d+[KM]B$/.test(size))], [8, true]);
});

Deno.test("a scrape opens no environment, no command line, and nothing through the links of a process", async () => {
  using kernel = labeledKernel();
  const { openSync } = Deno;
  const paths: string[] = [];
  Deno.openSync = (path, options) => {
    paths.push(String(path));
    return openSync(path, options);
  };
  try {
    await readRaw(kernel);
  } finally {
    Deno.openSync = openSync;
  }
  const inProc = paths.filter((path) => path.startsWith(`${kernel.mounts.proc}/`))
    .map((path) => path.slice(kernel.mounts.proc.length + 1));
  const allowed =
    /^(?:stat|partitions|self\/(?:cgroup|limits|auxv)|42\/(?:stat|schedstat|cgroup|limits|net\/(?:dev|tcp6?|udp6?|sockstat6?)))$/;
  assertEquals([inProc.filter((path) => !allowed.test(path)), inProc.length > 10], [[], true]);
});
