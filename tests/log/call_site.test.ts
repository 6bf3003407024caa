import { placeIn } from "../../server/log/call_site.ts";
import { assertEquals } from "../assert.ts";

Deno.test("finds the place of a call in stacks of every platform, without the frames of the log itself", () => {
  const stack = [
    "Error",
    "    at callSite (file:///x/server/call_site.ts:21:17)",
    "    at emit (file:///cache/npm/registry/@logtape/logtape/2.4.2/dist/logger.js:9:1)",
    "    at Collector.run (file:///x/server/stats/collector.ts:155:9)",
  ].join("\n");
  assertEquals(placeIn(stack), { file: "collector.ts", line: 155 });
  assertEquals(placeIn("Error\n    at file:///C:/Users/me/server/serve.ts:7:3"), {
    file: "serve.ts",
    line: 7,
  });
  assertEquals(placeIn("Error\n    at <anonymous>"), undefined);
});
