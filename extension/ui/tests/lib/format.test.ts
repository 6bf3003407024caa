import {
  formatAge,
  formatBytes,
  formatBytesOf,
  formatPercent,
  formatShare,
  formatSpan,
  formatTime,
} from "../../src/lib/format.ts";
import { assertEquals } from "../../../../tests/assert.ts";

for (
  const [bytes, text] of [[0, "0 B"], [999, "999 B"], [1000, "0.98 KiB"], [1536, "1.50 KiB"], [
    268_435_456,
    "256 MiB",
  ], [1.5 * 1024 ** 3, "1.50 GiB"]] as const
) {
  Deno.test(`${bytes} bytes are ${text}`, () => assertEquals(formatBytes(bytes), text));
}

Deno.test("formats a share with two digits, and never rounds up to full", () => {
  assertEquals([0, 9.94, 64.9, 99.9, 100].map(formatShare), ["0.0 %", "9.9 %", "64 %", "99 %", "100 %"]);
});

Deno.test("formats an age in its largest unit", () => {
  assertEquals([500, 59_000, 61_000, 7_300_000, 90_000_000].map(formatAge), [
    "0 s",
    "59 s",
    "1 min",
    "2 h",
    "1 d",
  ]);
});

Deno.test("formats percent with three digits at most", () => {
  assertEquals([0, 1.5687, 15.687, 156.87].map(formatPercent), ["0.00 %", "1.57 %", "15.7 %", "157 %"]);
});

Deno.test("formats a duration with its two largest units", () => {
  assertEquals([350, 4000, 125_000, 7_260_000].map(formatSpan), ["350 ms", "4 s", "2 min 5 s", "2 h 1 min"]);
});

Deno.test("adds the date to a time of another day", () => {
  const moment = new Date(2026, 7, 1, 12, 4, 31).getTime();
  assertEquals(formatTime(moment, moment), "12:04:31");
  assertEquals(formatTime(moment, moment + 86_400_000), "2026-08-01 12:04:31");
});

for (
  const [part, whole, text] of [
    [1.5 * 1024 ** 3, 8 * 1024 ** 3, "1.50 of 8.00 GiB"],
    [900 * 1024 ** 2, 8 * 1024 ** 3, "900 MiB of 8.00 GiB"],
    [0, 12, "0 of 12 B"],
  ] as const
) {
  Deno.test(`a part of an amount is "${text}"`, () => assertEquals(formatBytesOf(part, whole), text));
}
