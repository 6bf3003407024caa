/** Containers that try to change the numbers of others, or to make the reader open other files. */
import { FileReader } from "../../../server/kernel/file_reader.ts";
import { assert, assertEquals, assertLess, assertMatch, eventually } from "../../assert.ts";
import { docker, IMAGE, startContainer } from "../engines.ts";
import { can, engine, MOUNTS, pidOf, readOne } from "./machine.ts";
import { tryRun } from "../../../tools/engine/run.ts";

const BUSY = ["sh", "-c", "while :; do :; done"];
/** Files that the reader may have open. */
const ALLOWED =
  /^\/proc\/\d+\/net\/dev$|^\/sys\/fs\/cgroup\/.*\/(cpuacct\.usage|cpu\.stat|memory\.[a-z_.]+|blkio\.[a-z_.]+|io\.stat|pids\.current)$/;

async function cpuOf(reader: FileReader, id: string, pid: number): Promise<number> {
  return (await readOne(reader, id, pid)).cpu_stats?.cpu_usage?.total_usage ?? -1;
}

/** Returns the use of the CPU once its start has ended. */
async function steadyCpu(reader: FileReader, id: string, pid: number): Promise<number> {
  let before = -1;
  return await eventually("a steady use of the CPU", async () => {
    const [last, now] = [before, await cpuOf(reader, id, pid)];
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return last === now ? now : undefined;
  });
}

/** Lists the files below `/proc` and `/sys` that this process has open. */
function openFiles(): string[] {
  return [...Deno.readDirSync("/proc/self/fd")].flatMap(({ name }) => {
    try {
      const path = Deno.readLinkSync(`/proc/self/fd/${name}`);
      return /^\/(proc|sys)\/.*[^/]$/.test(path) && !/\/fd$/.test(path) ? [path] : [];
    } catch {
      // The descriptor of the listing itself is closed.
      return [];
    }
  });
}

Deno.test({
  name: "a process whose name looks like the end of its name is read like any other",
  ignore: !can,
  async fn() {
    const script = `f="/x) R 1
"; printf '#!/bin/sh\\nwhile :; do :; done\\n' > "$f"; chmod +x "$f"; exec "$f"`;
    await using odd = await startContainer(engine, "dockstat-abuse-name", [], ["sh", "-c", script]);
    await using reader = new FileReader(MOUNTS);
    const pid = await pidOf(odd.id);
    await eventually("the name", async () => /x\) R 1\n/.test(await Deno.readTextFile(`/proc/${pid}/stat`)));
    const before = await cpuOf(reader, odd.id, pid);
    await eventually("its use of the CPU", async () => await cpuOf(reader, odd.id, pid) > before);
  },
});

Deno.test({
  name: "a container that moves into a control group with another one's name changes no other numbers",
  ignore: !can,
  async fn() {
    await using victim = await startContainer(engine, "dockstat-abuse-victim");
    await using attacker = await startContainer(engine, "dockstat-abuse-attacker", [], BUSY);
    const pids = { victim: await pidOf(victim.id), attacker: await pidOf(attacker.id) };
    await using reader = new FileReader(MOUNTS);
    const quiet = await steadyCpu(reader, victim.id, pids.victim);
    const busy = await cpuOf(reader, attacker.id, pids.attacker);
    const lines = (await Deno.readTextFile(`/proc/${pids.attacker}/cgroup`)).trim().split("\n");
    for (const line of lines) {
      const [number, names = "", path] = line.split(":");
      const unified = number === "0" ? await firstFolder(["", "/unified"]) : undefined;
      const mount = number === "0" ? unified : names.replace("name=", "");
      if (mount === undefined || !/cpuacct|memory|blkio|pids|^$|^\/unified$/.test(mount)) continue;
      const own = `${MOUNTS.cgroup}${mount.startsWith("/") || mount === "" ? mount : `/${mount}`}${path}`;
      await Deno.mkdir(`${own}/docker-${victim.id}.scope`);
      await Deno.writeTextFile(`${own}/docker-${victim.id}.scope/cgroup.procs`, String(pids.attacker));
    }
    assertMatch(await Deno.readTextFile(`/proc/${pids.attacker}/cgroup`), new RegExp(victim.id));
    reader.forget([victim.id, attacker.id]);
    await eventually(
      "the attacker's use",
      async () => await cpuOf(reader, attacker.id, pids.attacker) > busy,
    );
    assertEquals(await cpuOf(reader, victim.id, pids.victim), quiet);
    const [wrong] = await reader.read({
      targets: [{ id: victim.id, pid: pids.attacker }],
      memoryBytes: Infinity,
    });
    assertMatch(JSON.stringify(wrong), /is not in the container's cgroup/);
  },
});

async function firstFolder(mounts: readonly string[]): Promise<string | undefined> {
  for (const mount of mounts) {
    const stat = await Deno.stat(`${MOUNTS.cgroup}${mount}/cgroup.procs`).catch(() => undefined);
    if (stat !== undefined) return mount;
  }
  return undefined;
}

Deno.test({
  name: "a process number of another container, or of one that has ended, gives no numbers",
  ignore: !can,
  async fn() {
    await using web = await startContainer(engine, "dockstat-abuse-web");
    await using other = await startContainer(engine, "dockstat-abuse-other");
    await using reader = new FileReader(MOUNTS);
    const before = await pidOf(web.id);
    await readOne(reader, web.id, before);
    const targets = [{ id: web.id, pid: await pidOf(other.id) }];
    const [foreign] = await reader.read({ targets, memoryBytes: Infinity });
    assertMatch(JSON.stringify(foreign), /is not in the container's cgroup/);
    await docker(engine, "restart", "-t", "0", web.id);
    const [old] = await reader.read({ targets: [{ id: web.id, pid: before }], memoryBytes: Infinity });
    assert(old !== undefined && "reason" in old, JSON.stringify(old));
    await readOne(reader, web.id, await pidOf(web.id));
  },
});

Deno.test({
  name:
    "opens only the files with numbers, at most as many as it may keep, and reads the others all the same",
  ignore: !can,
  async fn() {
    await using stack = new AsyncDisposableStack();
    const ids: string[] = [];
    for (let index = 0; index < 4; index++) {
      ids.push(stack.use(await startContainer(engine, `dockstat-abuse-many-${index}`)).id);
    }
    const targets = await Promise.all(ids.map(async (id) => ({ id, pid: await pidOf(id) })));
    {
      await using reader = new FileReader(MOUNTS, 2);
      for (let turn = 0; turn < 3; turn++) {
        const readings = await reader.read({ targets, memoryBytes: Infinity });
        assert(readings.every((reading) => "raw" in reading), JSON.stringify(readings));
        assertEquals(reader.kept, 2);
      }
      const opened = openFiles();
      assertEquals(opened.filter((path) => !ALLOWED.test(path)), []);
      assertLess(opened.length, 2 * 7 + 1);
    }
    assertEquals(openFiles(), []);
  },
});

Deno.test({
  name:
    "the mount of /proc shows a process without capabilities the numbers of others, not their environment",
  ignore: !can,
  async fn() {
    const secret = ["-e", "SECRET=dockstat-abuse-secret"];
    await using victim = await startContainer(engine, "dockstat-abuse-secret", secret);
    const folder = `/host/proc/${await pidOf(victim.id)}`;
    const flags = ["--rm", "--network=none", "--cap-drop=ALL", "-v", "/proc:/host/proc:ro"];
    const show = (file: string) =>
      tryRun("docker", ["-H", engine.url, "run", ...flags, IMAGE, "cat", `${folder}/${file}`]);
    assertMatch(await show("stat") ?? "", /\(sleep\)/);
    assertMatch(await show("net/dev") ?? "", /Inter-\|/);
    assertEquals(await show("environ"), undefined);
  },
});

Deno.test({
  name:
    "the files of a container that has ended, with those of its network, are closed with the next reading",
  ignore: !can,
  async fn() {
    await using web = await startContainer(engine, "dockstat-abuse-ended");
    await using reader = new FileReader(MOUNTS);
    const target = { id: web.id, pid: await pidOf(web.id) };
    await readOne(reader, target.id, target.pid);
    assert(openFiles().some((path) => path.endsWith("/net/dev")), openFiles().join());
    await docker(engine, "kill", web.id);
    await eventually("the end", async () => {
      const [reading] = await reader.read({ targets: [target], memoryBytes: Infinity });
      return reading !== undefined && "reason" in reading;
    });
    assertEquals(openFiles(), []);
  },
});
