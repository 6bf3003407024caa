import { Feed } from "../../server/stats/feed.ts";
import { assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
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
