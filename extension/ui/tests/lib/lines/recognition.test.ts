/** Recognition of levels and traces in the merged output of services of many kinds, as the engine delivers it. */
import { EntryBuilder } from "../../../src/lib/lines/entry_builder.ts";
import type { Entry, LineText } from "../../../src/lib/lines/line.ts";
import { terminalText } from "../../../src/lib/plain_text.ts";
import { assertEquals } from "../../../../../tests/assert.ts";

const TIME = "2026-08-01T12:00:00+00:00";
const JAVA = [
  `${TIME} ERROR c.e.Shop - charge failed`,
  "java.lang.IllegalStateException: payment refused",
  ...Array.from({ length: 8 }, (_, index) => `\tat com.example.Pay.step${index}(Pay.java:${index})`),
  "Caused by: java.net.ConnectException: Connection refused",
  "\t... 12 more",
];
const GO = [
  "panic: runtime error: index out of range [3] with length 2",
  "",
  "goroutine 1 [running]:",
  "main.work(...)",
  "\t/src/main.go:17 +0x1d",
  "exit status 2",
];
const PYTHON = [
  "Traceback (most recent call last):",
  '  File "/app/main.py", line 12, in <module>',
  "    main()",
  "KeyError: 'user'",
];

/** Lines of each service, the level of its entries, and whether they are stderr. */
const SERVICES = {
  info: { lines: [`${TIME} INFO [http] GET /items/1 200 3ms`], level: "info", stream: "stdout" },
  warn: {
    lines: [`${TIME} WARN [pool] 0 errors so far, slow query 812ms`],
    level: "warning",
    stream: "stdout",
  },
  error: { lines: [`${TIME} ERROR [db] connection refused`], level: "error", stream: "stdout" },
  json: { lines: ['{"level":"error","time":1785585600,"msg":"order 1"}'], level: "error", stream: "stdout" },
  logfmt: { lines: [`ts=${TIME} level=debug msg="cache miss" dur=12ms`], level: "debug", stream: "stdout" },
  ansi: {
    lines: ["\x1b[1;31mFATAL\x1b[0m \x1b[37;44m white on blue \x1b[0m\x1b]0;title\x07"],
    level: "fatal",
    stream: "stdout",
  },
  progress: { lines: ["\rdownloading   0%\rdownloading 100%"], level: undefined, stream: "stdout" },
  wide: { lines: ["x".repeat(13_000)], level: undefined, stream: "stdout" },
  words: { lines: ["no error and no warning, only information"], level: undefined, stream: "stdout" },
  java: { lines: JAVA, level: "error", stream: "stderr" },
  go: { lines: GO, level: "fatal", stream: "stderr" },
  python: { lines: PYTHON, level: "error", stream: "stderr" },
} as const;

/** Writes one entry of each service per round. Their lines alternate, 1 ms apart. */
function written(rounds: number): readonly Entry[] {
  const builder = new EntryBuilder();
  let id = 0;
  const longest = Math.max(...Object.values(SERVICES).map(({ lines }) => lines.length));
  for (let round = 0; round < rounds; round++) {
    for (let row = 0; row < longest; row++) {
      for (const [source, { lines, stream }] of Object.entries(SERVICES)) {
        const text = lines[row];
        if (text === undefined) continue;
        const timestamp = new Date(Date.UTC(2026, 7, 1, 12, 0, round * 2) + row).toISOString();
        const line: LineText = { timestamp, ...terminalText(text), stream, source };
        builder.add({ ...line, id: id++ });
      }
    }
  }
  return builder.entries;
}

for (const [source, { lines, level }] of Object.entries(SERVICES)) {
  Deno.test(`recognizes each entry of ${source} among the lines of the other services`, () => {
    const found = written(50).filter(({ head }) => head.source === source);
    const wrong = found.filter((entry) => entry.level !== level || entry.rest.length !== lines.length - 1);
    assertEquals([found.length, wrong.length], [50, 0]);
  });
}
