import { Outputs } from "../../server/output/outputs.ts";
import { assertEquals } from "../assert.ts";
import { fakeClock } from "../fakes/clock.ts";
import { CountingEngine } from "./counting_engine.ts";
import { endOf, line, sourceOf, Viewer } from "./output_viewer.ts";

Deno.test("sends the newest lines by time when the engine finds none by number", async () => {
  await using engine = new CountingEngine();
  engine.written.push(line(-3, "a"), line(-2, "b"), line(-1, "c"));
  engine.truncated = true;
  await using viewer = new Viewer(new Outputs(), sourceOf(engine), { tail: 2 });
  await viewer.has("b", "c");
});

for (const [text, past] of [["with a replay", { tail: 5 }], ["without one", undefined]] as const) {
  Deno.test(`a viewer ${text} receives new lines of a truncated log`, async () => {
    await using engine = new CountingEngine();
    engine.truncated = true;
    using clock = fakeClock();
    await using viewer = new Viewer(new Outputs(), sourceOf(engine), past);
    await clock.tickAsync(1000);
    engine.written.push({ ...line(0, "one"), timestamp: new Date(Date.now()).toISOString() });
    await clock.tickAsync(10_000);
    engine.written.push({ ...line(0, "two"), timestamp: new Date(Date.now()).toISOString() });
    await clock.tickAsync(10_000);
    assertEquals(viewer.messages, ["one", "two"]);
    await endOf(viewer, clock);
  });
}

Deno.test("a log that is truncated while it is followed loses no line that is written afterwards", async () => {
  await using engine = new CountingEngine();
  engine.written.push(line(-1, "before"));
  using clock = fakeClock();
  await using viewer = new Viewer(new Outputs(), sourceOf(engine), { tail: 5 });
  await clock.tickAsync(1000);
  engine.truncated = true;
  engine.cut();
  await clock.tickAsync(1000);
  engine.written.splice(0, 1, line(0, "after"));
  await clock.tickAsync(20_000);
  assertEquals(viewer.messages.filter((message) => !message.startsWith("!")), ["before", "after"]);
  await endOf(viewer, clock);
});

Deno.test("a quiet log is opened once", async () => {
  await using engine = new CountingEngine();
  engine.written.push(line(-1, "one"));
  using clock = fakeClock();
  await using viewer = new Viewer(new Outputs(), sourceOf(engine), { tail: 5 });
  await clock.tickAsync(15_000);
  assertEquals([engine.calls.followed, viewer.messages], [1, ["one"]]);
  await endOf(viewer, clock);
});

Deno.test("a log that is quiet for ten minutes is checked once a minute at last", async () => {
  await using engine = new CountingEngine();
  engine.written.push(line(-1, "one"));
  using clock = fakeClock();
  await using viewer = new Viewer(new Outputs(), sourceOf(engine), { tail: 5 });
  await clock.tickAsync(1000);
  const { outputs } = engine.calls;
  await clock.tickAsync(600_000);
  // After 2, 6, 14, 30 and 62 s, and then each minute.
  assertEquals(engine.calls.outputs - outputs, 13);
  await endOf(viewer, clock);
});

Deno.test("the quiet log of a paused container is not read, and does not stop the server", async () => {
  await using engine = new CountingEngine();
  engine.written.push(line(-1, "one"));
  const source = sourceOf(engine);
  const current = () => ({ ...source.current()!, state: "paused" as const });
  using clock = fakeClock();
  await using viewer = new Viewer(new Outputs(), { ...source, current }, { tail: 5 });
  await clock.tickAsync(1000);
  const { outputs } = engine.calls;
  await clock.tickAsync(600_000);
  assertEquals(engine.calls.outputs, outputs);
  await endOf(viewer, clock);
});
