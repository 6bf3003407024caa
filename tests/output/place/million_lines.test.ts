import type { OutputRequest } from "../../../server/docker/engine.ts";
import type { OutputLine } from "../../../server/docker/demux.ts";
import { formatMoment } from "../../../server/moment.ts";
import { readPage } from "../../../server/output/page.ts";
import { assertEquals, assertLess } from "../../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../../fakes/engine.ts";

const SIGNAL = new AbortController().signal;
/** 2026-08-01T12:00:00Z. */
const START = 1_785_585_600_000_000_000n;
const LINES = 1_000_000;
const BATCH = 500;
const COUNT = 300;

/** Returns the time of a line, in ns after the first one. */
type Shape = (line: number) => number;

const SHAPES: Readonly<Record<string, Shape>> = {
  "written evenly": (line) => line * 1e6,
  "written within seconds": (line) => line * 1e4,
  "written mostly at its start": (line) => line < 300_000 ? line * 1e4 : 3e9 + (line - 300_000) * 1e8,
  "written mostly at its end": (line) => line < 100_000 ? line * 1e8 : 1e13 + line * 1e4,
  "written in bursts": (line) => line * 1e4 + Math.floor(line / 150_000) * 3.6e12,
};

/** An engine whose container has written a million lines, which are created as they are read. */
class MillionLines extends FakeEngine {
  lines = LINES;
  requests: OutputRequest[] = [];
  linesSent = 0;

  constructor(readonly shape: Shape) {
    super(fakeContainer("web"));
  }

  at(line: number): bigint {
    return START + BigInt(Math.floor(this.shape(line)));
  }

  override async *output(_id: string, request: OutputRequest): AsyncGenerator<readonly OutputLine[]> {
    await Promise.resolve();
    this.requests.push(request);
    const { tail = this.lines, sinceNs = 0n, untilNs } = request;
    let from = Math.max(this.lines - tail, 0);
    if (sinceNs > START) { while (from < this.lines && this.at(from) < sinceNs) from++; }
    for (; from < this.lines && (untilNs === undefined || this.at(from) <= untilNs); from += BATCH) {
      const lines = Array.from({ length: Math.min(BATCH, this.lines - from) }, (_, index): OutputLine => ({
        timestamp: formatMoment(this.at(from + index)),
        message: String(from + index),
        stream: "stdout",
      }));
      this.linesSent += lines.length;
      yield lines;
    }
  }

  /** Reads the page before or after a line, and checks its lines. */
  async check(direction: "before" | "after", line: number): Promise<void> {
    const source = {
      hostId: "nas",
      containerId: idOf("web"),
      engine: this,
      clockOffsetMs: 0,
      current: () => this.containers.get(idOf("web")),
    };
    const request = { count: COUNT, [direction]: { ns: this.at(line), ordinal: 0 } };
    const page = await readPage(source, request, SIGNAL);
    const from = direction === "before" ? line - COUNT : line + 1;
    const expected = Array.from({ length: COUNT }, (_, index) => String(from + index));
    assertEquals(page.map(({ line }) => line.message), expected);
  }
}

for (const [how, shape] of Object.entries(SHAPES)) {
  for (const line of [999_000, 860_000, 500_000, 200_000]) {
    Deno.test(`finds line ${line} of a log ${how} with few requests`, async () => {
      const engine = new MillionLines(shape);
      await engine.check("before", line);
      assertLess(engine.requests.length, 14);
    });
  }
}

Deno.test("a later page near a known place takes one request for its lines", async () => {
  const engine = new MillionLines((line) => line * 1e6);
  await engine.check("before", 500_000);
  for (const [direction, line] of [["after", 500_000], ["before", 499_700], ["after", 500_300]] as const) {
    engine.requests = [];
    engine.linesSent = 0;
    await engine.check(direction, line);
    assertEquals(engine.requests.filter(({ tail = 1 }) => tail > 1).length, 1);
    assertLess(engine.linesSent, 8000);
  }
});

for (const grown of [500, 12_000, 300_000]) {
  Deno.test(`finds a known place again after ${grown} further lines`, async () => {
    const engine = new MillionLines((line) => line * 1e6);
    await engine.check("before", 500_000);
    engine.lines += grown;
    engine.requests = [];
    await engine.check("before", 500_000);
    assertLess(engine.requests.length, 8);
  });
}

Deno.test("reads a page at the start of a log by time, once", async () => {
  const engine = new MillionLines((line) => line * 1e6);
  await engine.check("before", 30_000);
  assertEquals(engine.requests.map(({ tail }) => tail), [undefined, 1, undefined]);
  assertLess(engine.linesSent, 40_000);
});

Deno.test("searches by number after a place near the start of the time took many lines", async () => {
  const engine = new MillionLines(SHAPES["written mostly at its start"]!);
  await engine.check("before", 250_000);
  await engine.check("before", 249_000);
  engine.linesSent = 0;
  await engine.check("before", 248_000);
  assertLess(engine.linesSent, 40_000);
});
