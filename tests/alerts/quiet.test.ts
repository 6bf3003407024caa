import { assertEquals } from "../assert.ts";
import { isQuiet } from "../../server/alerts/quiet.ts";

const NIGHT = { from: "22:00", to: "07:00", zone: "Europe/Berlin" };

/** Counts the quiet minutes of the 24, 23 or 25 hours between two times. */
function quietMinutes(quiet: typeof NIGHT, from: string, to: string): number {
  let count = 0;
  for (let at = Date.parse(from); at < Date.parse(to); at += 60_000) if (isQuiet(quiet, at)) count++;
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
  assertEquals(isQuiet(NIGHT, Date.parse("2026-06-01T22:00:00+02:00")), true);
  assertEquals(isQuiet(NIGHT, Date.parse("2026-06-01T21:59:59+02:00")), false);
  assertEquals(isQuiet(NIGHT, Date.parse("2026-06-02T07:00:00+02:00")), false);
});

Deno.test("hours within a day are quiet as well", () => {
  const noon = { from: "12:00", to: "13:00", zone: "UTC" };
  assertEquals(isQuiet(noon, Date.parse("2026-06-01T12:30:00Z")), true);
  assertEquals(isQuiet(noon, Date.parse("2026-06-01T13:00:00Z")), false);
});
