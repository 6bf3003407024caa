/** Measurements of the history: its size on the disk, and the time of a request for all of it. */
import { randomNumbers } from "../../server/docker/simulated/simulated_containers.ts";
import { curveRows } from "../../server/history/curve_rows.ts";
import { RecordedHistory } from "../../server/history/recorded_history.ts";
import { HistoryStore, type Series, type TimedValues } from "../../server/store/history/history_store.ts";
import { beginOf, WINDOW_MS } from "../../server/store/history/tiers.ts";
import { temporaryFolder } from "../../tests/fakes/folder.ts";
import type { Row } from "./measures.ts";
import { median } from "./processes.ts";

const HOUR_MS = 3_600_000;
const MONTH_MS = 720 * HOUR_MS;
/** Time that each resolution covers, and time between its samples, ms; a bin has several, as in reality. */
const TIERS = [
  { spanMs: HOUR_MS, stepMs: 1000 },
  { spanMs: 25 * HOUR_MS, stepMs: 2500 },
  { spanMs: 174 * HOUR_MS, stepMs: 15_000 },
  { spanMs: MONTH_MS, stepMs: 60_000 },
];
const SERIES = 2;
const CONTAINERS = 50;
const ROUNDS = 9;

/** Fills a history with 30 days of a busy container, and measures its file and a request. */
export async function historyOfThirtyDays(): Promise<Row[]> {
  using folder = temporaryFolder();
  const path = folder.path("history.db");
  const now = beginOf(Date.now(), WINDOW_MS);
  const store = new HistoryStore(path);
  for (let id = 1; id <= SERIES; id++) {
    store.putSeries([seriesOf(id)], now);
    for (const [tier, { spanMs, stepMs }] of TIERS.entries()) {
      store.fill(id, [tier], samples(now - spanMs, now, stepMs));
    }
  }
  store.database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const bytes = Deno.statSync(path).size / SERIES * CONTAINERS;
  await using history = new RecordedHistory(store, { keepMs: MONTH_MS });
  const times = Array.from({ length: ROUNDS }, () => requestMs(history, now));
  return [
    {
      what: "Disk for the history of 50 busy containers, 30 days",
      target: "≤ 150 MB",
      measured: `${Math.round(bytes / 1e6)} MB`,
    },
    {
      what: "`history=30d&points=600` of one container: first / median",
      target: "≤ 100 ms",
      measured: `${times[0]!.toFixed(0)} ms / ${median(times).toFixed(0)} ms`,
    },
  ];
}

function requestMs(history: RecordedHistory, now: number): number {
  const began = performance.now();
  const [series] = history.series();
  const request = { sinceMs: now - MONTH_MS, untilMs: now, points: 600 };
  JSON.stringify(curveRows("container", history.read(series!, request)));
  return performance.now() - began;
}

function seriesOf(id: number): Series {
  const name = `web-${id}`;
  const place = { hostId: "bench", key: `bench/shop/web/${id}`, project: "shop", service: "web" };
  return { id, kind: "container", owner: name, name, ...place };
}

/** Yields noisy samples whose columns all change. */
function* samples(from: number, to: number, stepMs: number): Generator<TimedValues> {
  const random = randomNumbers(from % 1000);
  for (let at = from; at < to; at += stepMs) {
    const wave = 1 + Math.sin(at / HOUR_MS);
    const noise = () => random() * wave;
    yield [
      at,
      Float32Array.of(
        40 * noise(),
        20 + noise(),
        1e5 * noise(),
        1e4 * noise(),
        random() < 0.2 ? 4096 * noise() : 0,
        1e4 * noise(),
      ),
    ];
  }
}
