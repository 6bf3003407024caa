import type { Container } from "../../server/docker/container.ts";
import { assertEquals } from "../assert.ts";
import { fakeContainer, idOf } from "../fakes/container.ts";
import { FoundTimeline, START } from "./found.ts";

/** Returns the container "web" with times in seconds of the clock. */
function web(started: number | null, finished: number | null = null, changes: Partial<Container> = {}) {
  const ms = (second: number | null) => second === null ? null : START + second * 1000;
  return fakeContainer("web", { startedAt: ms(started), finishedAt: ms(finished), ...changes });
}

/** Returns a timeline whose host was connected with the running container "web". */
function connected(): FoundTimeline {
  const found = new FoundTimeline();
  found.timeline.changed(web(-100), 0);
  found.timeline.up([web(-100)], 0);
  return found;
}

Deno.test("the containers of the first connection are not news", () => {
  assertEquals(connected().take(), []);
});

Deno.test("an exit and a quick start are an exit with its code and a restart", () => {
  const found = connected();
  found.now = START + 5000;
  found.event("die", 1, { exitCode: 137 });
  found.event("start", 2);
  found.timeline.changed(web(1.9, 0.9), 0);
  assertEquals(found.take(), ["exit 1 137", "restart 2"]);
});

Deno.test("a start long after the end is a start", () => {
  const found = connected();
  found.now = START + 60_000;
  found.event("die", 1, { exitCode: 0 });
  found.event("start", 50);
  assertEquals(found.take().at(-1), "start 50");
});

Deno.test("a start by the restart policy is a restart, however late", () => {
  const found = connected();
  found.now = START + 60_000;
  found.event("die", 1, { exitCode: 1 });
  found.timeline.changed(web(-100, 0.9, { state: "restarting", exitCode: 1 }), 0);
  found.event("start", 55);
  assertEquals(found.take().at(-1), "restart 55");
});

Deno.test("a comparison that is quicker than the events makes no second event", () => {
  const found = connected();
  found.now = START + 4000;
  found.timeline.changed(web(2, 1), 0);
  found.event("die", 1.5, { exitCode: 3 });
  found.event("start", 2.5);
  assertEquals(found.take(), ["exit 1", "restart 2"]);
  found.event("die", 3, { exitCode: 9 });
  assertEquals(found.take(), ["exit 3 9"]);
});

Deno.test("an event that arrives long after its comparison makes no second event", () => {
  const found = connected();
  found.now = START + 30_000;
  found.timeline.changed(web(-100, 1, { state: "exited", exitCode: 2 }), 0);
  found.event("die", 20, { exitCode: 2 });
  assertEquals(found.take(), ["exit 1 2 late"]);
});

Deno.test("an event that is delivered twice counts once", () => {
  const found = connected();
  found.now = START + 4000;
  for (const _ of [1, 2]) {
    found.event("pause", 1);
    found.event("unpause", 2);
    found.event("die", 3, { exitCode: 0 });
  }
  assertEquals(found.take(), ["pause 1", "unpause 2", "exit 3 0"]);
});

Deno.test("changes while DockStat did not run are found once, and marked as late", () => {
  const found = connected();
  found.now = START + 3_600_000;
  for (const _ of [1, 2]) {
    found.restart();
    const late = web(100, 90, { state: "running" });
    const created = fakeContainer("new", { createdAt: START + 200_000, startedAt: START + 201_000 });
    for (const container of [late, created]) found.timeline.changed(container, 0);
    found.timeline.up([late, created], 0);
  }
  assertEquals(found.take(), [
    "exit 90 late",
    "restart 100 late",
    "create 200 late",
    "start 201 late",
  ]);
});

Deno.test("a container that was removed while DockStat did not run is found once", () => {
  const found = connected();
  found.now = START + 60_000;
  for (const _ of [1, 2]) {
    found.restart();
    found.timeline.up([], 0);
  }
  assertEquals(found.take(), ["remove 60 late"]);
});

Deno.test("a removal counts once, whether the event or the board reports it first", () => {
  const found = connected();
  found.event("destroy", 0);
  found.timeline.changed(web(-100, null, { state: "removed" }), 0);
  assertEquals(found.take(), ["remove 0"]);
});

Deno.test("an OOM kill counts once, from the event or from the inspection", () => {
  const found = connected();
  found.now = START + 10_000;
  const killed = web(-100, 2, { state: "exited", exitCode: 137, outOfMemory: true });
  found.event("oom", 1.9);
  found.event("die", 2.1, { exitCode: 137 });
  found.timeline.changed(killed, 0);
  assertEquals(found.take(), ["oom 1.9", "exit 2.1 137"]);
  const compared = connected();
  compared.now = START + 10_000;
  compared.timeline.changed(killed, 0);
  compared.event("oom", 1.9);
  compared.event("die", 2.1, { exitCode: 137 });
  assertEquals(compared.take(), ["exit 2 137", "oom 2"]);
});

Deno.test("health changes have the output of the check, and a start of checks is not news", () => {
  const found = connected();
  for (const health of ["starting", "healthy", "healthy", "unhealthy"]) {
    found.timeline.changed(web(-100, null, { health, healthOutput: `it is ${health}` }), 0);
  }
  const messages = found.events.map(({ message }) => message);
  assertEquals(found.take(), ["health 0 healthy", "health 0 unhealthy"]);
  assertEquals(messages, ["it is healthy", "it is unhealthy"]);
});

Deno.test("outages and returns count once, across restarts of DockStat", () => {
  const found = connected();
  found.timeline.down("connect ECONNREFUSED");
  found.restart();
  found.timeline.down("connect ETIMEDOUT");
  found.timeline.up([web(-100)], 0);
  found.restart();
  found.timeline.up([web(-100)], 0);
  assertEquals(found.take(), ["outage 0", "return 0"]);
});

Deno.test("times are by DockStat's clock, and an engine in the year 9999 is not ahead of it", () => {
  const found = connected();
  found.now = START + 10_000;
  found.timeline.event({ id: idOf("web"), action: "pause", at: START + 65_000 }, 60_000);
  found.timeline.event({ id: idOf("web"), action: "unpause", at: Date.UTC(9999, 0) }, 0);
  assertEquals(found.take(), ["pause 5", "unpause 10"]);
});

Deno.test("events name containers that the list never showed", () => {
  const found = connected();
  found.timeline.event({ id: idOf("job"), action: "start", name: "job", project: "shop", service: "job" }, 0);
  const [event] = found.events;
  assertEquals([event?.name, event?.project, event?.service], ["job", "shop", "job"]);
});

Deno.test("a container that could not be inspected at first has no invented past", () => {
  const found = new FoundTimeline();
  found.timeline.up([web(null, null, { inspected: false })], 0);
  found.now = START + 1000;
  found.timeline.changed(web(-100, -200), 0);
  assertEquals(found.take(), []);
});
