import { Feed } from "../../server/stats/feed.ts";
import { assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf, steadyReading } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";
import { Watch } from "./watch.ts";

Deno.test("a host that goes down is said, its values are marked as old, and it comes back by itself", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine).look();
  await eventually("a sample", () => watch.of("web").length > 0);
  const words = "connect ECONNREFUSED 10.0.0.5:2376";
  engine.goDown(words);
  await eventually(
    "the notice",
    () => watch.told.some((update) => "error" in update && update.error === words),
  );
  await eventually("the mark", () => watch.of("web").at(-1)?.stale === true);
  assertEquals(watch.feed.reports()[0]?.state, "down");
  engine.comeBack();
  await eventually(
    "the end of it",
    () => watch.told.some((update) => "error" in update && update.error === null),
  );
  await eventually("new numbers", () => watch.of("web").at(-1)?.stale === false);
  const notices = watch.told.filter((update) => "error" in update).map((update) =>
    "error" in update && update.error
  );
  assertEquals(notices, ["the engine closed the connection", words, null]);
});

Deno.test("what was removed while the host was away is told when it is back", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine).look();
  await eventually("a sample", () => watch.of("web").length > 0);
  engine.goDown("gone");
  await eventually("the state", () => watch.feed.reports()[0]?.state === "down");
  engine.containers.clear();
  engine.comeBack();
  await eventually("the end", () => watch.states("web").at(-1) === "removed");
});

Deno.test("one host that is down does not keep another from being told", async () => {
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

Deno.test("an engine that answers no more counts as silent", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine, { times: { ...QUICK, silenceMs: 30, stragglerMs: 5 } }).look();
  await eventually("a sample", () => watch.of("web").length > 0);
  const never = Promise.withResolvers<never>();
  engine.reading = () => never.promise;
  await eventually("the notice", () => watch.feed.reports()[0]?.error?.startsWith("no answer for"));
});

Deno.test("an engine that answers some questions never is down, in-band, and tried again", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  const never = Promise.withResolvers<void>();
  engine.onList = () => never.promise;
  await using watch = new Watch(engine, { times: { ...QUICK, answerMs: 30 } }).look();
  await eventually("the state", () => watch.feed.reports()[0]?.state === "down");
  engine.onList = () => Promise.resolve();
  await eventually("numbers", () => watch.of("web").length > 0);
});

Deno.test("a list that fails after an event does not lose the event", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  await using watch = new Watch(engine).look();
  await eventually("numbers", () => watch.of("web").length > 0);
  let failures = 1;
  engine.onList = () => failures-- > 0 ? Promise.reject(new Error("list failed")) : Promise.resolve();
  engine.put(fakeContainer("web", { state: "exited", finishedAt: Date.now() }), "die");
  await eventually("the truth", () => watch.states("web").at(-1) === "exited");
});

Deno.test("an engine that is slow is not silent, however seldom it is asked", async () => {
  const engine = new FakeEngine(fakeContainer("web"));
  engine.reading = async (_id, n) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return steadyReading(n);
  };
  await using watch = new Watch(engine, { times: { ...QUICK, stragglerMs: 1, silenceMs: 30 } }).look(60);
  await eventually("many turns", () => engine.calls.stats > 8);
  assertEquals(watch.told.filter((update) => "error" in update), []);
});

Deno.test("numbers of one container that never come are asked for again", async () => {
  const engine = new FakeEngine(fakeContainer("web"), fakeContainer("db"));
  let stuck = true;
  engine.reading = async (id, n) => {
    if (stuck && id === idOf("db")) await new Promise(() => {});
    return steadyReading(n);
  };
  await using watch = new Watch(engine, { times: { ...QUICK, stragglerMs: 1, hangMs: 20 } }).look();
  await eventually("numbers", () => watch.of("web").length > 2);
  stuck = false;
  await eventually("the other's numbers", () => watch.of("db").length > 0);
});

Deno.test("a container that was never told is not told as removed", async () => {
  const engine = new FakeEngine();
  engine.reading = () => new Promise(() => {});
  await using watch = new Watch(engine).look();
  await eventually("the host", () => watch.feed.reports()[0]?.state === "up");
  engine.put(fakeContainer("brief"));
  await eventually("the question", () => watch.feed.find("brief").length > 0);
  engine.destroy("brief");
  engine.put(fakeContainer("other", { state: "exited" }));
  await eventually("another", () => watch.of("other").length > 0);
  assertEquals(watch.of("brief"), []);
});
