import { assertEquals } from "../../assert.ts";
import type { Container } from "../../../server/docker/container.ts";
import { fakeContainer, idOf } from "../../fakes/container.ts";
import { quietLog } from "../../fakes/quiet_log.ts";
import { fakeRule } from "../rules.ts";
import { AlertScene } from "./scene.ts";

const FAILED = fakeRule();
const UNHEALTHY = fakeRule({ id: "unhealthy", when: { kind: "state", state: "unhealthy" } });

/** A container that has ended a second after the scene began. */
function ended(scene: AlertScene, changes: Partial<Container> = {}): Container {
  return fakeContainer("web", {
    state: "exited",
    exitCode: 1,
    finishedAt: scene.clock.start + 1000,
    endedBy: "itself",
    ...changes,
  });
}

Deno.test("a container that fails fires once, and recovers a minute after it runs again", () => {
  const scene = new AlertScene(FAILED);
  scene.watch.changed("nas", fakeContainer("web"), 0);
  scene.watch.changed("nas", ended(scene), 0);
  scene.advance(1000);
  assertEquals(scene.calls, ["fired web: The container exited with code 1"]);
  scene.watch.changed("nas", fakeContainer("web"), 0);
  scene.advance(59_000);
  assertEquals(scene.calls.length, 1);
  scene.advance(2000);
  assertEquals(scene.calls, ["fired web: The container exited with code 1", "recovered web"]);
});

for (
  const [what, changes] of [
    ["a stop", { endedBy: "stop", exitCode: 143 }],
    ["an exit code of 0", { exitCode: 0 }],
    ["an end from before alerts were watched", { finishedAt: 1000 }],
    ["an end that is not inspected", { inspected: false }],
  ] as const
) {
  Deno.test(`${what} is not a failure`, () => {
    const scene = new AlertScene(FAILED);
    scene.watch.changed("nas", ended(scene, changes), 0);
    scene.advance(5000);
    assertEquals(scene.calls, []);
  });
}

Deno.test("an end that a kill explains is not a failure", () => {
  const scene = new AlertScene(FAILED);
  scene.watch.changed("nas", fakeContainer("web"), 0);
  scene.clock.advance(1000);
  scene.watch.event("nas", { id: idOf("web"), action: "kill" }, 0);
  scene.watch.changed("nas", ended(scene, { exitCode: 137 }), 0);
  scene.advance(5000);
  assertEquals(scene.calls, []);
});

Deno.test("a kill that the engine reports after the end is not a failure", () => {
  const scene = new AlertScene(FAILED);
  scene.clock.advance(1000);
  scene.watch.changed("nas", ended(scene, { exitCode: 137 }), 0);
  scene.clock.advance(100);
  scene.watch.event("nas", { id: idOf("web"), action: "kill" }, 0);
  scene.advance(5000);
  assertEquals(scene.calls, []);
});

Deno.test("a stop that the engine reports after the end is not a failure", () => {
  const scene = new AlertScene(FAILED);
  scene.watch.changed("nas", ended(scene, { exitCode: 143 }), 0);
  scene.advance(100);
  scene.watch.changed("nas", ended(scene, { exitCode: 143, endedBy: "stop" }), 0);
  scene.advance(5000);
  assertEquals(scene.calls, []);
});

Deno.test("a container that flaps sends one alert", () => {
  const scene = new AlertScene(UNHEALTHY);
  for (let round = 0; round < 20; round++) {
    scene.watch.changed("nas", fakeContainer("web", { health: "unhealthy" }), 0);
    scene.advance(20_000);
    scene.watch.changed("nas", fakeContainer("web", { health: "healthy" }), 0);
    scene.advance(20_000);
  }
  assertEquals(scene.calls, ["fired web: The health check fails"]);
});

Deno.test("a short spike within the hold time sends nothing", () => {
  const scene = new AlertScene({ ...UNHEALTHY, for: "1m" });
  scene.watch.changed("nas", fakeContainer("web", { health: "unhealthy" }), 0);
  scene.advance(59_000);
  scene.watch.changed("nas", fakeContainer("web", { health: "healthy" }), 0);
  scene.advance(600_000);
  assertEquals([scene.calls.length, scene.tracker.size], [0, 0]);
});

Deno.test("an operation holds back the rules on its containers until it has ended", () => {
  const scene = new AlertScene(UNHEALTHY);
  scene.held = () => true;
  scene.watch.changed("nas", fakeContainer("web", { health: "unhealthy" }), 0);
  scene.advance(60_000);
  assertEquals(scene.calls, []);
  scene.held = () => false;
  scene.advance(1000);
  assertEquals(scene.calls, ["fired web: The health check fails"]);
});

Deno.test("a removed container ends its alert at once", () => {
  const scene = new AlertScene(UNHEALTHY);
  scene.watch.changed("nas", fakeContainer("web", { health: "unhealthy" }), 0);
  scene.watch.changed("nas", fakeContainer("web", { state: "removed" }), 0);
  assertEquals(scene.calls, [
    "fired web: The health check fails",
    "recovered web: The container was removed",
  ]);
});

Deno.test("a host that is down sends one alert, and alerts of its containers become unknown", () => {
  const down = fakeRule({ id: "down", when: { kind: "state", state: "host-down" } });
  const scene = new AlertScene(UNHEALTHY, down);
  scene.watch.changed("nas", fakeContainer("web", { health: "unhealthy" }), 0);
  scene.watch.down("nas", "connect ECONNREFUSED");
  scene.advance(600_000);
  assertEquals(scene.calls.slice(1), [
    "unknown web",
    "fired nas: The host cannot be read: connect ECONNREFUSED",
  ]);
});

Deno.test("an alert that is still true after an outage continues, and one that is over recovers", () => {
  const scene = new AlertScene(UNHEALTHY);
  for (const name of ["web", "db"]) {
    scene.watch.changed("nas", fakeContainer(name, { health: "unhealthy" }), 0);
  }
  scene.watch.down("nas", "lost");
  scene.advance(5000);
  scene.calls.length = 0;
  scene.watch.up("nas", [
    fakeContainer("web", { health: "unhealthy" }),
    fakeContainer("db", { health: "healthy" }),
  ], 0);
  scene.advance(61_000);
  assertEquals(scene.calls, ["known web", "known db", "recovered db"]);
});

Deno.test("three restarts within the time are a loop, and three in a longer time are not", () => {
  const loop = fakeRule({ when: { kind: "state", state: "restart-loop" } });
  for (const [pauseMs, fires] of [[20_000, true], [400_000, false]] as const) {
    const scene = new AlertScene(loop);
    for (let restartCount = 0; restartCount <= 3; restartCount++) {
      scene.watch.changed("nas", fakeContainer("web", { restartCount, restarts: true }), 0);
      scene.advance(pauseMs);
    }
    assertEquals(scene.calls.includes("fired web: The container keeps restarting"), fires);
  }
});

Deno.test("a container that runs out of memory fires once, and its exit is not a further failure", () => {
  const oom = fakeRule({ id: "oom", when: { kind: "state", state: "oom" } });
  const scene = new AlertScene(FAILED, oom);
  scene.watch.changed("nas", fakeContainer("web"), 0);
  scene.watch.event("nas", { id: idOf("web"), action: "oom" }, 0);
  scene.watch.changed("nas", ended(scene, { exitCode: 137, outOfMemory: true }), 0);
  scene.advance(5000);
  assertEquals(scene.calls, ["fired web: The container ran out of memory, and the kernel killed a process"]);
});

Deno.test("a container that should run and does not fires, and recovers once it runs", () => {
  const absent = fakeRule({
    when: { kind: "absence" },
    for: "1m",
    match: { host: "nas", container: "backup" },
  });
  const scene = new AlertScene(absent);
  scene.advance(61_000);
  assertEquals(scene.calls, ["fired backup: No matching container is running"]);
  scene.watch.changed("nas", fakeContainer("backup"), 0);
  scene.advance(61_000);
  assertEquals(scene.calls.at(-1), "recovered backup");
});

Deno.test("a container with copied labels does not satisfy a rule about absence unnoticed", () => {
  const absent = fakeRule({ when: { kind: "absence" }, match: { project: "shop", service: "web" } });
  const scene = new AlertScene(absent);
  const place = { project: "shop", service: "web", number: 1 };
  scene.watch.changed("nas", fakeContainer("shop-web-1", place), 0);
  scene.watch.changed("nas", fakeContainer("rogue", place), 0);
  assertEquals(
    scene.calls.at(-1),
    "fired web: No matching container is running",
  );
  assertEquals(
    scene.tracker.find(() => true)[0]?.facts.reason,
    'Containers "shop-web-1" and "rogue" claim the same place in a service',
  );
});

Deno.test("a rule about absence waits while its host cannot be read", () => {
  const absent = fakeRule({ when: { kind: "absence" }, match: { container: "backup" } });
  const scene = new AlertScene();
  scene.watch.down("nas", "lost");
  scene.watch.use([absent]);
  scene.advance(60_000);
  assertEquals(scene.calls, []);
});

Deno.test("20,000 conditions hold at the same time, and further ones are ignored", () => {
  using _log = quietLog();
  const scene = new AlertScene(UNHEALTHY);
  for (let index = 0; index < 20_010; index++) {
    const subject = { hostId: "nas", containerId: `${index}`, name: "web", project: null, service: null };
    scene.tracker.hold(UNHEALTHY, subject, { reason: "" });
  }
  assertEquals(scene.tracker.size, 20_000);
});

Deno.test("a rule applies to the containers that it names only", () => {
  const scene = new AlertScene({ ...UNHEALTHY, match: { host: "n*", label: "team=a" } });
  scene.watch.changed("nas", fakeContainer("web", { health: "unhealthy", labels: "x=1\nteam=a" }), 0);
  scene.watch.changed("nas", fakeContainer("db", { health: "unhealthy", labels: "team=b" }), 0);
  assertEquals(scene.calls, ["fired web: The health check fails"]);
});

Deno.test("alerts about a removed host and its containers end", () => {
  const down = fakeRule({ id: "down", when: { kind: "state", state: "host-down" } });
  const scene = new AlertScene(UNHEALTHY, down);
  scene.watch.changed("nas", fakeContainer("web", { health: "unhealthy" }), 0);
  scene.watch.down("nas", "connect ECONNREFUSED");
  scene.advance(1000);
  scene.calls.length = 0;
  scene.watch.removed("nas");
  assertEquals(scene.calls, ["recovered web: The host was removed", "recovered nas: The host was removed"]);
  assertEquals(scene.tracker.size, 0);
});

Deno.test("a container of a removed host does not satisfy a rule about absence", () => {
  const absent = fakeRule({ when: { kind: "absence" }, match: { container: "backup" } });
  const scene = new AlertScene();
  scene.watch.up("pi", [fakeContainer("backup")], 0);
  scene.watch.use([absent]);
  assertEquals(scene.calls, []);
  scene.watch.removed("pi");
  assertEquals(scene.calls, ["fired backup: No matching container is running"]);
});
