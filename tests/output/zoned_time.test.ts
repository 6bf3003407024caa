import { assertEquals } from "../assert.ts";
import { timeInZone } from "../../server/output/zoned_time.ts";

for (
  const [zone, timestamp, expected] of [
    ["UTC", "2026-08-01T12:00:00.123456789Z", "2026-08-01T12:00:00.123456789Z"],
    ["Europe/Berlin", "2026-08-01T12:00:00.123456789Z", "2026-08-01T14:00:00.123456789+02:00"],
    ["Europe/Berlin", "2026-12-31T23:30:00.5Z", "2027-01-01T00:30:00.5+01:00"],
    ["America/St_Johns", "2026-01-15T01:00:00Z", "2026-01-14T21:30:00-03:30"],
    ["Asia/Kathmandu", "2026-01-15T01:00:00.000000001Z", "2026-01-15T06:45:00.000000001+05:45"],
    ["Europe/Berlin", "", ""],
    ["Europe/Berlin", "no time", "no time"],
  ] as const
) {
  Deno.test(`"${timestamp}" in ${zone} is "${expected}"`, () => {
    assertEquals(timeInZone(zone)?.(timestamp), expected);
  });
}

Deno.test("follows a change of summer time between two lines", () => {
  const inBerlin = timeInZone("Europe/Berlin")!;
  assertEquals(
    ["2026-10-25T00:59:59.9Z", "2026-10-25T00:59:59.95Z", "2026-10-25T01:00:00.0Z"].map(inBerlin),
    ["2026-10-25T02:59:59.9+02:00", "2026-10-25T02:59:59.95+02:00", "2026-10-25T02:00:00.0+01:00"],
  );
});

for (const zone of ["", "Mars/Base", "+02:00", "../etc/passwd", "Europe/Berlin\n", "A".repeat(100_000)]) {
  Deno.test(`"${zone.slice(0, 20)}" is not a time zone`, () => assertEquals(timeInZone(zone), undefined));
}
