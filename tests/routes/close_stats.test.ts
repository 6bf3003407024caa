/** `/docker/stats` with an interval below one second. */
import * as v from "valibot";
import { IntervalNotice, StatsMessage } from "../../server/protocol/stats.ts";
import { assert, assertEquals, assertLess, assertMatch, eventually } from "../assert.ts";
import { fakeContainer, idOf } from "../fakes/engine.ts";
import { KernelScene } from "../kernel/kernel_scene.ts";

const isWeb = (frame: { readonly name?: string }) => frame.name === "web";

Deno.test("sends the numbers of a container more often than once a second", async () => {
  await using scene = await KernelScene.open("web", "db");
  await using normal = scene.client("/docker/stats?container=web");
  await normal.frame("web", isWeb);
  const before = normal.frames.length;
  await using close = scene.client();
  await eventually("several samples", () => close.frames.filter(isWeb).length >= 8);
  assert(close.frames.filter(isWeb).every((frame) => v.is(StatsMessage, frame)));
  assertLess(normal.frames.length - before, close.frames.length);
});

Deno.test("computes the CPU by a clock that is never set, not by the ticks of the machine", async () => {
  await using scene = await KernelScene.open("web");
  await using close = scene.client();
  await close.frame("web", isWeb);
  let us = 1000;
  // The CPU time of the fake machine does not advance, so a number made from it would be 0.
  await eventually("the use of the CPU", () => {
    scene.kernel.use("web", us += 1000);
    return close.frames.some(({ cpuUsage }) => cpuUsage > 0);
  });
});

Deno.test("viewers of one container share its readings", async () => {
  await using scene = await KernelScene.open("web");
  await using clients = new AsyncDisposableStack();
  const all = Array.from(
    { length: 20 },
    () => clients.use(scene.client("/docker/stats?container=web&detail=full&interval=100ms")),
  );
  await eventually("samples for all", () => all.every(({ frames }) => frames.filter(isWeb).length >= 5));
  const times = new Set(all.flatMap(({ frames }) => frames.filter(isWeb).map(({ timestamp }) => timestamp)));
  const most = Math.max(...all.map(({ frames }) => frames.length));
  // Twenty separate readings would have twenty times as many timestamps.
  assertLess(times.size, 3 * most);
});

Deno.test("with batch=1 sends arrays", async () => {
  await using scene = await KernelScene.open("web", "db");
  await using close = scene.client("/docker/stats?container=web&container=db&interval=100ms&batch=1");
  await eventually("several", () => close.frames.filter(Array.isArray).length >= 5);
  assert(close.frames.slice(1).every((frame) => Array.isArray(frame)));
});

Deno.test("sends changes at once, and the end of the container once", async () => {
  await using scene = await KernelScene.open("web", "db");
  await using close = scene.client();
  await close.frame("web", isWeb);
  scene.engine.put(fakeContainer("web", { state: "exited", finishedAt: Date.now() }), "die");
  await close.frame("the end", ({ state }) => state === "exited");
  scene.engine.put(scene.run("web"));
  await eventually("samples again", () => close.frames.at(-1)?.state === "running");
  assertEquals(close.frames.filter(({ state }) => state === "exited").length, 1);
});

Deno.test("refuses what cannot be read so often, with the reason", async () => {
  await using scene = await KernelScene.open(
    "web",
    ...Array.from({ length: 11 }, (_, index) => `db${index}`),
  );
  const eleven = Array.from({ length: 11 }, (_, index) => `container=db${index}`).join("&");
  for (
    const [query, reason] of [
      ["", /name at most 10 containers with container=$/],
      ["container=nothing&", /no such container exists$/],
      [`${eleven}&`, /11 containers match, and at most 10 can be read so often$/],
      ["container=remote&", /host "nas" is not read from the kernel: a test$/],
    ] as const
  ) {
    const detail = await scene.refusal(`${query}interval=100ms`);
    assertMatch(detail, /^Cannot read the query: option "interval": an interval below 1s is not possible: /);
    assertMatch(detail, reason);
  }
  for (const interval of ["99ms", "0ms", "1ms", "100000ms", "100", "ms", "61s"]) {
    assertMatch(
      await scene.refusal(`container=web&interval=${interval}`),
      /expected a duration from 100ms to 60s/,
    );
  }
});

Deno.test("an interval of a second in milliseconds needs no container", async () => {
  await using scene = await KernelScene.open("web");
  await using client = scene.client("/docker/stats?interval=1000ms");
  await client.frame("web", isWeb);
});

Deno.test("falls back to one second when the connection is lost, with one notice", async () => {
  await using scene = await KernelScene.open("web");
  await using close = scene.client();
  await close.frame("web", isWeb);
  scene.engine.goDown("connection reset");
  const notice = await close.frame("the notice", (frame) => v.is(IntervalNotice, frame));
  assertEquals(notice, {
    hostId: "Localhost",
    intervalMs: 1000,
    reason: "the connection to the engine was lost",
  });
  scene.engine.recover();
  await close.frame("the recovery", ({ error }) => error === null);
  const before = close.frames.length;
  await eventually("regular samples", () => close.frames.slice(before).some(isWeb));
  assertEquals(close.frames.filter((frame) => v.is(IntervalNotice, frame)).length, 1);
});

Deno.test("falls back when the kernel and the engine differ", async () => {
  await using scene = await KernelScene.open("web");
  await using close = scene.client();
  await close.frame("web", isWeb);
  scene.engine.reading = (_id, n) => ({
    read: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
    cpu_stats: { cpu_usage: { total_usage: n }, system_cpu_usage: 1e12 + n },
  });
  // A restart makes the source compare again.
  scene.engine.put({ ...scene.run("web"), startedAt: Date.now() });
  const { reason } = await close.frame("the notice", (frame) => v.is(IntervalNotice, frame));
  assertMatch(reason, /^container "web": the kernel and the engine differ in /);
});

Deno.test("falls back when too many containers match", async () => {
  await using scene = await KernelScene.open("web");
  const prefix = idOf("web").slice(0, 4);
  await using close = scene.client(`/docker/stats?container=${prefix}&interval=100ms`);
  await close.frame("web", isWeb);
  for (let index = 0; index < 10; index++) {
    const container = scene.run(`web${index}`);
    const id = prefix + container.id.slice(4);
    scene.engine.containers.set(id, { ...container, id });
    scene.engine.emit(id, "start");
  }
  const { reason } = await close.frame("the notice", (frame) => v.is(IntervalNotice, frame));
  assertEquals(reason, "more than 10 containers match");
});
