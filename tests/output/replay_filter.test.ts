import type { OutputFrame } from "../../server/output/frame.ts";
import { advance, type LastLines, ReplayFilter } from "../../server/output/replay_filter.ts";
import { assertEquals } from "../assert.ts";

type Stream = "stdout" | "stderr";

/** Creates a frame from "1o", "2e" or "2oX": its second, the first letter of "out" or "err", and its text. */
function frame(code: string): OutputFrame {
  const stream = code[1] === "o" ? "stdout" : "stderr";
  return { timestamp: `2026-08-01T12:00:0${code[0]}.000000000Z`, stream, json: code };
}

function frames(codes: string): OutputFrame[] {
  return codes === "" ? [] : codes.split(" ").map(frame);
}

function texts(found: readonly OutputFrame[]): string {
  return found.map(({ json }) => json).join(" ");
}

function borderOf(codes: string): Map<Stream, LastLines> {
  const border = new Map<Stream, LastLines>();
  advance(border, frames(codes));
  return border;
}

const PASSES: readonly (readonly [what: string, known: string, given: string, passed: string])[] = [
  ["passes everything without known lines", "", "1o 2e 1o", "1o 2e 1o"],
  ["drops lines up to the last known one", "2o", "1o 2o 3o", "3o"],
  ["passes further lines with the last known timestamp", "2o", "2o 2oNew 3o", "2oNew 3o"],
  ["drops as many equal lines as are known", "2o 2o", "2o 2o 2o", "2o"],
  ["drops a part of the known lines with the last timestamp", "2oA 2oB 2oC", "2oC 2oD", "2oD"],
  ["passes an earlier line after a later one, as after a clock was set back", "2o", "3o 1o 2o", "3o 1o 2o"],
  ["compares each stream with its own last line", "3o 1e", "2e 2o 4o 1e", "2e 4o 1e"],
  ["passes a stream without a known line", "5o", "1e 1o 2e", "1e 2e"],
  ["drops everything when no line is later", "9o 9e", "1o 2e 9o 9e", ""],
];

for (const [what, known, given, passed] of PASSES) {
  Deno.test(`the replay filter ${what}`, () => {
    assertEquals(texts(new ReplayFilter(borderOf(known)).pass(frames(given))), passed);
  });

  Deno.test(`the replay filter ${what}, line by line`, () => {
    const filter = new ReplayFilter(borderOf(known));
    assertEquals(texts(frames(given).flatMap((one) => filter.pass([one]))), passed);
  });
}

Deno.test("the replay filter drops lines before a known one that share its whole second", () => {
  const given = frames("2oA 2oB 2oC 2oD 2oE 3o");
  assertEquals(texts(new ReplayFilter(borderOf("2oC 2oD")).pass(given)), "2oE 3o");
});

Deno.test("the replay filter passes frames that are not lines, and still drops known lines after them", () => {
  const ended = { timestamp: "", json: "{}" };
  assertEquals(new ReplayFilter(borderOf("2o")).pass([ended, frame("1o"), ended]), [ended, ended]);
});

Deno.test("the replay filter passes lines without a timestamp", () => {
  const line = { ...frame("1o"), timestamp: "" };
  assertEquals(new ReplayFilter(borderOf("2o")).pass([line, line]), [line, line]);
});

Deno.test("the replay filter leaves the border of its caller unchanged", () => {
  const border = borderOf("1o");
  new ReplayFilter(border).pass(frames("1o 2o"));
  assertEquals(border, borderOf("1o"));
});

Deno.test("a border collects the lines with its timestamp, also of several batches", () => {
  const border = borderOf("1o 2oA 2e");
  advance(border, frames("2oB"));
  assertEquals(border.get("stdout")?.texts, ["2oA", "2oB"]);
  advance(border, frames("3o"));
  assertEquals([border.get("stdout")?.texts, border.get("stderr")?.texts], [["3o"], ["2e"]]);
});

Deno.test("lines without a timestamp do not move a border", () => {
  const border = borderOf("1o");
  advance(border, [{ ...frame("2o"), timestamp: "" }]);
  assertEquals(border, borderOf("1o"));
});
