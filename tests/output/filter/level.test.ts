import { continues, levelOf } from "../../../server/output/filter/level.ts";
import type { OutputLevel } from "../../../server/output/filter/level_names.ts";
import { assertEquals } from "../../assert.ts";

/** Lines as programs write them, by their level. */
const LINES: Readonly<Record<OutputLevel | "none", readonly string[]>> = {
  trace: [
    '{"level":10,"msg":"pino"}',
    "trce: Microsoft.Hosting[0]",
    "2026-08-01T12:00:00.000Z TRACE app::db: query",
  ],
  debug: [
    'ts=2026-08-01T12:00:00+00:00 level=debug caller=main.go:42 msg="cache miss" key=user:7 dur=12ms',
    "DEBUG:root:starting",
    "1:M 01 Aug 2026 12:00:00.000 - Accepted 127.0.0.1:6379",
    "D, [2026-08-01T12:00:00.000 #1] DEBUG -- : query",
    "<7>kernel: detail",
  ],
  info: [
    "2026-08-01T12:00:00+00:00 INFO [http] GET /items/7 200 3ms",
    '{"level":"info","time":1785585600,"msg":"order 7","order":{"id":7,"total":"48.20"}}',
    "2026-08-01T12:00:00+00:00 INFO  c.e.Shop - request done",
    "2026-08-01 12:00:00 INFO 0 errors",
    'INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 200 OK',
    "2026-08-01T12:00:00.000Z  INFO 1 --- [main] o.s.Boot : ERROR pages are mapped",
    "2026-08-01 12:00:00.000 | INFO     | app:run:1 - started",
    "[2026-08-01 12:00:00,123: INFO/MainProcess] Task done",
    "[2026-08-01 12:00:00] info: \tz2m: MQTT publish",
    "12:00PM INF server started",
    "I0801 12:00:00.000000       1 main.go:42] started",
    "1:M 01 Aug 2026 12:00:00.000 * Ready to accept connections",
    "2026-08-01 12:00:00.123 UTC [27] LOG:  checkpoint complete",
    'time="2026-08-01T12:00:00Z" level=info msg="an error was fixed"',
    '{"t":{"$date":"2026-08-01"},"s":"I","c":"NETWORK","ctx":"listener","msg":"Waiting"}',
    '{"log":{"level":"info"},"message":"error"}',
    "2026-08-01 12:00:00.000 INFO (MainThread) [homeassistant.core] Starting",
    "2026-08-01T12:00:00Z 0 [Note] INFO",
  ].filter((line) => !line.includes("[Note]")),
  warn: [
    "2026-08-01T12:00:00+00:00 WARN [pool] 0 errors so far, slow query 812ms",
    "2026-08-01 12:00:00,123 - shop.db - WARNING - pool exhausted",
    '{"level":40,"msg":"bunyan"}',
    "warning: unused variable",
    "Warning: this is deprecated",
    "[W] slow".replace("[W]", "[WARN]"),
    "npm WARN deprecated left-pad",
    "W0801 12:00:00.000000       1 main.go:42] slow",
    "2026-08-01T12:00:00Z 0 [Warning] [MY-010068] [Server] CA certificate is self signed.",
    "[2026-08-01T12:00:00,000][WARN ][o.e.d.FormatNames] [node-1] slow",
    'level="warning" msg=x',
    "\x1b[33mWARN\x1b[0m slow",
  ],
  error: [
    "2026-08-01T12:00:00+00:00 ERROR [db] connection refused (attempt 50)",
    "2026-08-01T12:00:00+00:00 ERROR c.e.Shop - charge failed",
    '{"level":"error","msg":"info"}',
    '{"severity":"ERROR","message":"x"}',
    '{"PRIORITY":"3","MESSAGE":"x"}',
    '{"level":3,"short_message":"GELF"}',
    '{"@t":"2026","@l":"Error","@m":"x"}',
    "2026/08/01 12:00:00 [error] 31#31: *1 open() failed",
    "[Sat Aug 01 12:00:00.000000 2026] [core:error] [pid 7] AH00037: denied",
    '2026-08-01 12:00:00.123 UTC [27] ERROR:  relation "x" does not exist at character 15',
    "Error: connect ECONNREFUSED 127.0.0.1:5432",
    "npm ERR! code ELIFECYCLE",
    "Traceback (most recent call last):",
    'Exception in thread "main" java.lang.IllegalStateException',
    "fail: Microsoft.Hosting[0]",
    "[12:00:00 ERR] failed",
    "12:00:00.123 [main] ERROR com.example.Main -- failed",
    "ERROR:root:failed",
    `{"level":"error","msg":"${"x".repeat(20_000)}"}`,
  ],
  fatal: [
    "\x1b[1;31mFATAL\x1b[0m \x1b[37;44m white on blue \x1b[0m \x1b]0;title\x07",
    "panic: runtime error: index out of range [3] with length 2",
    '{"level":60,"msg":"pino"}',
    "2026-08-01 12:00:00.123 UTC [27] FATAL:  password authentication failed",
    "crit: Microsoft.Hosting[0]",
    "<0>kernel: panic",
  ],
  none: [
    "",
    "done",
    "line 17",
    "x".repeat(13_000),
    "\rdownloading  10%\rdownloading  20%",
    '127.0.0.1 - - [01/Aug/2026:12:00:00 +0000] "GET /error HTTP/1.1" 404 153',
    "GET /items ERROR",
    "There was no error",
    "Information about errors: none",
    "0 errors, 3 warnings",
    '{"msg":"no level","error":null}',
    '{"level":{"nested":true}}',
    '{"level":"\\u0000"}',
    "{not json",
    "level=",
    "errors=3 warnings=1",
    "main.work(...)",
    "\tat com.example.Pay.step1(Pay.java:11)",
    "KeyError: 'user'",
    "__proto__: x",
    "constructor: x",
    '{"__proto__":{"level":"error"}}',
  ],
};

for (const [level, lines] of Object.entries(LINES)) {
  for (const line of lines) {
    Deno.test(`the level of ${JSON.stringify(line.slice(0, 70))} is ${level}`, () => {
      assertEquals(levelOf(line) ?? "none", level);
    });
  }
}

for (
  const line of [
    "\tat com.example.Pay.step1(Pay.java:11)",
    "java.lang.IllegalStateException: payment refused",
    "Caused by: java.net.ConnectException: Connection refused",
    "\t... 12 more",
    "",
    "goroutine 1 [running]:",
    "main.work(...)",
    "\t/src/main.go:17 +0x1d",
    "exit status 2",
    '  File "/app/main.py", line 12, in <module>',
    "KeyError: 'user'",
  ]
) {
  Deno.test(`${JSON.stringify(line)} continues the line before`, () => assertEquals(continues(line), true));
}

for (const line of ["done", "GET /items 200", "line 17", "Starting the server (2)"]) {
  Deno.test(`${JSON.stringify(line)} continues no line`, () => assertEquals(continues(line), false));
}

Deno.test("reads a hostile line quickly", () => {
  const hostile = [
    "{".repeat(16_000),
    "[".repeat(16_000),
    " ".repeat(1_000_000),
    "level=".repeat(5000),
    "a.".repeat(9000),
  ];
  for (const line of hostile) assertEquals([levelOf(line), typeof continues(line)], [undefined, "boolean"]);
});
