/** The newest real engine, and the kernel's files of its containers. */
import type { RawStats } from "../../../server/docker/sample.ts";
import type { KernelReader } from "../../../server/kernel/kernel_reader.ts";
import { assert } from "../../assert.ts";
import { docker, type RealEngine, realEngines, startContainer } from "../engines.ts";

/** Places of the kernel's files. */
export const MOUNTS = { proc: "/proc", cgroup: "/sys/fs/cgroup" };

const [newest] = await realEngines();
/** The newest engine. */
export const engine: RealEngine = newest;
const version = Number(engine.version.split(".")[0]);
/** True when its containers are processes of this machine. */
export const can: boolean = Deno.build.os === "linux" && version >= 25 && await isLocal();

async function isLocal(): Promise<boolean> {
  await using container = await startContainer(engine, "dockstat-kernel-local");
  const pid = await pidOf(container.id);
  return await Deno.readTextFile(`/proc/${pid}/cgroup`).then(
    (text) => text.includes(container.id),
    () => false,
  );
}

/** Returns the number of a container's first process. */
export async function pidOf(id: string): Promise<number> {
  return Number(await docker(engine, "inspect", "-f", "{{.State.Pid}}", id));
}

/** Reads one container, and fails without numbers. */
export async function readOne(
  reader: KernelReader,
  id: string,
  pid: number,
  memoryBytes = Infinity,
): Promise<RawStats> {
  const [reading] = await reader.read({ targets: [{ id, pid }], memoryBytes });
  assert(reading !== undefined && "raw" in reading, JSON.stringify(reading));
  return reading.raw;
}
