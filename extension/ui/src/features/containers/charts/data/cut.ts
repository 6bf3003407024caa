/** Pure: samples as the points that a chart draws. */
import type { HistoryPoint } from "../../../../../../../server/protocol/stats.ts";
import type { Samples } from "./samples.ts";
import type { Zoom } from "./ranges.ts";

/** Values of one metric over time; `null` is unknown, and the line ends there. */
export type Column = (number | null)[];

/** Points of a chart. Columns are indexed by {@linkcode SERIES}. */
export interface Cut {
  /** Epoch s, strictly increasing. */
  readonly times: number[];
  readonly mean: readonly Column[];
  readonly low: readonly Column[];
  readonly high: readonly Column[];
  /** True when at least one point combines several readings. */
  readonly banded: boolean;
  /** Spans without measurements between two points, epoch s. */
  readonly gaps: readonly (readonly [from: number, to: number])[];
}

/** Indexes of the metrics in the columns of a {@linkcode Cut}. */
export const SERIES = { cpu: 0, memory: 1, networkRx: 2, networkTx: 3, blockRead: 4, blockWrite: 5 } as const;
const METRICS = Object.values(SERIES);

/** Shortest gap between single readings, ms: those of one second, and those that are faster. */
const [GAP_MS, FAST_GAP_MS] = [5000, 2500];
/** Shortest gap between combined samples, as a multiple of their resolution. */
const GAP_FACTOR = 2.5;

/** Distance of stored means, ms. A server that was restarted sends them before its newest readings. */
const STORED_MS = 10_000;

/**
 * Returns true if nothing is known between two neighboring samples.
 *
 * @param distanceMs Time between the samples.
 */
export function isGap(distanceMs: number, resolutionMs: number): boolean {
  if (distanceMs === STORED_MS) return false;
  return distanceMs > (resolutionMs < 1000 ? FAST_GAP_MS : Math.max(GAP_MS, resolutionMs * GAP_FACTOR));
}

/**
 * Returns the points of a span. Samples are combined by steps of time, so that points do not change while the chart
 * moves. A step ends at a gap, and where a metric becomes known or unknown: no line crosses either.
 *
 * @param stepMs Shortest time between two points.
 */
export function cutByTime(samples: Samples, span: Zoom, stepMs: number): Cut {
  const cutter = new Cutter(samples);
  let first = -1;
  let previous: HistoryPoint | undefined;
  for (const [index, point] of samples.mean.entries()) {
    if (!isNear(samples.mean, index, span)) continue;
    const gap = previous !== undefined && isGap(point[0] - previous[0], samples.resolutionMs);
    if (first >= 0 && (gap || endsStep(samples.mean[first]!, point, stepMs))) {
      cutter.put(first, index, gap);
      first = -1;
    }
    if (gap) cutter.gap(previous![0], point[0]);
    if (first < 0) first = index;
    previous = point;
  }
  if (first >= 0) cutter.put(first, lastNear(samples.mean, span) + 1, true);
  return cutter.cut;
}

/** Returns true inside the span, and for the sample on each side of it, so that lines reach the edges. */
function isNear(points: readonly HistoryPoint[], index: number, { from, to }: Zoom): boolean {
  const [before, after] = [points[index - 1]?.[0] ?? -Infinity, points[index + 1]?.[0] ?? Infinity];
  return after >= from && before <= to;
}

function lastNear(points: readonly HistoryPoint[], span: Zoom): number {
  let index = points.length - 1;
  while (!isNear(points, index, span)) index--;
  return index;
}

function endsStep(first: HistoryPoint, point: HistoryPoint, stepMs: number): boolean {
  return Math.floor(first[0] / stepMs) !== Math.floor(point[0] / stepMs) ||
    METRICS.some((metric) => (first[metric + 1] === null) !== (point[metric + 1] === null));
}

/** Collects the points of a cut. */
class Cutter {
  readonly #times: number[] = [];
  readonly #mean: Column[] = METRICS.map(() => []);
  readonly #low: Column[] = METRICS.map(() => []);
  readonly #high: Column[] = METRICS.map(() => []);
  readonly #gaps: [number, number][] = [];
  #banded = false;

  constructor(readonly samples: Samples) {}

  get cut(): Cut {
    const [mean, low, high] = [this.#mean, this.#low, this.#high];
    return { times: this.#times, mean, low, high, banded: this.#banded, gaps: this.#gaps };
  }

  /** Adds the point of the samples in `[from, to)`; the last one before a gap extends to its last sample. */
  put(from: number, to: number, isLast: boolean): void {
    const { mean, low = mean, high = mean } = this.samples;
    const [first, last] = [mean[from]![0], mean[to - 1]![0]];
    if (to - from > 1 || low !== mean) this.#banded = true;
    this.#times.push(first / 1000);
    for (const metric of METRICS) {
      this.#mean[metric]!.push(combine(mean, from, to, metric + 1, average));
      this.#low[metric]!.push(combine(low, from, to, metric + 1, least));
      this.#high[metric]!.push(combine(high, from, to, metric + 1, most));
    }
    if (isLast && last > first) this.#repeat(last / 1000);
  }

  /** Adds a point without values between two samples. */
  gap(fromMs: number, toMs: number): void {
    this.#gaps.push([fromMs / 1000, toMs / 1000]);
    this.#times.push((fromMs + toMs) / 2000);
    for (const columns of [this.#mean, this.#low, this.#high]) {
      for (const column of columns) column.push(null);
    }
  }

  #repeat(time: number): void {
    this.#times.push(time);
    for (const columns of [this.#mean, this.#low, this.#high]) {
      for (const column of columns) column.push(column.at(-1)!);
    }
  }
}

function combine(
  points: readonly HistoryPoint[],
  from: number,
  to: number,
  column: number,
  by: (values: readonly number[]) => number,
): number | null {
  if (to - from === 1) return points[from]![column] ?? null;
  const values: number[] = [];
  for (let index = from; index < to; index++) {
    const value = points[index]![column] ?? null;
    if (value !== null) values.push(value);
  }
  return values.length === 0 ? null : by(values);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other));
}

function most(values: readonly number[]): number {
  return values.reduce((one, other) => Math.max(one, other));
}
