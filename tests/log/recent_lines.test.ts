import { logLines } from "../../server/log/log.ts";
import { LogLines } from "../../server/log/recent_lines.ts";
import type { LevelName, LogMessage } from "../../server/protocol/log.ts";
import { assert, assertEquals } from "../assert.ts";

Deno.test("a slow reader loses the oldest lines and gets their number", () => {
  const stop = new AbortController();
  const line = (message: string) => ({ level: "INFO", timestamp: "", message, file: "", line: 1 } as const);
  const before = logLines.dropped;
  const reader = logLines.subscribe(stop.signal, (dropped) => line(`${dropped} dropped`));
  for (let n = 0; n < 10_000; n++) logLines.add(line(String(n)));
  const taken = reader.take();
  stop.abort();
  assertEquals([taken.length, taken[0]?.message, taken[1]?.message, taken.at(-1)?.message], [
    2001,
    "8000 dropped",
    "8000",
    "9999",
  ]);
  assertEquals(logLines.dropped - before, 8000);
  assert(logLines.tail(100_000, "DEBUG").length <= 2000);
});

const LEVELS: readonly LevelName[] = ["DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/** Creates a line whose message is its number. */
function numbered(n: number, level: LevelName = "INFO"): LogMessage {
  return { level, timestamp: "", message: String(n), file: "", line: 1 };
}

function filled(count: number, capacity: number): LogLines {
  const lines = new LogLines(capacity);
  for (let n = 0; n < count; n++) lines.add(numbered(n));
  return lines;
}

for (
  const [count, asked, first, length] of [
    [0, 5, undefined, 0],
    [5, 0, undefined, 0],
    [9, 100, "0", 9],
    [10, 100, "0", 10],
    [11, 100, "1", 10],
    [19, 100, "9", 10],
    [20, 100, "10", 10],
    [21, 100, "11", 10],
    [1000, 3, "997", 3],
  ] as const
) {
  Deno.test(`a tail of ${asked} of ${count} lines has ${length} lines, with a capacity of 10`, () => {
    const tail = filled(count, 10).tail(asked, "DEBUG");
    assertEquals([tail[0]?.message, tail.length], [first, length]);
  });
}

for (const [index, least] of LEVELS.entries()) {
  Deno.test(`a tail from ${least} has no lower level`, () => {
    const lines = new LogLines(10);
    for (const [n, level] of LEVELS.entries()) lines.add(numbered(n, level));
    assertEquals(lines.tail(10, least).map(({ level }) => level), LEVELS.slice(index));
  });
}

Deno.test("a tail counts only lines of the requested level", () => {
  const lines = new LogLines(10);
  for (let n = 0; n < 6; n++) lines.add(numbered(n, n % 2 === 0 ? "ERROR" : "DEBUG"));
  assertEquals(lines.tail(2, "ERROR").map(({ message }) => message), ["2", "4"]);
});

Deno.test("a tail stays the same when lines are added later", () => {
  const lines = filled(3, 10);
  const tail = lines.tail(10, "DEBUG");
  for (let n = 3; n < 40; n++) lines.add(numbered(n));
  assertEquals(tail.map(({ message }) => message), ["0", "1", "2"]);
});

Deno.test("each subscriber gets every line after its subscription, until it aborts", () => {
  const lines = filled(3, 10);
  const [early, late] = [new AbortController(), new AbortController()];
  const first = lines.subscribe(early.signal, numbered);
  lines.add(numbered(3));
  const second = lines.subscribe(late.signal, numbered);
  lines.add(numbered(4));
  early.abort();
  lines.add(numbered(5));
  late.abort();
  assertEquals([first, second].map((one) => one.take().map(({ message }) => message)), [
    ["3", "4"],
    ["4", "5"],
  ]);
  assertEquals(lines.dropped, 0);
});
