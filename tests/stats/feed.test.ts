import { logLines } from "../../server/log/log.ts";
import { quietLog } from "../fakes/quiet_log.ts";
import { assert, assertAlmostEquals, assertEquals, assertLessOrEqual, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine, steadyReading } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";
import { Feed } from "../../server/stats/feed.ts";
import { Watch } from "./watch.ts";

/** Counts the reports of a collector that it stopped reading. */
function stops(): number {
  return logLines.tail(2000, "DEBUG").filter(({ message }) => message.endsWith("no viewers, reading stopped"))
    .length;
}

/** Waits until the collector has stopped reading once more, and checks that later events cause no reading. */
async function assertReadingStops({ engine, feed }: Watch, earlierStops: number): Promise<void> {
  await eventually("the end of reading", () => stops() > earlierStops);
  const { stats } = engine.calls;
  engine.put(fakeContainer("later"));
  await eventually("a later container", () => feed.find("later").length > 0);
  assertEquals(engine.calls.stats, stats);
}

Deno.test("reports a running container with the rates between two readings", async () => {
  await using watch = new Watch(new FakeEngine(fakeContainer("web"))).subscribe();
  const { sample } = await eventually("a sample", () => watch.of("web")[0]);
  assertAlmostEquals(sample!.cpuUsage, 50, 1e-9);
  assertEquals([sample?.memoryUsage, sample?.networkRxRate, sample?.pids], [25, 1000, 3]);
});

Deno.test("reports containers that do not run at once, without a sample", async () => {
  const exited = fakeContainer("job", { state: "exited", finishedAt: Date.now() - 60_000, exitCode: 3 });
  await using watch = new Watch(new FakeEngine(exited)).subscribe();
  const { status, sample } = await eventually("the container", () => watch.of("job")[0]);
  assertEquals([status, sample], ["Exited (3) About a minute ago", undefined]);
});

Deno.test("reports a container that starts later without a new list", async () => {
  await using watch = new Watch(new FakeEngine()).subscribe();
  await eventually("the host", () => watch.feed.reports()[0]?.state === "up");
  const lists = watch.engine.calls.list;
  watch.engine.put(fakeContainer("late"));
  await eventually("the container", () => watch.of("late").length > 0);
  assertLessOrEqual(watch.engine.calls.list - lists, 1);
});

Deno.test("reports every state of a container in order, and its removal once and last", async () => {
  await using watch = new Watch(new FakeEngine()).subscribe();
  const { engine } = watch;
  await eventually("the host", () => watch.feed.reports()[0]?.state === "up");
  for (const state of ["created", "running", "paused", "running", "exited"] as const) {
    engine.put(fakeContainer("web", { state }));
    await eventually(state, () => watch.states("web").at(-1) === state);
  }
  engine.destroy("web");
  await eventually("the removal", () => watch.states("web").at(-1) === "removed");
  engine.put(fakeContainer("other"));
  await eventually("another", () => watch.of("other").length > 0);
  assertEquals(watch.states("web"), ["created", "running", "paused", "running", "exited", "removed"]);
  assertEquals(watch.of("web").filter(({ container }) => container.state === "removed").length, 1);
  assertEquals(watch.of("web").at(-1)?.container.state, "removed");
});

Deno.test("a list in flight does not bring back a container that was removed meanwhile", async () => {
  await using watch = new Watch(new FakeEngine()).subscribe();
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
  await eventually("the removal", () => watch.states("web").at(-1) === "removed");
  answer.resolve();
  engine.onInspect = () => Promise.resolve();
  engine.put(fakeContainer("other"));
  await eventually("another", () => watch.of("other").length > 0);
  assertEquals(watch.states("web"), ["created", "removed"]);
});

Deno.test("reports a new name under the same id", async () => {
  await using watch = new Watch(new FakeEngine(fakeContainer("web"))).subscribe();
  await eventually("the container", () => watch.of("web").length > 0);
  watch.engine.put({ ...fakeContainer("web"), name: "shop" }, "rename");
  await eventually("the new name", () => watch.of("web").at(-1)?.container.name === "shop");
});

Deno.test("reports a change of health with its text", async () => {
  await using watch = new Watch(new FakeEngine(fakeContainer("web", { health: "starting" }))).subscribe();
  await eventually("the container", () => watch.of("web").length > 0);
  watch.engine.put(fakeContainer("web", { health: "unhealthy" }), "health_status: unhealthy");
  await eventually("the text", () => watch.of("web").at(-1)?.status === "Up 2 hours (unhealthy)");
});

Deno.test("twenty viewers cause as many readings as one", async () => {
  const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db"));
  await using watch = new Watch(engine, { times: { ...QUICK, lingerMs: 10_000 } });
  for (let viewer = 0; viewer < 20; viewer++) watch.subscribe(20);
  await eventually("turns", () => engine.calls.stats >= 20);
  const [webs, readings] = [watch.of("web").length, engine.calls.stats];
  // Each turn reads two containers and sends each viewer both.
  assert(readings / 2 <= webs / 20 + 3, `${readings} readings for ${webs} messages`);
  assertEquals([engine.calls.connect, engine.calls.events], [1, 1]);
});

Deno.test("stops reading numbers after the last viewer has left", async () => {
  using _log = quietLog();
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine).subscribe();
  await eventually("samples", () => watch.of("web").length > 2);
  const earlierStops = stops();
  watch.unsubscribe();
  await assertReadingStops(watch, earlierStops);
});

Deno.test("history holds the collected points, oldest first", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const start = Date.now() - 30_000;
  engine.reading = (_id, n) => ({ ...steadyReading(n), read: new Date(start + n * 1000).toISOString() });
  await using watch = new Watch(engine).subscribe();
  await eventually("samples", () => watch.of("web").length > 3);
  const [history] = [...watch.feed.history({ intervalMs: 1000 }, 60_000)];
  assert(history !== undefined && history.points.length >= 3);
  assertEquals(history.points[0]?.slice(1), [50, 25, 1000, 10, 100, 0]);
  const times = history.points.map(([time]) => time);
  assertEquals(times, [...times].sort((a, b) => a - b));
});

Deno.test("collects in advance for an expected viewer, and stops when none connects", async () => {
  using _log = quietLog();
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine);
  await watch.feed.settled();
  assertEquals(engine.calls.stats, 0);
  const earlierStops = stops();
  watch.feed.expect(50);
  await eventually("a sample", () => watch.feed.newest({ intervalMs: 1000 }).length === 1);
  await assertReadingStops(watch, earlierStops);
});

Deno.test("a refresh reads changes whose events have not arrived", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine);
  await watch.feed.settled();
  const late = fakeContainer("late");
  engine.containers.set(late.id, late);
  engine.containers.delete(fakeContainer("web").id);
  await watch.feed.refresh("Localhost");
  assertEquals(watch.feed.containers("Localhost")?.map(({ name }) => name), ["late"]);
});

Deno.test("a refresh of a host that does not exist does nothing", async () => {
  await using watch = new Watch(new FakeEngine());
  await watch.feed.refresh("nas");
  assertEquals(watch.feed.engine("nas"), undefined);
});

Deno.test("an end is noted as a stop once the engine reports one, until the next start", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine);
  await watch.feed.settled();
  const endedBy = () => watch.feed.containers("Localhost")?.[0]?.endedBy;
  const exited = fakeContainer("web", { state: "exited", exitCode: 137, finishedAt: 1 });
  engine.put(exited, "die");
  await eventually("the end", () => endedBy() === "itself");
  engine.put(exited, "stop");
  await eventually("the stop", () => endedBy() === "stop");
  engine.put(fakeContainer("web"), "start");
  await eventually("the start", () => endedBy() === null);
});

Deno.test("a host is reported with the labels of its configuration", async () => {
  await using feed = new Feed(
    [{ id: "nas", engine: new FakeEngine(), labels: { site: "home" } }, {
      id: "vps",
      engine: new FakeEngine(),
    }],
    { keepMs: 1000, times: QUICK },
  );
  assertEquals(feed.reports().map(({ hostId, labels }) => [hostId, labels]), [["nas", { site: "home" }], [
    "vps",
    {},
  ]]);
});
