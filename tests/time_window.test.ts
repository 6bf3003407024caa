import { assertEquals } from "./assert.ts";
import { isWithin } from "../server/time_window.ts";

const NIGHT = { from: "22:00", to: "07:00", zone: "Europe/Berlin" };

/** Counts the quiet minutes of the 24, 23 or 25 hours between two times. */
function quietMinutes(quiet: typeof NIGHT, from: string, to: string): number {
  let count = 0;
  for (let at = Date.parse(from); at < Date.parse(to); at += 60_000) if (isWithin(quiet, at)) count++;
  return count;
}

for (
  const [what, from, to, minutes] of [
    ["24", "2026-06-01T00:00:00+02:00", "2026-06-02T00:00:00+02:00", 9 * 60],
    ["23", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", 8 * 60],
    ["25", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 10 * 60],
  ] as const
) {
  Deno.test(`quiet hours follow the local clock on a day of ${what} hours`, () => {
    assertEquals(quietMinutes(NIGHT, from, to), minutes);
  });
}

Deno.test("the begin is quiet and the end is not", () => {
  assertEquals(isWithin(NIGHT, Date.parse("2026-06-01T22:00:00+02:00")), true);
  assertEquals(isWithin(NIGHT, Date.parse("2026-06-01T21:59:59+02:00")), false);
  assertEquals(isWithin(NIGHT, Date.parse("2026-06-02T07:00:00+02:00")), false);
});

Deno.test("hours within a day are quiet as well", () => {
  const noon = { from: "12:00", to: "13:00", zone: "UTC" };
  assertEquals(isWithin(noon, Date.parse("2026-06-01T12:30:00Z")), true);
  assertEquals(isWithin(noon, Date.parse("2026-06-01T13:00:00Z")), false);
});

for (
  const [what, from, to, minutes] of [
    ["23 hours that has no such hour", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", 0],
    ["25 hours that has the hour twice", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 120],
  ] as const
) {
  Deno.test(`a window of one hour follows the local clock on a day of ${what}`, () => {
    const window = { from: "02:00", to: "03:00", zone: "Europe/Berlin" };
    assertEquals(quietMinutes(window, from, to), minutes);
  });
}
