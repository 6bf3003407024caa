import type { OutputLine } from "../../server/docker/demux.ts";
import { type OutputSource, ReplayFilter, toFrame } from "../../server/output/frame.ts";
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

/** Creates a line from "1o" or "2e": its second, and the first letter of "out" or "err". */
function line(code: string): OutputLine {
  const stream = code.endsWith("o") ? "stdout" : "stderr";
  return { timestamp: `2026-08-01T12:00:0${code[0]}.000000000Z`, message: code, stream };
}

const PASSES: readonly (readonly [what: string, last: readonly string[], given: string, passed: string])[] = [
  ["passes everything without known lines", [], "1o 2e 1o", "1o 2e 1o"],
  ["drops lines up to the last known one", ["2o"], "1o 2o 3o", "3o"],
  ["drops further lines with the last known timestamp", ["2o"], "2o 2o 3o", "3o"],
  ["passes an earlier line after a later one, as after a clock was set back", ["2o"], "3o 1o 2o", "3o 1o 2o"],
  ["compares each stream with its own last line", ["3o", "1e"], "2e 2o 4o 1e", "2e 4o 1e"],
  ["passes a stream without a known line", ["5o"], "1e 1o 2e", "1e 2e"],
  ["drops everything when no line is later", ["9o", "9e"], "1o 2e 9o 9e", ""],
];

for (const [what, last, given, passed] of PASSES) {
  Deno.test(`the replay filter ${what}`, () => {
    const known = last.map(line).map(({ stream, timestamp }) => [stream, timestamp] as const);
    const filter = new ReplayFilter(new Map(known));
    const codes = given.split(" ").map(line);
    assertEquals(filter.pass(codes).map(({ message }) => message).join(" "), passed);
  });

  Deno.test(`the replay filter ${what}, line by line`, () => {
    const known = last.map(line).map(({ stream, timestamp }) => [stream, timestamp] as const);
    const filter = new ReplayFilter(new Map(known));
    const found = given.split(" ").flatMap((code) => filter.pass([line(code)]));
    assertEquals(found.map(({ message }) => message).join(" "), passed);
  });
}

Deno.test("the replay filter passes frames that are not lines, and still drops known lines after them", () => {
  const filter = new ReplayFilter(new Map([["stdout", line("2o").timestamp]]));
  const ended = { timestamp: "", json: "{}" };
  assertEquals(filter.pass([ended, line("1o"), ended]), [ended, ended]);
});

Deno.test("the replay filter leaves the map of its caller unchanged", () => {
  const last = new Map([["stdout", line("1o").timestamp]] as const);
  new ReplayFilter(last).pass([line("2o")]);
  assertEquals([...last.keys()], ["stdout"]);
});
