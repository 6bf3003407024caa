import { lineLevel } from "../../../src/lib/lines/line_level.ts";
import { plainText } from "../../../src/lib/plain_text.ts";
import { assertEquals } from "../../../../../tests/assert.ts";

for (
  const [line, expected] of [
    // Plain text.
    ["2026-11-25T20:58:48+00:00 ERROR [db] connection refused (attempt 50)", "error"],
    ["2026-11-25T20:58:48+00:00 WARN [pool] 0 errors so far, slow query 812ms", "warning"],
    ["2026-11-25T20:58:48+00:00 INFO [http] GET /items/1 200 3ms", "info"],
    ["2026-11-25T20:58:48+00:00 INFO  c.e.Shop - request done", "info"],
    [
      "2026-11-25 21:16:36.000 ERROR 1 --- [nio-8080-exec-8] c.e.shop.OrderController : Order 7378 failed",
      "error",
    ],
    ["12:00:00.000 [main] ERROR c.e.Foo - failed", "error"],
    ["2026-11-25 20:58:48,015 - app.db - WARNING - pool is small", "warning"],
    ["2026/11/25 12:00:00 [error] 31#31: *1 open() failed", "error"],
    ["[2026-11-25 12:00:00 +0000] [1] [INFO] Starting gunicorn 22.0", "info"],
    ["[2026-11-25 12:00:00,015: WARNING/MainProcess] celery@1 ready", "warning"],
    ['2026-11-25 12:00:00.000 UTC [1] ERROR:  relation "x" does not exist', "error"],
    ["2026-11-25 12:00:00.000 UTC [1] LOG:  database system is ready", "info"],
    ["2026-11-25T12:00:00.000000Z 0 [ERROR] [MY-010119] [Server] Aborting", "error"],
    ["[12:00:01 ERR] Request failed", "error"],
    ["12:00PM INF starting", "info"],
    ["1:M 25 Nov 2026 20:58:48.015 # Warning: no config", "warning"],
    ["E1125 20:58:48.015000       1 main.go:12] failed", "error"],
    ["<11>Nov 25 20:58:48 app: failed", "error"],
    ["fail: Microsoft.Hosting[0]", "error"],
    ["warn: no such option", "warning"],
    ["npm ERR! missing script: start", "error"],
    ["WARNING: unused variable", "warning"],
    ["ERROR:root:failed", "error"],
    ["Nov 25 20:58:48 host app[12]: started", undefined],
    ["\x1b[1;31mFATAL\x1b[0m \x1b[37;44m white on blue \x1b[0m", "fatal"],
    ["\x1b[32mINFO\x1b[0m ready", "info"],
    ["web-1  | 2026-11-25 DEBUG cache: miss", "debug"],
    // Words of a message are not levels.
    ["GET /errors 200", undefined],
    ["0 errors, 2 warnings", undefined],
    ["Error rate is 0.1 %", undefined],
    ["no error here", undefined],
    ["TRACE / HTTP/1.1", undefined],
    ["the INFO command", undefined],
    ["information about fatal attraction", undefined],
    ["ERROR=1 is set", undefined],
    ["[errors] none", undefined],
    ["INFO 3 errors, 1 FATAL", "info"],
    ["", undefined],
    // JSON.
    ['{"level":"error","time":1,"msg":"order 20"}', "error"],
    ['{"level":30,"msg":"pino"}', "info"],
    ['{"level":50,"msg":"pino"}', "error"],
    ['{"severity":"WARNING","message":"cloud"}', "warning"],
    ['{"log":{"level":"debug"},"message":"ecs"}', "debug"],
    ['{"log.level":"info","message":"ecs"}', "info"],
    ['{"@t":"2026-11-25","@l":"Warning","@m":"serilog"}', "warning"],
    ['{"version":"1.1","short_message":"gelf","level":3}', "error"],
    ['{"t":{"$date":"2026-11-25"},"s":"I","c":"NETWORK","msg":"mongo"}', "info"],
    ['{"msg":"ERROR in the message","level":"info"}', "info"],
    ['{"game":{"level":"error"}}', undefined],
    ['{"__proto__":{"level":"error"},"constructor":"x"}', undefined],
    ['{"level":3}', undefined],
    // logfmt.
    ['ts=2026-11-25T20:58:48 level=warn caller=main.go:42 msg="cache miss"', "warning"],
    ['time="2026-11-25T20:58:48Z" level=error msg="boom"', "error"],
    ["level=debug", "debug"],
    ['msg="level=error" level=info', "info"],
    ["the option level=error is set", undefined],
  ] as const
) {
  Deno.test(`the level of ${JSON.stringify(line)} is ${expected ?? "unknown"}`, () => {
    assertEquals(lineLevel(plainText(line)), expected);
  });
}

for (
  const [what, line] of [
    ["quotes", 'level="a\\'.repeat(200_000)],
    ["open brackets", "[".repeat(1_000_000)],
    ["digits", "1".repeat(1_000_000)],
    ["pairs", "a=b ".repeat(250_000)],
    ["braces", "{".repeat(1_000_000)],
    ["spaces", " ".repeat(1_000_000)],
  ] as const
) {
  // A search in quadratic time would take minutes.
  Deno.test(`a line of 1 MB of ${what} has no level`, () => assertEquals(lineLevel(line), undefined));
}
