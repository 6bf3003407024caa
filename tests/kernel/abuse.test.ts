/** Processes and machines that would make the reader open other files, keep old ones, or report false numbers. */
import { FileReader } from "../../server/kernel/file_reader.ts";
import { assert, assertEquals, assertMatch } from "../assert.ts";
import { idOf } from "../fakes/container.ts";
import { FakeKernel } from "../fakes/kernel.ts";

const web = { id: idOf("web"), pid: 42 };
const request = { targets: [web], memoryBytes: 4000 };

/** Paths below the mount of `/proc` that the reader may open. */
const PROC = /^(?:stat|meminfo|loadavg|self\/(?:cgroup|limits)|1\/net\/dev|42\/(?:stat|cgroup|net\/dev))$/;
/** Paths below the mount of the control groups. */
const CGROUP = /^docker\/[0-9a-f]{64}\/(?:cpu\.stat|memory\.(?:current|stat|max)|io\.stat|pids\.current)$/;

/** Records the paths that are opened for one scope. */
function openedPaths(): { readonly paths: string[] } & Disposable {
  const { openSync } = Deno;
  const paths: string[] = [];
  Deno.openSync = (path, options) => {
    paths.push(String(path));
    return openSync(path, options);
  };
  return { paths, [Symbol.dispose]: () => void (Deno.openSync = openSync) };
}

Deno.test("opens only files with numbers, none through the links of a process, no environment", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  kernel.machine();
  for (const name of ["environ", "cmdline", "maps", "root/secret", "cwd/secret", "fd/0"]) {
    kernel.write(`proc/42/${name}`, "secret");
  }
  using opened = openedPaths();
  await using reader = new FileReader(kernel.mounts);
  await reader.read(request);
  await reader.read(request);
  await reader.machine();
  const { proc, cgroup } = kernel.mounts;
  const other = opened.paths.filter((path) =>
    !(path.startsWith(`${proc}/`) && PROC.test(path.slice(proc.length + 1))) &&
    !(path.startsWith(`${cgroup}/`) && CGROUP.test(path.slice(cgroup.length + 1)))
  );
  assertEquals([other, opened.paths.length > 10], [[], true]);
});

Deno.test("closes the files of a container whose control group is gone with the next reading", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  await using reader = new FileReader(kernel.mounts);
  await reader.read(request);
  assertEquals(reader.kept, 1);
  // What a file of a removed control group gives is an error, here a text without numbers.
  kernel.write(`cgroup/docker/${web.id}/cpu.stat`, "");
  await reader.read(request);
  assertEquals(reader.kept, 0);
});

Deno.test("a number that another process gets while files are opened gives no numbers", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  await using reader = new FileReader(kernel.mounts);
  const { openSync } = Deno;
  try {
    // Another process gets the number while the files are opened.
    Deno.openSync = (path, options) => {
      if (String(path).endsWith("/pids.current")) kernel.process(42, `/docker/${web.id}`, 9);
      return openSync(path, options);
    };
    const [reading] = await reader.read(request);
    assertEquals(reading, { reason: "process 42 has ended" });
  } finally {
    Deno.openSync = openSync;
  }
  assertEquals(reader.kept, 0);
});

Deno.test("a machine that hides processes gives reasons, and unknown instead of zero", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  await using reader = new FileReader(kernel.mounts);
  kernel.remove("proc/42/net");
  const [partial] = await reader.read(request);
  assert(partial !== undefined && "raw" in partial && !("networks" in partial.raw));
  reader.forget([web.id]);
  kernel.remove("proc/42");
  const [hidden] = await reader.read(request);
  assertMatch(JSON.stringify(hidden), /"reason":"No such file/);
  const machine = await reader.machine();
  assertEquals([machine?.memoryBytes, machine?.load, machine?.networkRxBytes], [null, null, null]);
});

Deno.test("10,000 interfaces take no memory that stays, and are left to the engine", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  kernel.interfaces(42, Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`veth${n}`, [1, 1]])));
  await using reader = new FileReader(kernel.mounts);
  assertEquals(await reader.read(request), [{ reason: "a file is longer than 64 KiB" }]);
  assertEquals(reader.kept, 0);
});
