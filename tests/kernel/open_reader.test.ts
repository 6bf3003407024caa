import { openKernelReader, type Surroundings } from "../../server/kernel/open_reader.ts";
import { assertEquals } from "../assert.ts";
import { FakeKernel } from "../fakes/kernel.ts";

const SOCKET = "unix:///var/run/docker.sock";
const NOWHERE = { proc: "/nowhere/proc", cgroup: "/nowhere/cgroup" };
const NOTHING: Surroundings = { os: "linux", mounted: NOWHERE, direct: NOWHERE, mayRun: () => false };

async function choose(
  surroundings: Partial<Surroundings>,
  url = SOCKET,
  setting: "auto" | "engine" = "auto",
): Promise<string> {
  const choice = openKernelReader(setting, url, { ...NOTHING, ...surroundings });
  if (choice.reader === undefined) return choice.reason;
  await choice.reader[Symbol.asyncDispose]();
  return choice.way;
}

Deno.test("prefers the mounts, then all permissions, then a reader process", async () => {
  using kernel = new FakeKernel();
  const { mounts } = kernel;
  assertEquals(await choose({ mounted: mounts, direct: mounts, mayRun: () => true }), "the mounts at /host");
  assertEquals(await choose({ direct: mounts, mayRun: () => true }), "all permissions");
  assertEquals(await choose({ mayRun: () => true }), "a reader process");
  assertEquals(
    await choose({}),
    'the runtime refuses /proc; start with "deno task start:kernel", or mount it at /host in a container',
  );
});

Deno.test("asks the engine where it is configured, over ssh, and on other systems than Linux", async () => {
  using kernel = new FakeKernel();
  const direct = kernel.mounts;
  assertEquals(await choose({ direct }, SOCKET, "engine"), "the configuration sets reader to engine");
  assertEquals(
    await choose({ direct }, "ssh://nas"),
    "the engine is reached over ssh, so it is on another machine",
  );
  assertEquals(await choose({ direct, os: "darwin" }), "only Linux has the files of control groups");
});

Deno.test("starts no process for an engine on another machine", async () => {
  const mayRun = () => true;
  for (const url of ["tcp://10.0.0.5:2376", "tcp://127.0.0.1.example.org:2375", "https://nas"]) {
    assertEquals(await choose({ mayRun }, url), "the engine's address is not on this machine");
  }
  for (const url of ["tcp://127.0.0.1:2375", "http://localhost:2375", "tcp://[::1]:2375"]) {
    assertEquals(await choose({ mayRun }, url), "a reader process");
  }
});

Deno.test("does not use the mounts in a container with capabilities", async () => {
  using kernel = new FakeKernel();
  kernel.write("proc/self/status", "CapPrm:\t00000000a80425fb\nCapEff:\t00000000a80425fb\n");
  assertEquals(
    await choose({ mounted: kernel.mounts }),
    "the container has capabilities; drop them with --cap-drop=ALL",
  );
});

Deno.test("notes that the configuration asks for the kernel", () => {
  assertEquals(openKernelReader("kernel", SOCKET, NOTHING).expected, true);
  assertEquals(openKernelReader("auto", SOCKET, NOTHING).expected, false);
});

Deno.test("names the mount that has something else", async () => {
  using kernel = new FakeKernel();
  kernel.write("proc/stat", "");
  const { proc } = kernel.mounts;
  assertEquals(
    await choose({ mounted: kernel.mounts }),
    `${proc} cannot be read: ${proc}/stat has no CPU time`,
  );
});

Deno.test({
  name: "reads no mount that it may not read",
  permissions: { read: false },
  fn: () => {
    const mounted = { proc: "/host/proc", cgroup: "/host/cgroup" };
    const choice = openKernelReader("auto", SOCKET, { ...NOTHING, mounted });
    assertEquals(choice.reader, undefined);
  },
});
