import { Feed } from "../../server/stats/feed.ts";
import { assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";
import { Watch } from "./watch.ts";

Deno.test("reports a host that goes down, marks its values as stale, and reconnects", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine).subscribe();
  await eventually("a sample", () => watch.of("web").length > 0);
  const failure = "connect ECONNREFUSED 10.0.0.5:2376";
  engine.goDown(failure);
  await eventually(
    "the notice",
    () => watch.updates.some((update) => "error" in update && update.error === failure),
  );
  await eventually("the stale mark", () => watch.of("web").at(-1)?.stale === true);
  assertEquals(watch.feed.reports()[0]?.state, "down");
  engine.recover();
  await eventually(
    "the recovery",
    () => watch.updates.some((update) => "error" in update && update.error === null),
  );
  await eventually("new samples", () => watch.of("web").at(-1)?.stale === false);
  const notices = watch.updates.filter((update) => "error" in update).map((update) =>
    "error" in update && update.error
  );
  assertEquals(notices, ["the engine closed the connection", failure, null]);
});

Deno.test("reports containers that were removed while the host was down", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine).subscribe();
  await eventually("a sample", () => watch.of("web").length > 0);
  engine.goDown("gone");
  await eventually("the state", () => watch.feed.reports()[0]?.state === "down");
  engine.containers.clear();
  engine.recover();
  await eventually("the removal", () => watch.states("web").at(-1) === "removed");
});

Deno.test("a host that is down does not delay another", async () => {
  const [up, down] = [new FakeEngine(fakeContainer("web")), new FakeEngine()];
  down.failure = "connect ETIMEDOUT";
  const hosts = [{ id: "nas", engine: down }, { id: "vps", engine: up }];
  await using feed = new Feed(hosts, { keepMs: 60_000, times: QUICK });
  const newest = await feed.snapshot({ intervalMs: 2 });
  assertEquals(newest.map(({ hostId }) => hostId), ["vps"]);
  assertEquals(feed.reports().map(({ state, error }) => [state, error]), [["down", "connect ETIMEDOUT"], [
    "up",
    null,
  ]]);
});

Deno.test("treats an engine without answers as silent", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine, { times: { ...QUICK, silenceMs: 30, stragglerMs: 5 } }).subscribe();
  await eventually("a sample", () => watch.of("web").length > 0);
  const never = Promise.withResolvers<never>();
  engine.reading = () => never.promise;
  engine.onPing = () => never.promise;
  await eventually("the notice", () => watch.feed.reports()[0]?.error?.startsWith("no answer for"));
});

Deno.test("an engine that answers only some requests is down and is retried", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const never = Promise.withResolvers<void>();
  engine.onList = () => never.promise;
  await using watch = new Watch(engine, { times: { ...QUICK, answerMs: 30 } }).subscribe();
  await eventually("the state", () => watch.feed.reports()[0]?.state === "down");
  engine.onList = () => Promise.resolve();
  await eventually("samples", () => watch.of("web").length > 0);
});

Deno.test("a list that fails after an event does not lose the event", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine).subscribe();
  await eventually("samples", () => watch.of("web").length > 0);
  let failures = 1;
  engine.onList = () => failures-- > 0 ? Promise.reject(new Error("list failed")) : Promise.resolve();
  engine.put(fakeContainer("web", { state: "exited", finishedAt: Date.now() }), "die");
  await eventually("the new state", () => watch.states("web").at(-1) === "exited");
});

Deno.test("a container that was never reported is not reported as removed", async () => {
  const engine = new FakeEngine();
  engine.reading = () => new Promise(() => {});
  await using watch = new Watch(engine).subscribe();
  await eventually("the host", () => watch.feed.reports()[0]?.state === "up");
  engine.put(fakeContainer("brief"));
  await eventually("the container", () => watch.feed.find("brief").length > 0);
  engine.destroy("brief");
  engine.put(fakeContainer("other", { state: "exited" }));
  await eventually("another", () => watch.of("other").length > 0);
  assertEquals(watch.of("brief"), []);
});

Deno.test("readings that hang do not make a host silent while it answers pings", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.reading = () => new Promise(() => {});
  const times = { ...QUICK, silenceMs: 10, stragglerMs: 5, hangMs: 15, firstMs: 20 };
  await using watch = new Watch(engine, { times }).subscribe();
  await eventually("several pings", () => engine.calls.ping > 4 && watch.of("web").length > 0);
  // A loaded machine may need longer for a ping than these short times.
  await eventually("a host without errors", () => {
    const [{ state, error } = { state: undefined, error: undefined }] = watch.feed.reports();
    return state === "up" && error === null;
  });
  assertEquals(watch.of("web").map(({ sample, stale }) => [sample, stale]), [[undefined, true]]);
});

Deno.test("one container that cannot be inspected hides no other and keeps the facts of the list", async () => {
  const stuck = fakeContainer("stuck", { inspected: false, listedStatus: "Up 3 hours", startedAt: null });
  const engine = new FakeEngine(fakeContainer("web"), stuck, fakeContainer("old", { state: "exited" }));
  engine.onInspect = (id) => id === idOf("stuck") ? new Promise(() => {}) : Promise.resolve();
  await using watch = new Watch(engine, { times: { ...QUICK, inspectMs: 20 } }).subscribe();
  await eventually(
    "all containers",
    () => ["web", "stuck", "old"].every((name) => watch.of(name).length > 0),
  );
  const { status, sample } = watch.of("stuck").at(-1)!;
  assertEquals([status, sample?.cpuUsage], ["Up 3 hours", 50]);
  assertEquals(watch.feed.reports().map(({ state, error }) => [state, error]), [["up", null]]);
});

Deno.test("an inspection that fails after an event does not end the session or delay others", async () => {
  const engine = new FakeEngine(fakeContainer("web"), fakeContainer("stuck"));
  await using watch = new Watch(engine, { times: { ...QUICK, inspectMs: 60_000 } }).subscribe();
  await eventually("samples", () => watch.of("web").length > 0 && watch.of("stuck").length > 0);
  engine.onInspect = (id) => id === idOf("stuck") ? new Promise(() => {}) : Promise.resolve();
  engine.put(fakeContainer("stuck", { name: "renamed" }), "rename");
  await eventually("the inspection", () => engine.calls.inspect >= 3);
  engine.put(fakeContainer("web", { health: "unhealthy" }), "health_status: unhealthy");
  await eventually("the other change", () => watch.of("web").at(-1)?.container.health === "unhealthy");
  assertEquals(watch.feed.reports()[0]?.error, null);
});

Deno.test("a container that could not be inspected is inspected again with the next list", async () => {
  const engine = new FakeEngine(fakeContainer("old", { state: "exited" }));
  let failures = 1;
  engine.onInspect = () => failures-- > 0 ? Promise.reject(new Error("driver failed")) : Promise.resolve();
  engine.containers.set(idOf("old"), fakeContainer("old", { state: "exited", inspected: false }));
  await using watch = new Watch(engine, { times: { ...QUICK, relistMs: 5 } }).subscribe();
  await eventually("the facts of the list", () => watch.of("old").length > 0);
  engine.containers.set(idOf("old"), fakeContainer("old", { state: "exited", exitCode: 3 }));
  await eventually("the inspection", () => watch.of("old").at(-1)?.container.exitCode === 3);
});

Deno.test("subscribes to events again when the list shows changes that no event has reported", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const times = { ...QUICK, relistMs: 20, eventDelayMs: 5 };
  await using watch = new Watch(engine, { times }).subscribe();
  await eventually("samples", () => watch.of("web").length > 0);
  engine.deaf = true;
  engine.put(fakeContainer("new", { state: "exited" }), "create");
  await eventually("the container", () => watch.of("new").length > 0);
  await eventually("the subscription", () => engine.calls.events === 2);
  engine.put(fakeContainer("later", { state: "exited" }), "create");
  await eventually("the event", () => watch.of("later").length > 0);
  assertEquals([watch.feed.reports()[0]?.error, engine.calls.connect], [null, 1]);
});

Deno.test("changes that events report too do not open another subscription", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const times = { ...QUICK, relistMs: 5, eventDelayMs: 5 };
  await using watch = new Watch(engine, { times }).subscribe();
  for (let n = 0; n < 10; n++) {
    engine.put(fakeContainer(`one-${n}`, { state: "exited" }), "create");
    await eventually("the container", () => watch.of(`one-${n}`).length > 0);
  }
  assertEquals(engine.calls.events, 1);
});

Deno.test("compares the list without viewers as well", async () => {
  const engine = new FakeEngine();
  await using watch = new Watch(engine, { times: { ...QUICK, relistMs: 5, idleRelistMs: 10 } });
  await eventually("the host", () => watch.feed.reports()[0]?.state === "up");
  engine.deaf = true;
  engine.put(fakeContainer("new"), "create");
  await eventually("the container", () => watch.feed.find("new").length > 0);
});
