import { FileReader } from "../../server/kernel/file_reader.ts";
import { assertEquals, assertGreater, assertMatch, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { FakeKernel } from "../fakes/kernel.ts";
import { choiceOf, engineOn } from "./engine_on.ts";
import { quietLog } from "../fakes/quiet_log.ts";
import { logLines } from "../../server/log/log.ts";
import { Watch } from "../stats/watch.ts";

Deno.test("reads from the kernel after the first answers, and asks the engine no more", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  await using reader = new FileReader(kernel.mounts);
  const engine = engineOn(reader, fakeContainer("web", { pid: 42 }));
  await using watch = new Watch(engine, {}, choiceOf(kernel));
  await eventually("the comparison", () => watch.feed.reports()[0]?.reader === "kernel");
  assertEquals(engine.calls.stats, 1);
  watch.subscribe();
  let us = 1000;
  await eventually("numbers", () => {
    kernel.use("web", us += 1000);
    kernel.tick(us);
    return watch.of("web").some(({ sample }) => (sample?.cpuUsage ?? 0) > 0);
  });
  assertEquals(engine.calls.stats, 1);
});

Deno.test("asks the engine for a container that the kernel does not show", async () => {
  using kernel = new FakeKernel();
  await using watch = new Watch(new FakeEngine(fakeContainer("web", { pid: 42 })), {}, choiceOf(kernel))
    .subscribe();
  await eventually("numbers", () => watch.of("web").some(({ sample }) => sample !== undefined));
  const [report] = watch.feed.reports();
  assertEquals(report?.reader, "engine");
  assertMatch(report?.readerReason ?? "", /^container "web": No such file/);
});

Deno.test("a container that the kernel loses is read through the engine", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  await using reader = new FileReader(kernel.mounts);
  const engine = engineOn(reader, fakeContainer("web", { pid: 42 }));
  await using watch = new Watch(engine, {}, choiceOf(kernel)).subscribe();
  await eventually("the kernel", () => watch.feed.reports()[0]?.reader === "kernel");
  const asked = engine.calls.stats;
  engine.reading = (_id, n) => ({
    read: new Date(Date.now() + n * 1000).toISOString(),
    cpu_stats: { cpu_usage: { total_usage: n }, system_cpu_usage: n },
  });
  kernel.remove("proc/42");
  kernel.write(`cgroup/docker/${idOf("web")}/cpu.stat`, "");
  await eventually("answers of the engine", () => engine.calls.stats > asked + 2);
  await eventually("the engine", () => watch.feed.reports()[0]?.reader === "engine");
});

Deno.test("an older engine and a simulated host are not read from the kernel", async () => {
  using kernel = new FakeKernel();
  const engine = new FakeEngine();
  engine.bursts = false;
  await using old = new Watch(engine, {}, choiceOf(kernel));
  await eventually(
    "the older engine",
    () => old.feed.reports()[0]?.readerReason === "the engine is older than Docker 25",
  );
  await using simulated = new Watch(new FakeEngine());
  assertEquals(simulated.feed.reports()[0]?.readerReason, "the host is simulated");
});

Deno.test("warns when the configuration asks for the kernel, and it cannot be read", async () => {
  using _log = quietLog();
  const lines = () =>
    logLines.tail(50, "INFO").filter(({ message }) => message.includes("numbers are read from"));
  for (const [hostLevel, expected] of [["INFO", false], ["WARN", true]] as const) {
    await using _watch = new Watch(new FakeEngine(), {}, { reader: undefined, reason: "a test", expected });
    await eventually("the line", () => lines().at(-1)?.level === hostLevel);
    assertEquals(lines().at(-1)?.message, "Host Localhost: numbers are read from the engine: a test");
  }
});

Deno.test("closes all files when the last viewer has left", async () => {
  using kernel = new FakeKernel();
  kernel.run("web", 42);
  await using reader = new FileReader(kernel.mounts);
  const choice = choiceOf(kernel);
  await using watch = new Watch(engineOn(reader, fakeContainer("web", { pid: 42 })), {}, choice).subscribe();
  const kept = () => (choice.reader as FileReader).kept;
  await eventually("open files", () => kept() > 0 && watch.feed.reports()[0]?.reader === "kernel");
  assertGreater(kept(), 0);
  watch.unsubscribe();
  await eventually("closed files", () => kept() === 0);
});
