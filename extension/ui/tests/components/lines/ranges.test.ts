import { yesterday } from "../../../src/components/lines/controls/labels.ts";
import { assertEquals } from "../../../../../tests/assert.ts";

Deno.test("yesterday lasts from midnight to midnight by the clock of the view", () => {
  const now = new Date(2026, 2, 1, 9, 30).getTime();
  assertEquals(yesterday(now, "local"), {
    from: new Date(2026, 1, 28).getTime(),
    to: new Date(2026, 2, 1).getTime(),
  });
  assertEquals(yesterday(Date.UTC(2026, 0, 1, 23, 59), "utc"), {
    from: Date.UTC(2025, 11, 31),
    to: Date.UTC(2026, 0, 1),
  });
});
