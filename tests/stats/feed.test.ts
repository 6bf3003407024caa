import { assert, assertAlmostEquals, assertEquals, assertLessOrEqual, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf, steadyReading } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";
import { Watch } from "./watch.ts";

Deno.test("a running container is told with the numbers between two readings", async () => {
  await using watch = new Watch(new FakeEngine(fakeContainer("web"))).look();
  const { sample } = await eventually("a sample", () => watch.of("web")[0]);
  assertAlmostEquals(sample!.cpuUsage, 50, 1e-9);
  assertEquals([sample?.memoryUsage, sample?.networkRxRate, sample?.pids], [25, 1000, 3]);
});

Deno.test("nothing is told of a running container before its second reading", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const second = Promise.withResolvers<void>();
  engine.reading = async (_id, n) => {
    if (n === 1) await second.promise;
    return steadyReading(n);
  };
  await using watch = new Watch(engine, { times: { ...QUICK, stragglerMs: 1 } }).look();
  await eventually(
    "the second question",
    () => engine.calls.stats >= 1 && watch.feed.reports()[0]?.state === "up",
  );
  assertEquals(watch.of("web"), []);
  second.resolve();
  await eventually("a sample", () => watch.of("web").length > 0);
});

Deno.test("containers that do not run are told at once, with zeros", async () => {
  const exited = fakeContainer("job", { state: "exited", finishedAt: Date.now() - 60_000, exitCode: 3 });
  await using watch = new Watch(new FakeEngine(exited)).look();
  const { status, sample } = await eventually("the container", () => watch.of("job")[0]);
  assertEquals([status, sample], ["Exited (3) About a minute ago", undefined]);
});

Deno.test("a container that is started later appears without a new list", async () => {
  await using watch = new Watch(new FakeEngine()).look();
  await eventually("the host", () => watch.feed.reports()[0]?.state === "up");
  const lists = watch.engine.calls.list;
  watch.engine.put(fakeContainer("late"));
  await eventually("the container", () => watch.of("late").length > 0);
  assertLessOrEqual(watch.engine.calls.list - lists, 1);
});

Deno.test("the whole life of a container is told in order, and removed once and last", async () => {
  await using watch = new Watch(new FakeEngine()).look();
  const { engine } = watch;
  await eventually("the host", () => watch.feed.reports()[0]?.state === "up");
  for (const state of ["created", "running", "paused", "running", "exited"] as const) {
    engine.put(fakeContainer("web", { state }));
    await eventually(state, () => watch.states("web").at(-1) === state);
  }
  engine.destroy("web");
  await eventually("the end", () => watch.states("web").at(-1) === "removed");
  engine.put(fakeContainer("other"));
  await eventually("another", () => watch.of("other").length > 0);
  assertEquals(watch.states("web"), ["created", "running", "paused", "running", "exited", "removed"]);
  assertEquals(watch.of("web").filter(({ container }) => container.state === "removed").length, 1);
  assertEquals(watch.of("web").at(-1)?.container.state, "removed");
});

Deno.test("a list that was on its way does not bring back what was destroyed meanwhile", async () => {
  await using watch = new Watch(new FakeEngine()).look();
  const { engine } = watch;
  await eventually("the host", () => watch.feed.reports()[0]?.state === "up");
  engine.put(fakeContainer("web", { state: "created" }));
  await eventually("the container", () => watch.states("web").at(-1) === "created");
  const answer = Promise.withResolvers<void>();
  engine.onInspect = () => answer.promise;
  const inspections = engine.calls.inspect;
  engine.put(fakeContainer("web", { state: "exited" }), "die");
  await eventually("the inspection", () => engine.calls.inspect > inspections);
  engine.destroy("web");
  await eventually("the end", () => watch.states("web").at(-1) === "removed");
  answer.resolve();
  engine.onInspect = () => Promise.resolve();
  engine.put(fakeContainer("other"));
  await eventually("another", () => watch.of("other").length > 0);
  assertEquals(watch.states("web"), ["created", "removed"]);
});

Deno.test("a new name is told under the same id", async () => {
  await using watch = new Watch(new FakeEngine(fakeContainer("web"))).look();
  await eventually("the container", () => watch.of("web").length > 0);
  watch.engine.put({ ...fakeContainer("web"), name: "shop" }, "rename");
  await eventually("the new name", () => watch.of("web").at(-1)?.container.name === "shop");
});

Deno.test("health that changes is told with its text", async () => {
  await using watch = new Watch(new FakeEngine(fakeContainer("web", { health: "starting" }))).look();
  await eventually("the container", () => watch.of("web").length > 0);
  watch.engine.put(fakeContainer("web", { health: "unhealthy" }), "health_status: unhealthy");
  await eventually("the text", () => watch.of("web").at(-1)?.status === "Up 2 hours (unhealthy)");
});

Deno.test("a container that restarts gets a new baseline", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  let restarted = 0;
  engine.reading = (_id, n) => steadyReading(n);
  await using watch = new Watch(engine).look();
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

Deno.test("readings that come out of order are dropped", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.reading = (_id, n) => steadyReading(n % 3 === 2 ? n - 2 : n);
  await using watch = new Watch(engine).look();
  await eventually("samples", () => watch.of("web").length > 5);
  const reads = watch.of("web").map(({ sample }) => sample!.readMs);
  assertEquals(reads, [...reads].sort((a, b) => a - b));
  assert(watch.of("web").every(({ sample }) => Math.abs(sample!.cpuUsage - 50) < 1e-9));
});

Deno.test("one answer that hangs holds up no other", async () => {
  const engine = new FakeEngine(fakeContainer("quick"), fakeContainer("stuck"));
  const never = Promise.withResolvers<void>();
  engine.reading = async (id, n) => {
    if (id === idOf("stuck")) await never.promise;
    return steadyReading(n);
  };
  await using watch = new Watch(engine, { times: { ...QUICK, stragglerMs: 5 } }).look();
  await eventually("samples", () => watch.of("quick").length > 3);
  assertEquals(watch.of("stuck"), []);
  never.resolve();
});

Deno.test("twenty viewers cause the readings of one", async () => {
  const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db"));
  await using watch = new Watch(engine, { times: { ...QUICK, lingerMs: 10_000 } });
  for (let viewer = 0; viewer < 20; viewer++) watch.look(20);
  await eventually("turns", () => engine.calls.stats >= 20);
  const [webs, readings] = [watch.of("web").length, engine.calls.stats];
  // Each turn reads two containers and tells each viewer of both.
  assert(readings / 2 <= webs / 20 + 3, `${readings} readings for ${webs} messages`);
  assertEquals([engine.calls.connect, engine.calls.events], [1, 1]);
});

Deno.test("after the last viewer has left, the engine is asked for no more numbers", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine).look();
  await eventually("samples", () => watch.of("web").length > 2);
  watch.lookAway();
  let before = -1;
  await eventually("silence", async () => {
    if (engine.calls.stats === before) return true;
    before = engine.calls.stats;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return false;
  });
});

Deno.test("an older engine is read by streams, and a stream that ends is opened again", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.bursts = false;
  let ends = 3;
  engine.reading = (_id, n) => {
    if (n % 5 === 4 && ends-- > 0) throw new Error("broken pipe");
    return steadyReading(n);
  };
  await using watch = new Watch(engine).look();
  await eventually("samples after the breaks", () => engine.calls.streams >= 4 && watch.of("web").length > 0);
  assertEquals(engine.calls.stats, 0);
});

Deno.test("history holds the points that were collected, oldest first", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const begin = Date.now() - 30_000;
  engine.reading = (_id, n) => ({ ...steadyReading(n), read: new Date(begin + n * 1000).toISOString() });
  await using watch = new Watch(engine).look();
  await eventually("samples", () => watch.of("web").length > 3);
  const [history] = [...watch.feed.history({ intervalMs: 1000 }, 60_000)];
  assert(history !== undefined && history.points.length >= 3);
  assertEquals(history.points[0]?.slice(1), [50, 25, 1000, 10, 100, 0]);
  const times = history.points.map(([time]) => time);
  assertEquals(times, [...times].sort((a, b) => a - b));
});

Deno.test("who is expected finds the numbers there, and reading stops again if nobody comes", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine);
  await watch.feed.settled();
  assertEquals(engine.calls.stats, 0);
  watch.feed.expect(50);
  await eventually("numbers", () => watch.feed.newest({ intervalMs: 1000 }).length === 1);
  await eventually("the end of reading", async () => {
    const before = engine.calls.stats;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return engine.calls.stats === before;
  });
});
