import { Feed } from "../../server/stats/feed.ts";
import { assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
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
