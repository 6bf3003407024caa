import { AppError } from "../../server/errors.ts";
import { momentOf } from "../../server/moment.ts";
import type { OutputFrame } from "../../server/output/frame.ts";
import { Outputs } from "../../server/output/outputs.ts";
import { assertEquals, assertRejects, eventually } from "../assert.ts";
import { fakeClock } from "../fakes/clock.ts";
import { CountingEngine } from "./counting_engine.ts";
import { endOf, line, notice, sourceOf, Viewer } from "./output_viewer.ts";

Deno.test("follows no container for a viewer that has already left", async () => {
  await using engine = new CountingEngine();
  const outputs = new Outputs();
  const frames = outputs.follow(sourceOf(engine), { tail: 5 }, notice, AbortSignal.abort());
  assertEquals(await Array.fromAsync(frames), []);
  assertEquals([outputs.size, engine.calls.followed], [0, 0]);
});

Deno.test("sends the requested number of past lines, and no line twice", async () => {
  await using engine = new CountingEngine();
  engine.written.push(line(-3, "a"), line(-2, "b"), line(-1, "c"));
  const outputs = new Outputs();
  await using viewer = new Viewer(outputs, sourceOf(engine), { tail: 2 });
  await viewer.has("b", "c");
  engine.written.push(line(1, "d"));
  await viewer.has("b", "c", "d");
});

Deno.test("sends past lines from the requested time", async () => {
  await using engine = new CountingEngine();
  engine.written.push(line(-300, "old"), line(-20, "recent"));
  await using viewer = new Viewer(new Outputs(), sourceOf(engine), {
    sinceNs: momentOf(Date.now() - 60_000),
  });
  await viewer.has("recent");
  engine.written.push(line(1, "new"));
  await viewer.has("recent", "new");
});

Deno.test("sends no past lines to a viewer that requests none", async () => {
  await using engine = new CountingEngine();
  engine.written.push(line(-2, "past"), line(-1, "past too", "stderr"));
  await using viewer = new Viewer(new Outputs(), sourceOf(engine));
  await eventually("the stream", () => engine.calls.followed === 1);
  engine.written.push(line(1, "new"));
  await viewer.has("new");
});

for (const [tail, ...expected] of [[undefined], [0], [1, "err"], [2, "out 2", "err"]] as const) {
  Deno.test(`sends ${tail} past lines when the engine has stored stderr after newer lines of stdout`, async () => {
    await using engine = new CountingEngine();
    engine.written.push(line(-3, "out 1"), line(-2, "out 2"), line(-4, "err", "stderr"));
    await using viewer = new Viewer(
      new Outputs(),
      sourceOf(engine),
      tail === undefined ? undefined : { tail },
    );
    await eventually("the stream and the replay", () => engine.calls.outputs === 2);
    engine.written.push(line(1, "new"));
    await viewer.has(...expected, "new");
  });
}

Deno.test("sends a late line of a stream that the replay does not contain", async () => {
  await using engine = new CountingEngine();
  engine.written.push(line(-2, "out"));
  await using viewer = new Viewer(new Outputs(), sourceOf(engine), { tail: 1 });
  await viewer.has("out");
  engine.written.push(line(-1, "err", "stderr"));
  await viewer.has("out", "err");
});

Deno.test("follows containers of the same id on two hosts separately", async () => {
  await using one = new CountingEngine();
  await using other = new CountingEngine();
  const outputs = new Outputs();
  await using first = new Viewer(outputs, sourceOf(one, "web", "nas"));
  await using second = new Viewer(outputs, sourceOf(other, "web", "lab"));
  await eventually("both streams", () => one.calls.followed + other.calls.followed === 2);
  assertEquals(outputs.size, 2);
  one.written.push(line(1, "from nas"));
  other.written.push(line(1, "from lab"));
  await first.has("from nas");
  await second.has("from lab");
});

Deno.test("follows a container until its last viewer leaves, and again for the next one", async () => {
  await using engine = new CountingEngine();
  const outputs = new Outputs();
  await using first = new Viewer(outputs, sourceOf(engine));
  {
    await using _second = new Viewer(outputs, sourceOf(engine));
    await eventually("the stream", () => engine.calls.followed === 1);
  }
  assertEquals(outputs.size, 1);
  await first[Symbol.asyncDispose]();
  assertEquals(outputs.size, 0);
  await using next = new Viewer(outputs, sourceOf(engine));
  await eventually("the next stream", () => engine.calls.followed === 2);
  engine.written.push(line(1, "again"));
  await next.has("again");
});

Deno.test("a viewer that leaves during its replay ends the following", async () => {
  await using engine = new CountingEngine();
  engine.written.push(line(-1, "past"));
  const outputs = new Outputs();
  const stop = new AbortController();
  const frames = outputs.follow(sourceOf(engine), { tail: 1 }, notice, stop.signal);
  assertEquals((await frames.next()).value?.length, 1);
  stop.abort();
  assertEquals([(await frames.next()).done, outputs.size], [true, 0]);
});

Deno.test("reports the lines that a slow viewer lost, and keeps the newest", async () => {
  await using engine = new CountingEngine();
  const outputs = new Outputs();
  const stop = new AbortController();
  const frames = outputs.follow(sourceOf(engine), undefined, notice, stop.signal);
  const first = frames.next();
  engine.written.push(line(1, "first"));
  assertEquals((await first).value?.length, 1);
  const large = "x".repeat(1024 * 1024);
  for (let n = 0; n < 12; n++) engine.written.push(line(2 + n, large));
  engine.written.push(line(20, "last"));
  await eventually("all lines", () => engine.processed === 14);
  const next: readonly OutputFrame[] = (await frames.next()).value ?? [];
  const messages = next.map(({ json }) => JSON.parse(json).message);
  assertEquals([messages[0], messages.at(-1)], [`${13 - (messages.length - 1)} dropped`, "last"]);
  assertEquals(outputs.dropped, 13 - (messages.length - 1));
  stop.abort();
  await frames.next();
});

Deno.test("a fault of the program in a replay ends the viewing with the fault", async () => {
  await using engine = new CountingEngine();
  engine.replayError = new TypeError("a bug");
  engine.written.push(line(1, "new"));
  const stop = new AbortController();
  const frames = new Outputs().follow(sourceOf(engine), { tail: 1 }, notice, stop.signal);
  await assertRejects(() => frames.next(), TypeError, "a bug");
  stop.abort();
});

Deno.test("continues with new lines when the engine refuses the replay", async () => {
  await using engine = new CountingEngine();
  engine.replayError = new AppError("engine-refused", "no replay");
  await using viewer = new Viewer(new Outputs(), sourceOf(engine), { tail: 5 });
  await eventually("the stream", () => engine.open === 1);
  engine.written.push(line(1, "new"));
  await viewer.has("new");
});

Deno.test("a long stream that is cut continues without a notice", async () => {
  using clock = fakeClock();
  await using engine = new CountingEngine();
  await using viewer = new Viewer(new Outputs(), sourceOf(engine), { tail: 5 });
  engine.written.push(line(1, "one"));
  await clock.tickAsync(11_000);
  engine.cut();
  await clock.tickAsync(1000);
  engine.written.push(line(12, "two"));
  await clock.tickAsync(1000);
  assertEquals([viewer.messages, engine.calls.followed], [["one", "two"], 2]);
  await endOf(viewer, clock);
});

Deno.test("a short stream that is cut is reported", async () => {
  using clock = fakeClock();
  await using engine = new CountingEngine();
  await using viewer = new Viewer(new Outputs(), sourceOf(engine), { tail: 5 });
  await clock.tickAsync(1000);
  engine.cut();
  await clock.tickAsync(1000);
  assertEquals(viewer.messages, ["! the engine has ended the output", "! null"]);
  await endOf(viewer, clock);
});

Deno.test("loses no new line that shares the timestamp of the last past one", async () => {
  await using engine = new CountingEngine();
  const past = line(-1, "past");
  engine.written.push(past);
  await using viewer = new Viewer(new Outputs(), sourceOf(engine), { tail: 5 });
  await viewer.has("past");
  engine.written.push({ ...past, message: "new" });
  await viewer.has("past", "new");
});

Deno.test("a viewer without a replay receives no old lines while the overlap is still being read", async () => {
  await using engine = new CountingEngine();
  engine.written.push(line(-3, "one"), line(-2, "two"));
  const outputs = new Outputs();
  const rest = Promise.withResolvers<void>();
  const read = engine.output.bind(engine);
  engine.output = async function* (id, request, signal) {
    if (!request.follow) return yield* read(id, request, signal);
    for await (const [first, ...others] of read(id, request, signal)) {
      yield [first!];
      await rest.promise;
      if (others.length > 0) yield others;
    }
  };
  await using first = new Viewer(outputs, sourceOf(engine), { tail: 5 });
  await first.has("one", "two");
  await using second = new Viewer(outputs, sourceOf(engine));
  await eventually("both viewers", () => engine.calls.outputs >= 3);
  rest.resolve();
  engine.written.push(line(1, "three"));
  await second.has("three");
});
