import { ProcessReader } from "../../server/kernel/process_reader.ts";
import { readerCommand } from "../../server/kernel/reader_command.ts";
import { assertEquals, assertMatch } from "../assert.ts";
import { idOf } from "../fakes/container.ts";
import { FakeKernel } from "../fakes/kernel.ts";

const TIMES = { answerMs: 30_000, retryMs: 60_000 };
const REQUEST = { targets: [{ id: idOf("web"), pid: 42 }, { id: idOf("gone"), pid: 99 }], memoryBytes: 4000 };

Deno.test("reads through a process of this installation", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  const command = readerCommand([kernel.mounts.proc, kernel.mounts.cgroup]);
  await using reader = new ProcessReader({ command, ...TIMES });
  for (const us of [1000, 2000]) {
    kernel.use("web", us);
    const [found, missing] = await reader.read(REQUEST);
    assertEquals(found && "raw" in found && found.raw.cpu_stats?.cpu_usage?.total_usage, us * 1000);
    assertMatch(missing && "reason" in missing ? missing.reason : "", /No such file/);
  }
  await reader.release();
  const [again] = await reader.read(REQUEST);
  assertEquals(again !== undefined && "raw" in again, true);
});

Deno.test("a process that ends, fails or writes nonsense gives reasons, and is not started again at once", async () => {
  for (
    const [script, expected] of [
      ["exit 0", /the reader process failed: (it has ended|.*[Pp]ipe)/],
      ["read line; echo nonsense", /the reader process failed: Unexpected token/],
      ["read line; echo '[]'", /the answer has another number of readings/],
    ] as const
  ) {
    await using reader = new ProcessReader({ command: ["sh", "-c", script], ...TIMES });
    for (let turn = 0; turn < 2; turn++) {
      const readings = await reader.read(REQUEST);
      assertEquals(readings.length, 2);
      for (const reading of readings) assertMatch("reason" in reading ? reading.reason : "", expected);
    }
  }
});

Deno.test("a process that does not answer is ended", async () => {
  await using reader = new ProcessReader({
    command: ["sh", "-c", "exec sleep 1000"],
    answerMs: 5,
    retryMs: 60_000,
  });
  const [reading] = await reader.read(REQUEST);
  assertEquals(reading, { reason: "the reader process failed: no answer within 0.005 s" });
});

Deno.test("a program that cannot be started gives its reason", async () => {
  await using reader = new ProcessReader({ command: ["/nowhere/deno"], ...TIMES });
  const [reading] = await reader.read(REQUEST);
  assertMatch(
    reading && "reason" in reading ? reading.reason : "",
    /^the reader process failed: .*\/nowhere\/deno/,
  );
});

Deno.test("reads the machine through the process", async () => {
  using kernel = new FakeKernel();
  kernel.machine();
  kernel.tick(300, 700);
  const command = readerCommand([kernel.mounts.proc, kernel.mounts.cgroup]);
  await using reader = new ProcessReader({ command, ...TIMES });
  const { atMs: _, ...reading } = (await reader.machine())!;
  assertEquals(reading, {
    ...{ cpu: { busy: 300, total: 1000, cpus: 1 }, load: [0.5, 0.25, 0.1] },
    ...{ memoryBytes: 2000 * 1024, memoryTotalBytes: 4000 * 1024, networkRxBytes: 900, networkTxBytes: 90 },
  });
});

Deno.test("the machine of a process that fails, or writes another text, is unknown", async () => {
  await using ended = new ProcessReader({ command: ["sh", "-c", "exit 0"], ...TIMES });
  assertEquals(await ended.machine(), undefined);
  const command = ["sh", "-c", `read line; echo '{"cpu":{"busy":-1},"load":[1,2],"memoryBytes":"1"}'`];
  await using odd = new ProcessReader({ command, ...TIMES });
  const { atMs: _, ...reading } = (await odd.machine())!;
  assertEquals([...new Set(Object.values(reading))], [null]);
});
