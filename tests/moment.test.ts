import { formatMoment, momentOf, parseMoment, toUnixSeconds } from "../server/moment.ts";
import { assertEquals } from "./assert.ts";

for (
  const [text, utc] of [
    ["2026-08-01T12:00:00.123456789Z", "2026-08-01T12:00:00.123456789Z"],
    ["2026-08-01T12:00:00Z", "2026-08-01T12:00:00.000000000Z"],
    ["2026-08-01T12:00Z", "2026-08-01T12:00:00.000000000Z"],
    ["2026-08-01 12:00:00.5z", "2026-08-01T12:00:00.500000000Z"],
    ["2026-08-01T14:00:00.000000001+02:00", "2026-08-01T12:00:00.000000001Z"],
    ["2026-08-01T00:30:00-01:30", "2026-08-01T02:00:00.000000000Z"],
    ["2026-08-01T12:00:00.1234567891234Z", "2026-08-01T12:00:00.123456789Z"],
    ["1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z"],
  ] as const
) {
  Deno.test(`"${text}" is ${utc}`, () => assertEquals(formatMoment(parseMoment(text)!), utc));
}

for (
  const text of ["", "yesterday", "2026-08-01", "12:00:00Z", "2026-13-01T12:00:00Z", "2026-08-01T12:00:00Zx"]
) {
  Deno.test(`refuses "${text}" as a moment`, () => assertEquals(parseMoment(text), undefined));
}

Deno.test("a time without a zone is local", () => {
  assertEquals(parseMoment("2026-08-01T12:00:00"), momentOf(Date.parse("2026-08-01T12:00:00")));
});

for (
  const [ns, seconds] of [
    [1_785_585_600_123_456_789n, "1785585600.123456789"],
    [1n, "0.000000001"],
    [-5n, "0.000000000"],
    [momentOf(1500.7), "1.500000000"],
  ] as const
) {
  Deno.test(`${ns} ns are ${seconds} Unix seconds`, () => assertEquals(toUnixSeconds(ns), seconds));
}
