import { AppError } from "../../server/errors.ts";
import { logLines } from "../../server/log/log.ts";
import { assert, assertEquals, assertGreater, eventually } from "../assert.ts";
import { fakeClock } from "../fakes/clock.ts";
import { fakeContainer, FakeEngine, idOf, steadyReading } from "../fakes/engine.ts";
import { quietLog } from "../fakes/quiet_log.ts";
import { QUICK } from "../fakes/times.ts";
import { Watch } from "./watch.ts";

Deno.test("reports a running container only after its second reading", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const second = Promise.withResolvers<void>();
  engine.reading = async (_id, n) => {
    if (n === 1) await second.promise;
    return steadyReading(n);
  };
  await using watch = new Watch(engine, { times: { ...QUICK, stragglerMs: 1 } }).subscribe();
  await eventually(
    "the second reading",
    () => engine.calls.stats >= 1 && watch.feed.reports()[0]?.state === "up",
  );
  assertEquals(watch.of("web"), []);
  second.resolve();
  await eventually("a sample", () => watch.of("web").length > 0);
});

Deno.test("a container that restarts gets a new baseline", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  let restarted = 0;
  engine.reading = (_id, n) => steadyReading(n);
  await using watch = new Watch(engine).subscribe();
  await eventually("a sample", () => watch.of("web").length > 0);
  engine.reading = (_id, n) => {
    restarted ||= n;
    const { cpu_stats, ...rest } = steadyReading(n);
    return { ...rest, cpu_stats: { ...cpu_stats, cpu_usage: { total_usage: (n - restarted) * 0.1e9 } } };
  };
  engine.put(fakeContainer("web", { startedAt: Date.now() }));
  await eventually(
    "the new rate",
    () => Math.abs((watch.of("web").at(-1)?.sample?.cpuUsage ?? 0) - 10) < 1e-6,
  );
  const values = new Set(watch.of("web").map(({ sample }) => Math.round(sample?.cpuUsage ?? -1)));
  assertEquals([...values].sort(), [10, 50]);
});

Deno.test("drops readings that arrive out of order", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.reading = (_id, n) => steadyReading(n % 3 === 2 ? n - 2 : n);
  await using watch = new Watch(engine).subscribe();
  await eventually("samples", () => watch.of("web").length > 5);
  const reads = watch.of("web").map(({ sample }) => sample!.readMs);
  assertEquals(reads, [...reads].sort((a, b) => a - b));
  assert(watch.of("web").every(({ sample }) => Math.abs(sample!.cpuUsage - 50) < 1e-9));
});

Deno.test("one answer that hangs does not delay others", async () => {
  const engine = new FakeEngine(fakeContainer("quick"), fakeContainer("stuck"));
  const never = Promise.withResolvers<void>();
  engine.reading = async (id, n) => {
    if (id === idOf("stuck")) await never.promise;
    return steadyReading(n);
  };
  await using watch = new Watch(engine, { times: { ...QUICK, stragglerMs: 5 } }).subscribe();
  await eventually("samples", () => watch.of("quick").length > 3);
  assertEquals(watch.of("stuck"), []);
  never.resolve();
});

Deno.test("reads an older engine by streams, and reopens a stream that ends", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.bursts = false;
  let failures = 3;
  engine.reading = (_id, n) => {
    if (n % 5 === 4 && failures-- > 0) throw new Error("broken pipe");
    return steadyReading(n);
  };
  await using watch = new Watch(engine).subscribe();
  await eventually("samples after the breaks", () => engine.calls.streams >= 4 && watch.of("web").length > 0);
  assertEquals(engine.calls.stats, 0);
});

Deno.test("a slow engine is not silent, regardless of the interval", async () => {
  using clock = fakeClock();
  const engine = new FakeEngine(fakeContainer("web"));
  engine.reading = async (_id, n) => {
    await new Promise((resolve) => setTimeout(resolve, 4000));
    return steadyReading(n);
  };
  const times = { ...QUICK, silenceMs: 5000, stragglerMs: 250 };
  await using watch = new Watch(engine, { times }).subscribe(60_000);
  await clock.tickAsync(600_000);
  assertGreater(engine.calls.stats, 8);
  assertEquals(watch.updates.filter((update) => "error" in update), []);
});

Deno.test("retries a container whose stats never arrive", async () => {
  const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db"));
  let stuck = true;
  engine.reading = async (id, n) => {
    if (stuck && id === idOf("db")) await new Promise(() => {});
    return steadyReading(n);
  };
  await using watch = new Watch(engine, { times: { ...QUICK, stragglerMs: 1, hangMs: 20 } }).subscribe();
  await eventually("samples", () => watch.of("web").length > 2);
  stuck = false;
  await eventually("samples of the other", () => watch.of("db").length > 0);
});

for (
  const [what, reading] of [
    ["refusals", () => Promise.reject(new Error("driver failed"))],
    ["readings of the wrong shape", () => ({ cpu_stats: "none" } as never)],
    ["no answer", () => new Promise<never>(() => {})],
  ] as const
) {
  Deno.test(`${what} end old numbers, and the next reading brings new ones`, async () => {
    const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db"));
    let broken = false;
    engine.reading = (id, n) => broken && id === idOf("web") ? reading() : steadyReading(n);
    const times = { ...QUICK, stragglerMs: 5, hangMs: 10, nextMs: 30 };
    await using watch = new Watch(engine, { times }).subscribe();
    await eventually("samples", () => watch.of("web").length > 0 && watch.of("db").length > 0);
    broken = true;
    const isLost = () => watch.of("web").at(-1)?.stale && watch.of("web").at(-1)?.sample === undefined;
    await eventually("the loss of one", () => isLost() && watch.of("db").at(-1)?.stale === false);
    broken = false;
    // A loaded machine may exceed the short times again.
    await eventually("new numbers of a host without errors", () => {
      const newest = watch.of("web").at(-1);
      return newest?.sample !== undefined && !newest.stale && watch.feed.reports()[0]?.error === null;
    });
  });
}

Deno.test("a stream without readings ends old numbers", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.bursts = false;
  let broken = false;
  const late = Promise.withResolvers<ReturnType<typeof steadyReading>>();
  engine.reading = (_id, n) => broken ? late.promise : steadyReading(n);
  await using watch = new Watch(engine, { times: { ...QUICK, nextMs: 30 } }).subscribe();
  await eventually("a sample", () => watch.of("web").length > 0);
  broken = true;
  await eventually("the loss", () => watch.of("web").at(-1)?.stale === true);
  late.resolve(steadyReading(1));
});

Deno.test("a running container without numbers is reported within five seconds, at any interval", async () => {
  using clock = fakeClock();
  const engine = new FakeEngine(fakeContainer("web"));
  engine.reading = () => new Promise(() => {});
  await using watch = new Watch(engine, { times: { ...QUICK, checkMs: 500 } }).subscribe(60_000);
  await clock.tickAsync(5000);
  assertEquals(watch.of("web").map(({ sample, stale }) => [sample, stale]), [[undefined, true]]);
});

Deno.test("a silent host is noticed although the clock was set back", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const times = { ...QUICK, silenceMs: 30, stragglerMs: 5 };
  await using watch = new Watch(engine, { times }).subscribe();
  await eventually("a sample", () => watch.of("web").length > 0);
  const { now } = Date;
  Date.now = () => now() - 3_600_000;
  try {
    engine.reading = () => new Promise(() => {});
    engine.onPing = () => new Promise(() => {});
    await eventually("the notice", () => watch.feed.reports()[0]?.error?.startsWith("no answer for"));
  } finally {
    Date.now = now;
  }
});

Deno.test("numbers continue after a single reading with a time far in the future", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  let jumps = 0;
  engine.reading = (_id, n) => {
    const read = "9999-01-01T00:00:00Z";
    return n === 3 && jumps++ === 0 ? { ...steadyReading(n), read } : steadyReading(n);
  };
  await using watch = new Watch(engine).subscribe();
  await eventually("the jump", () => jumps > 0);
  const before = engine.calls.stats;
  await eventually("later readings", () => engine.calls.stats > before + 3);
  await eventually("their samples", () => {
    const sample = watch.of("web").at(-1)?.sample;
    return sample !== undefined && !sample.read.startsWith("9999");
  });
});

Deno.test("refused numbers are logged with the engine's reason, and the container is reported without numbers", async () => {
  using _log = quietLog();
  const engine = new FakeEngine(fakeContainer("refused"));
  engine.reading = () => Promise.reject(new AppError("engine-refused", "the disk is on fire"));
  await using watch = new Watch(engine, { times: { ...QUICK, firstMs: 20 } }).subscribe();
  await eventually("the report", () => watch.of("refused").at(-1)?.stale);
  const warning = 'no statistics of container "refused": the disk is on fire';
  await eventually(
    "the line",
    () => logLines.tail(200, "WARN").some(({ message }) => message.endsWith(warning)),
  );
  assertEquals(watch.of("refused").at(-1)?.sample, undefined);
});
