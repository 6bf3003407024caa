import { assertEquals, eventually } from "../assert.ts";
import { fakeContainer, FakeEngine } from "../fakes/engine.ts";
import { QUICK } from "../fakes/times.ts";
import { Watch } from "./watch.ts";

Deno.test("follows the engine's clock while connected", async () => {
  const engine = new FakeEngine(fakeContainer("old", { state: "exited", finishedAt: Date.now() - 1000 }));
  await using watch = new Watch(engine, { times: { ...QUICK, heartbeatMs: 5 } }).subscribe();
  await eventually("the container", () => watch.of("old").length > 0);
  engine.onPing = () => Promise.resolve(1999);
  await eventually("pings", () => engine.calls.ping > 3);
  assertEquals(watch.feed.find("old")[0]!.clockOffsetMs, 0);
  engine.onPing = () => Promise.resolve(7_200_000);
  await eventually("the text", () => watch.of("old").at(-1)?.status === "Exited (0) 2 hours ago");
  assertEquals(watch.feed.find("old")[0]!.clockOffsetMs, 7_200_000);
});

Deno.test("an engine that does not answer pings is down, with the call that hung", async () => {
  const engine = new FakeEngine(fakeContainer("old", { state: "exited" }));
  engine.onPing = () => new Promise(() => {});
  await using watch = new Watch(engine, { times: { ...QUICK, heartbeatMs: 5, answerMs: 20 } });
  await eventually(
    "the notice",
    () => watch.feed.reports()[0]?.error === "no answer to a ping within 0.02 s",
  );
});
