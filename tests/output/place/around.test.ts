import { type AroundRequest, readAround } from "../../../server/output/around.ts";
import { Scan } from "../../../server/output/search/scan.ts";
import { assertEquals, assertLess } from "../../assert.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { MillionLines, type Shape } from "./million_line_engine.ts";

const SIGNAL = new AbortController().signal;
const COUNT = 300;
const EVENLY: Shape = (line) => line * 1e6;
const IN_BURSTS: Shape = (line) => line * 1e4 + Math.floor(line / 50_000) * 3.6e12;

/** Reads the lines around one, and checks them. */
async function jump(engine: MillionLines, line: number): Promise<void> {
  const request: AroundRequest = { place: { ns: engine.at(line), ordinal: 0 }, count: COUNT };
  const { before, from } = await readAround(engine.source, request, SIGNAL);
  const numbers = (first: number, end: number) =>
    Array.from({ length: end - first }, (_, index) => String(first + index));
  assertEquals(before.map(({ line }) => line.message), numbers(Math.max(line - COUNT, 0), line));
  assertEquals(from.map(({ line }) => line.message), numbers(line, Math.min(line + COUNT, engine.lines)));
}

/** Searches an output once, up to a line; nothing matches. */
async function search(engine: MillionLines, end: number, isToEnd: boolean): Promise<void> {
  const scan = new Scan({ isList: false, onFailure: () => {} });
  const request = { filter: undefined, untilNs: engine.at(end), isToEnd };
  for await (const _ of scan.run([engine.source], () => request, SIGNAL));
}

for (const [how, shape] of [["evenly", EVENLY], ["in bursts", IN_BURSTS]] as const) {
  for (const line of [0, 120, 50_000, 200_000, 500_000, 999_999]) {
    Deno.test(`reads the lines around line ${line} of a log written ${how}`, async () => {
      await jump(new MillionLines(shape), line);
    });
  }
}

for (const [line, requests] of [[990_000, 4], [500_000, 5], [200_000, 4], [20_000, 4]] as const) {
  Deno.test(`a first jump to line ${line} takes ${requests} requests and few bytes`, async () => {
    const engine = new MillionLines(EVENLY);
    await jump(engine, line);
    assertEquals(engine.requests.length, requests);
    assertLess(engine.bytesSent, 1_500_000);
  });
}

Deno.test("a later jump near a known place takes one request for its lines", async () => {
  const engine = new MillionLines(EVENLY);
  await jump(engine, 500_000);
  engine.reset();
  await jump(engine, 495_000);
  assertEquals(engine.requests.map(({ tail = 0 }) => tail > 1), [false, false, true]);
  assertLess(engine.bytesSent, 900_000);
});

for (const [how, shape] of [["evenly", EVENLY], ["in bursts", IN_BURSTS]] as const) {
  Deno.test(`every jump after a search of a whole log written ${how} takes one request for its lines`, async () => {
    const engine = new MillionLines(shape);
    engine.lines = 200_000;
    await search(engine, engine.lines, true);
    for (const line of [195_000, 150_100, 99_000, 49_000, 1000]) {
      engine.reset();
      await jump(engine, line);
      assertEquals(engine.requests.length, 3);
      assertLess(engine.bytesSent, 900_000);
    }
  });
}

Deno.test("a search up to a time in the past teaches no places", async () => {
  const engine = new MillionLines(EVENLY);
  await search(engine, 100_000, false);
  engine.reset();
  await jump(engine, 600_000);
  assertEquals(engine.requests.length, 5);
});

Deno.test("counts lines from the end once a reading by time took long, except much nearer to the start", async () => {
  using clock = fakeClock();
  const engine = new MillionLines(EVENLY);
  const { output } = engine;
  engine.output = async function* (id, request) {
    if (request.sinceNs !== undefined) clock.tick(1000);
    yield* output.call(engine, id, request);
  };
  const isByTime = async (line: number) => {
    engine.reset();
    await jump(engine, line);
    return engine.requests.some(({ sinceNs }) => sinceNs !== undefined);
  };
  assertEquals(await isByTime(100_000), true);
  assertEquals(await isByTime(60_000), false);
  assertEquals(await isByTime(20_000), true);
});
