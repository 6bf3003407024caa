import { AppError } from "../../server/errors.ts";
import { EventStream } from "../../server/stats/event_stream.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { FakeEngine } from "../fakes/engine.ts";

const SIGNAL = new AbortController().signal;

Deno.test("a reader continues with the subscription that replaces its own", async () => {
  const engine = new FakeEngine();
  const stream = new EventStream(engine, 1000);
  await stream.open(SIGNAL);
  const events = stream.read();
  engine.emit("a", "start");
  assertEquals((await events.next()).value, { id: "a", action: "start" });
  const next = events.next();
  await stream.open(SIGNAL);
  engine.emit("b", "die");
  assertEquals((await next).value, { id: "b", action: "die" });
  engine.goDown("gone");
  assertEquals((await events.next()).done, true);
});

Deno.test("a stream that was never opened has no events", async () => {
  assertEquals(await Array.fromAsync(new EventStream(new FakeEngine(), 1000).read()), []);
});

Deno.test("an engine that does not answer the subscription is an error", async () => {
  const engine = new FakeEngine();
  engine.events = () => new Promise(() => {});
  const error = await assertRejects(() => new EventStream(engine, 1).open(SIGNAL), AppError);
  assertEquals(error.message, "no answer to the request for events within 0.001 s");
});
