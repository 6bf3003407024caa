import { type OutputSource, toFrame } from "../../server/output/frame.ts";
import { assertEquals } from "../assert.ts";
import { FakeEngine, idOf } from "../fakes/engine.ts";

const SOURCE: OutputSource = {
  hostId: "nas",
  containerId: idOf("web"),
  engine: new FakeEngine(),
  clockOffsetMs: 0,
  current: () => undefined,
};
const STAMP = "2026-08-01T12:00:00.123456789Z";

const MESSAGES: readonly (readonly [what: string, message: string])[] = [
  ["nothing", ""],
  ["quotes and backslashes", 'say "\\" and \\u0041'],
  ["control characters", "\u0000\b\t\u001b[31m\u007f\u009b"],
  ["line ends of every kind", "a\nb\rc\u2028d\u2029e"],
  ["half a surrogate pair", "\ud83d"],
  ["JSON that would close the frame", '","stream":"stderr","hostId":"other"}'],
  ["a name of the object prototype", '{"__proto__":{"polluted":true}}'],
];

for (const [what, message] of MESSAGES) {
  Deno.test(`the frame of a line with ${what} parses to the same line`, () => {
    const { json } = toFrame(SOURCE, { timestamp: STAMP, message, stream: "stdout" });
    assertEquals(JSON.parse(json), {
      timestamp: STAMP,
      message,
      stream: "stdout",
      containerId: SOURCE.containerId,
      hostId: "nas",
    });
  });
}

for (const timestamp of ["", STAMP, "2026-08-01T12:00:00+02:00", "2026-08-01T12:00:00-02:00"]) {
  Deno.test(`a frame keeps the timestamp "${timestamp}"`, () => {
    const { json } = toFrame(SOURCE, { timestamp, message: "a", stream: "stderr" });
    assertEquals(JSON.parse(json).timestamp, timestamp);
  });
}

for (const timestamp of ['"', '","message":"forged', "\\", "yesterday", `${STAMP}\n`, "２０２６"]) {
  Deno.test(`a frame omits the timestamp ${JSON.stringify(timestamp)}`, () => {
    const { json } = toFrame(SOURCE, { timestamp, message: "a", stream: "stdout" });
    assertEquals([JSON.parse(json).timestamp, JSON.parse(json).message], ["", "a"]);
  });
}
