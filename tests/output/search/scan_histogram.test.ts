import { formatMoment } from "../../../server/moment.ts";
import { levelOf } from "../../../server/output/filter/level.ts";
import { ScanHistogram } from "../../../server/output/search/scan_histogram.ts";
import { assertEquals } from "../../assert.ts";

const SIGNAL = new AbortController().signal;
/** 2026-08-01T12:00:00Z. */
const START = 1_785_585_600_000_000_000n;

function at(second: number, message = "INFO started") {
  return {
    timestamp: formatMoment(START + BigInt(second) * 1_000_000_000n),
    message,
    stream: "stdout",
  } as const;
}

async function barsOf(bars: number, ...lines: readonly ReturnType<typeof at>[]) {
  const histogram = new ScanHistogram(bars);
  await histogram.addAll(lines, SIGNAL);
  return histogram;
}

Deno.test("counts lines by the second while there is room", async () => {
  const histogram = await barsOf(10, at(0), at(0), at(3));
  assertEquals(histogram.take(), [
    { from: "2026-08-01T12:00:00.000Z", to: "2026-08-01T12:00:01.000Z", lines: 2, errors: 0, found: 0 },
    { from: "2026-08-01T12:00:03.000Z", to: "2026-08-01T12:00:04.000Z", lines: 1, errors: 0, found: 0 },
  ]);
});

Deno.test("widens the bars for a longer time, and keeps all counts", async () => {
  const lines = Array.from({ length: 5000 }, (_, second) => at(second * 7));
  const bars = (await barsOf(60, ...lines)).take();
  assertEquals(bars.reduce((sum, { lines }) => sum + lines, 0), 5000);
  assertEquals(bars.length <= 60, true);
});

Deno.test("widens the bars for an earlier line", async () => {
  const bars = (await barsOf(4, at(100), at(-100))).take();
  assertEquals(bars.map(({ lines }) => lines), [1, 1]);
});

Deno.test("counts lines that were found", async () => {
  const histogram = await barsOf(10, at(0), at(1));
  histogram.addFound(at(1).timestamp);
  assertEquals(histogram.take().map(({ found }) => found), [0, 1]);
});

Deno.test("leaves out lines without a time", async () => {
  assertEquals((await barsOf(4, { ...at(0), timestamp: "" })).take(), []);
});

for (
  const message of [
    "ERROR [db] refused",
    "EROR typo",
    '{"level":50,"msg":"x"}',
    '{"level": "60"}',
    '{"severity":"SEVERE"}',
    '{"level":3,"msg":"syslog"}',
    "<3>kernel",
    "E1125 20:58:48.015000       1 main.go:12] message",
    "F, [2026-11-25T20:58:48 #1] FATAL -- : message",
    "\x1b[31mE1125 20:58:48.015000       1 main.go:12] message",
    "level=crit msg=x",
    "[ftl] gone",
    "[12:00:01 EMERG] x",
    "Traceback (most recent call last):",
    "panic: runtime error",
    "Unhandled exception. System.Exception: x",
    "npm ERR! code",
  ]
) {
  Deno.test(`counts ${JSON.stringify(message)} as an error`, async () => {
    const level = levelOf(message);
    assertEquals(level === "error" || level === "fatal", true, `${level}`);
    assertEquals((await barsOf(4, at(0, message))).take()[0]?.errors, 1);
  });
}

Deno.test("does not count a line that reports 0 errors", async () => {
  assertEquals((await barsOf(4, at(0, "INFO 0 errors"))).take()[0]?.errors, 0);
});
