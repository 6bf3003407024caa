import type { OutputLine } from "../../server/docker/demux.ts";
import { AppError } from "../../server/errors.ts";
import { formatMoment } from "../../server/moment.ts";
import type { OutputSource } from "../../server/output/frame.ts";
import { type PageRequest, readPage } from "../../server/output/page.ts";
import { assertEquals, assertRejects } from "../assert.ts";
import { fakeContainer, FakeEngine, idOf } from "../fakes/engine.ts";

const SIGNAL = new AbortController().signal;
/** 2026-08-01T12:00:00Z. */
const START = 1_785_585_600_000_000_000n;
const SECOND = 1_000_000_000n;

/** An engine whose container has written lines at these nanoseconds after the start, named by their index. */
function written(...offsets: readonly (number | bigint)[]) {
  const engine = new FakeEngine(fakeContainer("web"));
  for (const [index, offset] of offsets.entries()) {
    engine.written.push(lineAt(START + BigInt(offset), String(index)));
  }
  const source: OutputSource = {
    hostId: "nas",
    containerId: idOf("web"),
    engine,
    clockOffsetMs: 0,
    current: () => engine.containers.get(idOf("web")),
  };
  const page = (request: PageRequest) => readPage(source, request, SIGNAL);
  const messages = async (request: PageRequest) =>
    (await page(request)).map(({ line }) => line.message).join(" ");
  return { engine, page, messages };
}

function lineAt(ns: bigint, message: string): OutputLine {
  return { timestamp: formatMoment(ns), message, stream: "stdout" };
}

/** Reads all pages of a size from the newest backwards; returns the messages, oldest first. */
async function allBackwards({ page }: ReturnType<typeof written>, count: number): Promise<string> {
  const found: string[] = [];
  for (let lines = await page({ count }); lines.length > 0;) {
    found.unshift(...lines.map(({ line }) => line.message));
    lines = await page({ count, before: lines[0]!.cursor });
  }
  return found.join(" ");
}

/** The same forwards, from the first line on. */
async function allForwards({ page }: ReturnType<typeof written>, count: number): Promise<string> {
  const found: string[] = [];
  for (let after = { ns: START - 1n, ordinal: 0 };;) {
    const lines = await page({ count, after });
    if (lines.length === 0) return found.join(" ");
    found.push(...lines.map(({ line }) => line.message));
    after = lines.at(-1)!.cursor;
  }
}

const second = (n: number) => BigInt(n) * SECOND;
const COUNTED = Array.from({ length: 700 }, (_, index) => index);

const LOGS: readonly (readonly [what: string, offsets: readonly (number | bigint)[]])[] = [
  ["one line per second", COUNTED.map(second)],
  ["many lines per nanosecond", COUNTED.map((n) => Math.floor(n / 50))],
  ["lines that all share one timestamp", COUNTED.map(() => 0)],
  ["days without lines", COUNTED.map((n) => second(n * 40_000))],
  ["timestamps of whole seconds, as of Podman 4", COUNTED.map((n) => second(Math.floor(n / 9)))],
  ["many lines with the timestamp of the newest", COUNTED.map((n) => second(Math.min(n, 20)))],
];

for (const [what, offsets] of LOGS) {
  for (const count of [1, 7, 699, 1000]) {
    if (count === 1 && what !== "one line per second") continue;
    Deno.test(`pages of ${count} in both directions lose and repeat nothing of ${what}`, async () => {
      const log = written(...offsets);
      assertEquals(await allBackwards(log, count), COUNTED.join(" "));
      assertEquals(await allForwards(log, count), COUNTED.join(" "));
    });
  }
}

Deno.test("numbers lines that share a timestamp", async () => {
  const { page } = written(0, 5, 5, 5, 6);
  const cursors = (await page({ count: 4 })).map(({ cursor }) => [Number(cursor.ns - START), cursor.ordinal]);
  assertEquals(cursors, [[5, 0], [5, 1], [5, 2], [6, 0]]);
});

Deno.test("the end is exclusive and the start inclusive, to the nanosecond", async () => {
  const { messages } = written(0, 1, 2, 3, 4);
  assertEquals(await messages({ count: 10, sinceNs: START + 1n, untilNs: START + 3n }), "1 2");
  assertEquals(await messages({ count: 10, sinceNs: START + 3n }), "3 4");
  assertEquals(await messages({ count: 1, untilNs: START + 3n }), "2");
});

Deno.test("a cursor and an end both apply", async () => {
  const { messages, page } = written(0, 1, 2, 3, 4);
  const [before] = await page({ count: 1, untilNs: START + 4n });
  assertEquals(await messages({ count: 10, before: before!.cursor, untilNs: START + 2n }), "0 1");
  assertEquals(await messages({ count: 10, after: before!.cursor, untilNs: START + 5n }), "4");
  assertEquals(await messages({ count: 10, before: before!.cursor, sinceNs: START + 1n }), "1 2");
});

Deno.test("orders the lines of both streams by their timestamps", async () => {
  const { messages, page } = written(0, 10, 9, 11);
  assertEquals(await messages({ count: 2 }), "1 3");
  const [first] = await page({ count: 2 });
  assertEquals(await messages({ count: 2, before: first!.cursor }), "0 2");
});

Deno.test("searches a large gap in few requests", async () => {
  const { engine, messages } = written(0, second(86_400 * 300));
  assertEquals(await messages({ count: 5, untilNs: START + second(86_400 * 300) }), "0");
  assertEquals(engine.calls.outputs <= 9, true);
});

Deno.test("asks by time when the engine finds nothing by number, as after a log file was truncated", async () => {
  const { engine, messages } = written(0, 1, 2);
  const { output } = engine;
  engine.output = (id, request, signal) =>
    request.tail === undefined ? output.call(engine, id, request, signal) : output.call(engine, "none", {
      ...request,
      sinceNs: START + SECOND,
    }, signal);
  assertEquals(await messages({ count: 2 }), "1 2");
});

Deno.test("a page of no lines asks nothing", async () => {
  const { engine, messages } = written(0);
  assertEquals([await messages({ count: 0 }), engine.calls.outputs], ["", 0]);
});

Deno.test("passes on the refusal of the engine", async () => {
  const { engine, page } = written(0);
  engine.outputRefusal = "configured logging driver does not support reading";
  await assertRejects(() => page({ count: 1 }), AppError, "logging driver");
});

for (const inFirstSecond of [3000, 6000]) {
  Deno.test(`pages a log of whole seconds with ${inFirstSecond} lines in its first one`, async () => {
    const later = (line: number) => Math.floor(Math.max(line - inFirstSecond, -1) / 500) + 1;
    const log = written(...Array.from({ length: 6000 }, (_, line) => second(later(line))));
    const expected = Array.from({ length: 6000 }, (_, line) => line).join(" ");
    assertEquals(await allBackwards(log, 700), expected);
    assertEquals(await allForwards(log, 700), expected);
  });
}
