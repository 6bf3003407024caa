import type { Container } from "../../server/docker/container.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer } from "../fakes/container.ts";
import { FoundTimeline, START } from "./found.ts";

/** Returns the container "web" with times in seconds of the clock, after a number of restarts. */
function web(
  started: number,
  finished: number,
  restartCount: number | null,
  changes: Partial<Container> = {},
) {
  const ms = (second: number) => START + second * 1000;
  return fakeContainer("web", {
    ...{ startedAt: ms(started), finishedAt: ms(finished), restartCount },
    ...changes,
  });
}

/** Returns a timeline that knows "web" after two restarts. */
function connected(restartCount: number | null = 2): FoundTimeline {
  const found = new FoundTimeline();
  found.timeline.up([web(-100, -200, restartCount)], 0);
  found.take();
  found.now = START + 3_600_000;
  return found;
}

Deno.test("several restarts in one gap are one restart with their number", () => {
  const found = connected();
  found.restart();
  found.timeline.changed(web(100, 90, 9), 0);
  assertEquals(found.take(), ["exit 90 late ×7", "restart 100 late ×7"]);
  found.timeline.changed(web(200, 190, 10), 0);
  assertEquals(found.take(), ["exit 190 late", "restart 200 late"]);
});

Deno.test("restarts that events have reported do not count again", () => {
  const found = connected();
  for (const second of [10, 20, 30]) {
    found.event("die", second, { exitCode: 1 });
    found.event("start", second + 1);
  }
  assertEquals(found.take().length, 6);
  found.timeline.changed(web(41, 40, 6), 0);
  assertEquals(found.take(), ["exit 40 late", "restart 41 late"]);
});

Deno.test("a restart that the engine still waits for is not counted", () => {
  const found = connected();
  found.timeline.changed(web(-100, 90, 3, { state: "restarting" }), 0);
  found.timeline.changed(web(95, 90, 3), 0);
  assertEquals(found.take(), ["exit 90 0 late", "restart 95 late"]);
});

Deno.test("a count that begins again after a start by hand adds nothing", () => {
  const found = connected();
  found.timeline.changed(web(100, 90, 0), 0);
  assertEquals(found.take(), ["exit 90 late", "restart 100 late"]);
});

Deno.test("an engine that does not count restarts changes nothing", () => {
  const found = connected(null);
  found.timeline.changed(web(100, 90, null), 0);
  assertEquals(found.take(), ["exit 90 late", "restart 100 late"]);
});

Deno.test("the code of an end that a comparison has found is added by its event", () => {
  const found = connected();
  found.timeline.changed(web(100, 90, 3), 0);
  found.event("die", 90.1, { exitCode: 3 });
  assertEquals([found.take(), found.completed], [["exit 90 late", "restart 100 late"], [[90.1, 3]]]);
});
