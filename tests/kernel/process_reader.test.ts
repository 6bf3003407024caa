import { ProcessReader, readerCommand } from "../../server/kernel/process_reader.ts";
import { assertEquals, assertMatch } from "../assert.ts";
import { idOf } from "../fakes/container.ts";
import { FakeKernel } from "../fakes/kernel.ts";

const TIMES = { answerMs: 30_000, retryMs: 60_000 };
const REQUEST = { targets: [{ id: idOf("web"), pid: 42 }, { id: idOf("gone"), pid: 99 }], memoryBytes: 4000 };

Deno.test("reads through a process of this installation", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  const command = readerCommand(kernel.mounts.proc, kernel.mounts.cgroup);
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
