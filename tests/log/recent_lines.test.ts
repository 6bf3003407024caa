import { logLines } from "../../server/log/log.ts";
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
