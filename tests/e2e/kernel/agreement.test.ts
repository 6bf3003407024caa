/** Numbers of the kernel against those of a real engine on this machine. */
import { type Counters, toCounters } from "../../../server/docker/sample.ts";
import { openEngine } from "../../../server/docker/docker_engine.ts";
import { FileReader } from "../../../server/kernel/file_reader.ts";
import { ProcessReader } from "../../../server/kernel/process_reader.ts";
import { readerCommand } from "../../../server/kernel/reader_command.ts";
import { withCounted } from "../../../server/kernel/agreement.ts";
import { serve } from "../../../server/serve.ts";
import { assertEquals, assertLessOrEqual, eventually } from "../../assert.ts";
import { TestClient, testConfig } from "../../client.ts";
import { docker, startContainer } from "../engines.ts";
import { can, engine, MOUNTS, pidOf, readOne } from "./machine.ts";

const GROWING = [
  ...["cpuTotal", "systemTotal", "networkRxBytes", "networkTxBytes"],
  ...["blockReadBytes", "blockWriteBytes"],
] as readonly (keyof Counters)[];
/** Containers of each kind that counts differently. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  limits: ["--memory=64m", "--cpus=0.5", "--pids-limit=50"],
  host: ["--network=host"],
  none: ["--network=none"],
  shared: ["--network=container:dockstat-kernel-plain"],
  parent: ["--cgroup-parent=/dockstat-kernel"],
};

Deno.test({
  name: `each counter of the engine lies between two readings of the kernel, on Docker ${engine.version}`,
  ignore: !can,
  async fn() {
    await using stack = new AsyncDisposableStack();
    const connection = stack.use(openEngine({ url: engine.url }));
    const info = await connection.connect(AbortSignal.timeout(60_000));
    const readers = [
      stack.use(new FileReader(MOUNTS)),
      stack.use(new ProcessReader({ command: readerCommand(), answerMs: 30_000, retryMs: 0 })),
    ];
    for (const [kind, options] of Object.entries(KINDS)) {
      const busy = ["sh", "-c", "dd if=/dev/zero of=/f bs=1M count=8; while :; do :; done"];
      const { id } = stack.use(await startContainer(engine, `dockstat-kernel-${kind}`, options, busy));
      const pid = await pidOf(id);
      for (const reader of readers) {
        const before = await readOne(reader, id, pid, info.memoryBytes);
        const answer = await connection.stats(id, AbortSignal.timeout(60_000)) ?? {};
        const after = await readOne(reader, id, pid, info.memoryBytes);
        const counted = new Set(Object.keys(answer.networks ?? {}));
        const [first, middle, last] = [withCounted(before, counted), answer, withCounted(after, counted)]
          .map((raw) => toCounters(raw, info)!) as [Counters, Counters, Counters];
        for (const key of GROWING) {
          if (middle[key] === null) assertEquals([first[key], last[key]], [null, null], `${kind}: ${key}`);
          assertLessOrEqual(Number(first[key]), Number(middle[key]), `${kind}: ${key}`);
          assertLessOrEqual(Number(middle[key]), Number(last[key]), `${kind}: ${key}`);
        }
        assertEquals(last.memoryLimitBytes, middle.memoryLimitBytes, kind);
      }
    }
  },
});

Deno.test({
  name: `a server reads a restarted container from the kernel again, on Docker ${engine.version}`,
  ignore: !can,
  async fn() {
    await using web = await startContainer(engine, "dockstat-kernel-web");
    await using server = await serve(
      testConfig([{ kind: "docker", id: "Localhost", endpoint: { url: engine.url } }]),
    );
    await using client = new TestClient(server.url, `/docker/stats?detail=full&container=${web.id}`);
    const hasNumbers = (from: number) => client.frames.slice(from).some(({ memoryBytes }) => memoryBytes > 0);
    await eventually("numbers", () => hasNumbers(0));
    await docker(engine, "restart", "-t", "0", web.id);
    const from = client.frames.length;
    await eventually("numbers after the restart", () => hasNumbers(from));
    const [host] = await (await fetch(`${server.url}/docker/hosts`)).json();
    assertEquals(host.reader, "kernel", host.readerReason);
  },
});
