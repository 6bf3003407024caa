import { callSite, placeIn } from "../../server/log/call_site.ts";
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

const FRAMES: readonly (readonly [what: string, frame: string, file: string | undefined])[] = [
  ["an anonymous function", "    at file:///x/server/serve.ts:7:3", "serve.ts"],
  ["an asynchronous function", "    at async Collector.run (file:///x/collector.ts:7:9)", "collector.ts"],
  ["a path with parentheses", "    at run (file:///x/a (copy)/serve.ts:7:3)", "serve.ts"],
  ["a Windows path", "    at run (C:\\dockstat\\server\\serve.ts:7:3)", "serve.ts"],
  ["a carriage return at its end", "    at run (file:///x/serve.ts:7:3)\r", "serve.ts"],
  ["a JavaScript module", "    at run (file:///x/bundle.js:7:3)", "bundle.js"],
  ["a component", "    at run (file:///x/table.tsx:7:3)", "table.tsx"],
  ["a file whose name ends like the log's", "    at run (file:///x/server/catalog.ts:7:3)", "catalog.ts"],
  ["the log itself", "    at run (file:///x/server/log/log.ts:7:3)", undefined],
  ["native code", "    at Array.map (<anonymous>)", undefined],
  ["no column", "    at run (file:///x/serve.ts:7)", undefined],
];

for (const [what, frame, file] of FRAMES) {
  Deno.test(`finds ${file ?? "no place"} in a frame with ${what}`, () => {
    const expected = file === undefined ? undefined : { file, line: 7 };
    assertEquals(placeIn(`Error\n    at native\n${frame}`), expected);
  });
}

Deno.test("reads no place from the message of a stack", () => {
  assertEquals(placeIn("Error: at run (file:///x/forged.ts:1:1)"), undefined);
  assertEquals(placeIn(""), undefined);
});

Deno.test("finds its caller, and keeps the depth of other stacks", () => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 3;
  try {
    assertEquals([callSite()?.file, Error.stackTraceLimit], ["call_site.test.ts", 3]);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
});
