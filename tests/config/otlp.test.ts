import { assert, assertEquals, assertRejects } from "../assert.ts";
import { parseConfigFile } from "../../server/config/config_file.ts";
import { toOtlp } from "../../server/config/otlp.ts";
import { AppError } from "../../server/errors.ts";

async function parse(lines: string) {
  return toOtlp((await parseConfigFile(`otlp:\n${lines}`, "f.yaml")).otlp);
}

Deno.test("reads the receiver, its headers and the interval", async () => {
  const text = '  url: https://otel.example.org/in\n  headers: { x-key: "env:OTEL_KEY" }\n  every: 30s\n';
  assertEquals(await parse(text), {
    url: "https://otel.example.org/in",
    headers: { "x-key": "env:OTEL_KEY" },
    everyMs: 30_000,
  });
});

Deno.test("a receiver without a path gets the usual one, every minute, without headers", async () => {
  const expected = { url: "http://10.0.0.5:4318/v1/metrics", headers: {}, everyMs: 60_000 };
  assertEquals(await parse("  url: http://10.0.0.5:4318\n"), expected);
});

Deno.test("exports nothing by default", () => assertEquals(toOtlp(undefined), undefined));

const REFUSED: readonly (readonly [lines: string, position: string, expected: string])[] = [
  ["  every: 30s\n", "1:1", "missing, but required here"],
  ["  url: ftp://otel.example.org\n", "2:3", "expected the address of a receiver"],
  ["  url: https://user:secret@otel.example.org/\n", "2:3", "without user name"],
  ["  url: https://otel.example.org/?api-key=x\n", "2:3", "without user name, query"],
  ["  url: https://otel.example.org/#x\n", "2:3", "or fragment"],
  ["  url: http://a\n  every: 1s\n", "3:3", 'found "1s": expected a duration from 10s to 1h'],
  ["  url: http://a\n  every: 2h\n", "3:3", "a duration from 10s to 1h"],
  ["  url: http://a\n  headers: { x-key: secret }\n", "3:14", 'expected "env:NAME" or "file:PATH"'],
  ["  url: http://a\n  headers: { x-key: 7 }\n", "3:14", 'expected "env:NAME" or "file:PATH"'],
  ["  url: http://a\n  headers: [x]\n", "3:3", "headers by name"],
  ['  url: http://a\n  headers: { Host: "env:A" }\n', "3:", "a header that DockStat does not set"],
  ['  url: http://a\n  headers: { "a b": "env:A" }\n', "3:", "the name of a header"],
  ['  url: http://a\n  headers: { "a\\r\\nb": "env:A" }\n', "3:", "the name of a header"],
  ["  url: http://a\n  proto: grpc\n", "3:", "unknown key: allowed here are url, headers, every"],
];
for (const [lines, position, expected] of REFUSED) {
  Deno.test(`refuses ${JSON.stringify(lines)} with its position`, async () => {
    const { message } = await assertRejects(() => parse(lines), AppError);
    assert(message.includes(`f.yaml:${position}`) && message.includes(expected), message);
    assert(!message.includes("user:secret"), "the message shows a password");
  });
}

Deno.test("refuses more than 16 headers", async () => {
  const headers = Array.from({ length: 17 }, (_, index) => `    x-${index}: "env:A"\n`).join("");
  await assertRejects(() => parse(`  url: http://a\n  headers:\n${headers}`), AppError, "at most 16 headers");
});
