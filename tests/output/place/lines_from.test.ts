import type { OutputRequest } from "../../../server/docker/engine.ts";
import { formatMoment } from "../../../server/moment.ts";
import { readPage } from "../../../server/output/page.ts";
import { assertEquals, assertLess } from "../../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../../fakes/engine.ts";

const SIGNAL = new AbortController().signal;
/** 2026-08-01T12:00:00Z. */
const START = 1_785_585_600_000_000_000n;
const LINES = 60_000;

/** An engine that sends lines in small batches, and counts those that readers have taken. */
class LargeEngine extends FakeEngine {
  readonly requests: Omit<OutputRequest, "narrow">[] = [];
  linesSent = 0;

  override async *output(id: string, request: OutputRequest, signal: AbortSignal) {
    const { narrow: _, ...asked } = request;
    this.requests.push(asked);
    for await (const lines of super.output(id, request, signal)) {
      for (let at = 0; at < lines.length; at += 100) {
        yield lines.slice(at, at + 100);
        this.linesSent += 100;
      }
    }
  }
}

/** A log of which the second half was written ten times faster. */
function largeLog() {
  const engine = new LargeEngine(fakeContainer("web"));
  let ns = START;
  for (let index = 0; index < LINES; index++) {
    ns += index < LINES / 2 ? 100_000_000n : 10_000_000n;
    engine.written.push({ timestamp: formatMoment(ns), message: String(index), stream: "stdout" });
  }
  const source = {
    hostId: "nas",
    containerId: idOf("web"),
    engine,
    clockOffsetMs: 0,
    current: () => engine.containers.get(idOf("web")),
  };
  const cursor = (index: number) => ({
    ns: BigInt(Date.parse(engine.written[index]!.timestamp)) * 1_000_000n,
    ordinal: 0,
  });
  const page = async (direction: "before" | "after", index: number) => {
    const lines = await readPage(source, { count: 300, [direction]: cursor(index) }, SIGNAL);
    return lines.map(({ line, cursor }) => [Number(line.message), cursor.ordinal] as const);
  };
  return { engine, page };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => [from + index, 0] as const);

for (const at of [9000, 20_000, 29_999, 31_000, 45_000, 59_900]) {
  Deno.test(`reads the pages around line ${at} of ${LINES}`, async () => {
    const { page } = largeLog();
    assertEquals(await page("after", at), numbers(at + 1, Math.min(at + 301, LINES)));
    assertEquals(await page("before", at), numbers(at - 300, at));
  });
}

Deno.test("reads the first page before the log's start", async () => {
  const { page } = largeLog();
  assertEquals(await page("before", 120), numbers(0, 120));
});

Deno.test("a later page asks for a number of lines, and reads few of them", async () => {
  const { engine, page } = largeLog();
  await page("before", 45_000);
  engine.linesSent = 0;
  engine.requests.length = 0;
  await page("before", 40_000);
  assertLess(engine.linesSent, 21_000);
  assertEquals(engine.requests.some(({ sinceNs }) => sinceNs !== undefined), false);
});

Deno.test("finds the place again after the log has grown", async () => {
  const { engine, page } = largeLog();
  await page("after", 45_000);
  const last = BigInt(Date.parse(engine.written.at(-1)!.timestamp)) * 1_000_000n;
  for (let index = 1; index <= 30_000; index++) {
    const timestamp = formatMoment(last + BigInt(index) * 1_000_000n);
    engine.written.push({ timestamp, message: `new ${index}`, stream: "stdout" });
  }
  assertEquals(await page("after", 40_000), numbers(40_001, 40_301));
});
