import { assertEquals } from "../../assert.ts";
import { fakeContainer } from "../../fakes/container.ts";
import { quietLog } from "../../fakes/quiet_log.ts";
import { fakeRule } from "../rules.ts";
import { AlertScene } from "./scene.ts";

const UNHEALTHY = fakeRule({ id: "unhealthy", when: { kind: "state", state: "unhealthy" } });

Deno.test("a rule whose check fails stops neither other rules nor later checks", () => {
  using _log = quietLog();
  const scene = new AlertScene(UNHEALTHY);
  scene.held = ({ name }) => {
    if (name === "broken") throw new Error("broken");
    return false;
  };
  scene.watch.changed("nas", fakeContainer("broken", { health: "unhealthy" }), 0);
  scene.watch.changed("nas", fakeContainer("web", { health: "unhealthy" }), 0);
  assertEquals(scene.calls.map((call) => call.split(":")[0]), ["fired web"]);
  scene.held = () => false;
  scene.advance(61_000);
  assertEquals(scene.calls.map((call) => call.split(":")[0]), ["fired web", "fired broken"]);
});

Deno.test("a condition without a hold time that an operation holds back is not due until its end", () => {
  const scene = new AlertScene(UNHEALTHY);
  scene.held = () => true;
  scene.watch.changed("nas", fakeContainer("web", { health: "unhealthy" }), 0);
  scene.advance(10_000);
  assertEquals([scene.calls, scene.tracker.dueMs()], [[], Infinity]);
  scene.held = () => false;
  scene.advance(1000);
  assertEquals(scene.calls.length, 1);
});

Deno.test("a condition that was held back fires although no operation is left at the next check", () => {
  const scene = new AlertScene(UNHEALTHY);
  scene.held = () => true;
  scene.watch.changed("nas", fakeContainer("web", { health: "unhealthy" }), 0);
  scene.busy = false;
  scene.advance(1000);
  assertEquals(scene.calls.length, 1);
});

Deno.test("a hold time that ends before all others is announced", () => {
  const scene = new AlertScene({ ...UNHEALTHY, for: "30s" });
  const due: number[] = [];
  scene.tracker.onSooner = () => due.push(scene.tracker.dueMs());
  scene.watch.changed("nas", fakeContainer("web", { health: "unhealthy" }), 0);
  scene.clock.advance(1000);
  scene.watch.changed("nas", fakeContainer("db", { health: "unhealthy" }), 0);
  assertEquals(due, [30_000]);
});
