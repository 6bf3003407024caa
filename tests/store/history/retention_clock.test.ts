import { RetentionClock } from "../../../server/store/history/retention_clock.ts";
import { assertEquals } from "../../assert.ts";

const NOW = Date.parse("2026-08-01T12:00:00Z");
const HOUR = 3_600_000;

Deno.test("the clock follows the system's clock", () => {
  const clock = new RetentionClock(undefined, NOW, 0);
  assertEquals(clock.tick(NOW + 5000, 5000), NOW + 5000);
});

Deno.test("a jump forward moves it by no more than the time that has passed, twice", () => {
  const clock = new RetentionClock(NOW, NOW, 0);
  assertEquals(clock.tick(Date.parse("9999-01-01T00:00:00Z"), 10_000), NOW + 20_000);
});

Deno.test("after a jump backward it shows the system's time", () => {
  const clock = new RetentionClock(NOW, NOW, 0);
  assertEquals(clock.tick(NOW - HOUR, 1000), NOW - HOUR);
});

Deno.test("after an hour without DockStat it has caught up an hour later", () => {
  const clock = new RetentionClock(NOW - HOUR, NOW, 0);
  assertEquals(clock.tick(NOW, 0), NOW - HOUR);
  assertEquals(clock.tick(NOW + HOUR, HOUR), NOW + HOUR);
});
