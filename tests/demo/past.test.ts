import { incidentsBefore, PAST_MS } from "../../server/demo/incidents.ts";
import { writePast } from "../../server/demo/past.ts";
import { curveRows } from "../../server/history/curve_rows.ts";
import { openHistory } from "../../server/history/open.ts";
import { openDatabase } from "../../server/store/database.ts";
import { EventStore } from "../../server/store/past/event_store.ts";
import { createReport } from "../../server/timeline/report.ts";
import { assert, assertEquals, assertGreater } from "../assert.ts";

const HOUR = 3_600_000;

/** Writes the past of a demo. */
async function demo(containers: number, keepMs = 30 * 24 * HOUR) {
  const now = Date.now();
  const database = openDatabase(":memory:");
  const recorded = openHistory(undefined, { keepMs });
  const events = new EventStore(database);
  await writePast(
    { id: "Simulated", containers, seed: 1 },
    { recorded, events },
    now,
    new AbortController().signal,
  );
  const curves = (sinceMs: number, points: number) =>
    [...recorded.series()].map((series) => {
      const rows = curveRows(series.kind, recorded.read(series, { sinceMs, untilMs: now, points }));
      return { ...series, ...rows };
    });
  return {
    now,
    curves,
    events: events.page({}, 1000),
    async [Symbol.asyncDispose]() {
      await recorded[Symbol.asyncDispose]();
      database.close();
    },
  };
}

Deno.test("a demo has no samples that are older than its history is kept", async () => {
  await using it = await demo(3, 60_000);
  for (const { history } of it.curves(it.now - 12 * HOUR, Infinity)) {
    assert(history.length > 0 && history[0]![0]! >= it.now - 60_000 - 10_000);
  }
});

Deno.test("every running container has samples of 24 hours in each resolution", async () => {
  await using it = await demo(12);
  for (const [span, points] of [[HOUR, 2000], [24 * HOUR, Infinity], [7 * 24 * HOUR, 2000]] as const) {
    const curves = it.curves(it.now - span, points);
    assertEquals(curves.length, 10);
    for (const { history, name } of curves) {
      const spanMs = history.at(-1)![0]! - history[0]![0]!;
      assertGreater(spanMs, 0.97 * Math.min(span, PAST_MS), name);
      assert(history.every((row) => row[1]! > 0 && row[1]! < 400 && row[2]! > 0 && row[2]! <= 100), name);
    }
  }
});

Deno.test("the report of the last day has each incident", async () => {
  await using it = await demo(12);
  const sinceMs = it.now - PAST_MS;
  const report = createReport({
    sinceMs,
    untilMs: it.now,
    events: it.events,
    curves: it.curves(sinceMs, 500),
  });
  assertEquals(report.failed.map(({ kind, count, durationMs }) => [kind, count, durationMs]), [
    ["outage", 1, 11 * 60_000],
    ["exit", 12, null],
  ]);
  const [killed, full] = report.ranOut;
  assertEquals([killed?.kind, full?.kind, full?.name === killed?.name], ["oom", "memory", true]);
  assertEquals(report.restarted.map(({ count }) => count).sort(), [1, 12]);
  assertEquals(it.events.filter(({ kind }) => kind === "deploy").map(({ state }) => state), ["succeeded"]);
});

Deno.test("no container has samples while the host could not be read", async () => {
  await using it = await demo(12);
  const { outage } = incidentsBefore(it.now);
  for (const { history } of it.curves(it.now - 24 * HOUR, Infinity)) {
    assertEquals(history.filter(([at]) => at! > outage.from && at! < outage.to - 60_000), []);
  }
});

Deno.test("a demo of one container has a past without the incidents of others", async () => {
  await using it = await demo(1);
  assertEquals(it.curves(it.now - HOUR, 60).length, 1);
  assertEquals(new Set(it.events.map(({ kind }) => kind)).has("oom"), false);
});

Deno.test("a large demo has the past of its first containers", async () => {
  await using it = await demo(1000);
  assert(it.curves(it.now - HOUR, 60).length <= 50);
});
