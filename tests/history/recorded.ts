/** A history with a clock that a test moves, and containers whose samples it records. */
import type { Container } from "../../server/docker/container.ts";
import type { Sample } from "../../server/docker/sample.ts";
import { curveRows } from "../../server/history/curve_rows.ts";
import type { HistoryOptions } from "../../server/history/options.ts";
import { RecordedHistory } from "../../server/history/recorded_history.ts";
import type { CurveRows } from "../../server/protocol/past/history.ts";
import { HistoryStore } from "../../server/store/history/history_store.ts";
import { eventually } from "../assert.ts";
import { fakeContainer } from "../fakes/engine.ts";

/** Begin of a window, which is a full hour. */
export const START = Date.parse("2026-08-01T12:00:00Z");

/** Creates a sample whose columns are multiples of its CPU usage. */
export function sampleOf(cpuUsage: number, changes: Partial<Sample> = {}): Sample {
  return {
    read: "",
    readMs: 0,
    cpuTotal: 0,
    systemTotal: 0,
    onlineCpus: 4,
    cpuFull: 400,
    memoryBytes: 1,
    memoryLimitBytes: 4,
    networkRxBytes: 0,
    networkTxBytes: 0,
    blockReadBytes: 0,
    blockWriteBytes: 0,
    pids: 1,
    cpuUsage,
    memoryUsage: cpuUsage / 2,
    networkRxRate: cpuUsage * 10,
    networkTxRate: cpuUsage * 20,
    blockReadRate: 0,
    blockWriteRate: null,
    ...changes,
  };
}

/** A history whose clock only moves with {@linkcode seconds} and {@linkcode jump}. */
export class Recorded implements AsyncDisposable {
  readonly history: RecordedHistory;
  now = START;
  steady = 0;
  /** Ids of the containers that exist. */
  readonly existing = new Set<string>();

  constructor(path = ":memory:", options: Partial<HistoryOptions> = {}, startMs = START) {
    this.now = startMs;
    this.history = new RecordedHistory(new HistoryStore(path), {
      keepMs: 30 * 86_400_000,
      now: () => this.now,
      steady: () => this.steady,
      ...options,
      times: { storeMs: 5, pauseMs: 0, careMs: 0, ...options.times },
    });
  }

  /** Records a sample. */
  sample(container: Container, cpuUsage: number): void {
    this.existing.add(container.id);
    this.history.addSample("Localhost", container, sampleOf(cpuUsage), (id) => this.existing.has(id));
  }

  /** Records one sample per second. */
  seconds(count: number, container: Container, cpuUsage: (second: number) => number = () => 10): void {
    for (let second = 0; second < count; second++) {
      this.sample(container, cpuUsage(second));
      this.pass(1000);
    }
  }

  /** Lets time pass. */
  pass(ms: number): void {
    this.now += ms;
    this.steady += ms;
  }

  /** Sets the clock without that time passes. */
  jump(ms: number): void {
    this.now += ms;
  }

  /** Returns the rows of a line since a time. */
  rows(
    key: string,
    { sinceMs = START, points = Infinity }: { sinceMs?: number; points?: number } = {},
  ): CurveRows {
    const series = [...this.history.series()].find((one) => one.key === key);
    if (series === undefined) return { resolutionMs: 0, columns: [], history: [] };
    return curveRows(series.kind, this.history.read(series, { sinceMs, untilMs: this.now + 1, points }));
  }

  /** Waits until the samples of all windows that are over are in blocks. */
  async settled(): Promise<void> {
    await eventually("the blocks", () => !this.history.isBehind);
  }

  /** Returns the keys of all lines. */
  keys(): string[] {
    return [...this.history.series()].map(({ key }) => key).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.history[Symbol.asyncDispose]();
  }
}

/** A container of a service. */
export function serviceContainer(id: string, changes: Partial<Container> = {}): Container {
  return fakeContainer(id, { name: "shop-web-1", project: "shop", service: "web", number: 1, ...changes });
}

/** Returns one cell of every row. */
export function cells(
  { columns, history }: Pick<CurveRows, "columns" | "history">,
  name: string,
): (number | null | undefined)[] {
  return history.map((row) => row[columns.indexOf(name)]);
}
