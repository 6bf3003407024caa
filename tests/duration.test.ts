import { parseDuration, pause, ScopedSignal, untilAborted, untilRound } from "../server/duration.ts";
import { assertEquals, assertRejects } from "./assert.ts";

const DURATIONS: readonly (readonly [string, number | undefined])[] = [
  ["5s", 5000],
  ["10m", 600_000],
  ["1h", 3_600_000],
  ["1.5s", undefined],
  ["5", undefined],
  ["-1s", undefined],
  ["30d", 2_592_000_000],
  ["1w", undefined],
  [" 1s", undefined],
  ["1s\n", undefined],
  ["", undefined],
];

for (const [text, ms] of DURATIONS) {
  Deno.test(`parses the duration ${JSON.stringify(text)}`, () => assertEquals(parseDuration(text), ms));
}

Deno.test("a pause ends when its signal aborts, and leaves no timer behind", async () => {
  const stop = new AbortController();
  const waiting = pause(3_600_000, stop.signal);
  stop.abort();
  await waiting;
  await pause(3_600_000, stop.signal);
});

Deno.test("a rejection after the signal has aborted is handled", async () => {
  const failing = Promise.withResolvers<never>();
  await assertRejects(
    () => untilAborted(failing.promise, AbortSignal.abort(new Error("stop"))),
    Error,
    "stop",
  );
  // Without a handler this rejection would fail the test.
  failing.reject(new Error("too late"));
  await failing.promise.catch(() => {});
});

Deno.test("a scoped signal aborts at the end of its scope, or with the other signal", () => {
  const stop = new AbortController();
  let inner: AbortSignal;
  {
    using scope = new ScopedSignal(stop.signal);
    inner = scope.signal;
    assertEquals(inner.aborted, false);
  }
  assertEquals([inner.aborted, stop.signal.aborted], [true, false]);
  using scope = new ScopedSignal(stop.signal);
  stop.abort();
  assertEquals(scope.signal.aborted, true);
});

Deno.test("regular checks that begin at different times are due at the same moment", () => {
  assertEquals([1000.5, 1234, 1499].map((now) => now + untilRound(500, now)).map(Math.floor), [
    1500,
    1500,
    1500,
  ]);
  assertEquals(untilRound(500, 1500), 500);
});
