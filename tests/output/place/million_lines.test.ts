import { readPage } from "../../../server/output/page.ts";
import { assertEquals, assertLess } from "../../assert.ts";
import { MillionLines, type Shape } from "./million_line_engine.ts";

const SIGNAL = new AbortController().signal;
const COUNT = 300;

const SHAPES: Readonly<Record<string, Shape>> = {
  "written evenly": (line) => line * 1e6,
  "written within seconds": (line) => line * 1e4,
  "written mostly at its start": (line) => line < 300_000 ? line * 1e4 : 3e9 + (line - 300_000) * 1e8,
  "written mostly at its end": (line) => line < 100_000 ? line * 1e8 : 1e13 + line * 1e4,
  "written in bursts": (line) => line * 1e4 + Math.floor(line / 150_000) * 3.6e12,
};

/** Reads the page before or after a line, and checks its lines. */
async function check(engine: MillionLines, direction: "before" | "after", line: number): Promise<void> {
  const request = { count: COUNT, [direction]: { ns: engine.at(line), ordinal: 0 } };
  const page = await readPage(engine.source, request, SIGNAL);
  const from = direction === "before" ? line - COUNT : line + 1;
  const expected = Array.from({ length: COUNT }, (_, index) => String(from + index));
  assertEquals(page.map(({ line }) => line.message), expected);
}

for (const [how, shape] of Object.entries(SHAPES)) {
  for (const line of [999_000, 860_000, 500_000, 200_000]) {
    Deno.test(`finds line ${line} of a log ${how} with few requests`, async () => {
      const engine = new MillionLines(shape);
      await check(engine, "before", line);
      assertLess(engine.requests.length, 14);
    });
  }
}

Deno.test("a later page near a known place takes one request for its lines", async () => {
  const engine = new MillionLines((line) => line * 1e6);
  await check(engine, "before", 500_000);
  for (const [direction, line] of [["after", 500_000], ["before", 499_700], ["after", 500_300]] as const) {
    engine.reset();
    await check(engine, direction, line);
    assertEquals(engine.requests.filter(({ tail = 1 }) => tail > 1).length, 1);
    assertLess(engine.linesSent, 8000);
  }
});

for (const grown of [500, 12_000, 300_000]) {
  Deno.test(`finds a known place again after ${grown} further lines`, async () => {
    const engine = new MillionLines((line) => line * 1e6);
    await check(engine, "before", 500_000);
    engine.lines += grown;
    engine.reset();
    await check(engine, "before", 500_000);
    assertLess(engine.requests.length, 8);
  });
}

Deno.test("reads a page at the start of a log by time, once", async () => {
  const engine = new MillionLines((line) => line * 1e6);
  await check(engine, "before", 30_000);
  assertEquals(engine.requests.map(({ tail, sinceNs }) => [tail, sinceNs !== undefined]), [
    [undefined, false],
    [1, false],
    [2556, false],
    [undefined, true],
  ]);
  assertLess(engine.linesSent, 6000);
});

Deno.test("searches by number after a place near the start of the time took many lines", async () => {
  const engine = new MillionLines(SHAPES["written mostly at its start"]!);
  await check(engine, "before", 250_000);
  await check(engine, "before", 249_000);
  engine.reset();
  await check(engine, "before", 248_000);
  assertLess(engine.linesSent, 40_000);
});
