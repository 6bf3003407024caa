/** Pure: curves of a chart, and their values at a moment. */
import type { Column, Cut } from "./cut.ts";

/** One line of a chart, with its minimum and maximum where they are known. */
export interface Curve {
  /** Such as "received", or the name of a container. */
  readonly label: string;
  readonly color: string;
  /** Distinguishes a second line from the first without color. */
  readonly dashed?: boolean;
  /** Fills the area below the line. */
  readonly filled?: boolean;
  /** Epoch s. */
  readonly times: number[];
  readonly mean: Column;
  readonly low?: Column;
  readonly high?: Column;
}

/** Values of a curve at one of its points. */
export interface Reading {
  /** Epoch s. */
  readonly time: number;
  readonly mean: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** Returns a curve of one metric, scaled by a factor; `null` as the factor makes all values unknown. */
export function curveOf(
  { times, mean, low, high, banded }: Cut,
  metric: number,
  look: Pick<Curve, "label" | "color" | "dashed" | "filled">,
  factor: number | null = 1,
): Curve {
  const column = (columns: readonly Column[]) => scaledColumn(columns[metric]!, factor);
  const band = banded ? { low: column(low), high: column(high) } : {};
  return { ...look, times, mean: column(mean), ...band };
}

/** Returns the sums of two metrics; a sum with an unknown part is unknown. */
export function sumColumn(one: Column, other: Column): Column {
  return one.map((value, index) => {
    const added = other[index] ?? null;
    return value === null || added === null ? null : value + added;
  });
}

/** Returns the values multiplied by a factor; unknown values stay unknown. */
export function scaledColumn(column: Column, factor: number | null): Column {
  if (factor === 1) return column;
  return column.map((value) => value === null || factor === null ? null : value * factor);
}

/** Returns the point nearest to a moment, epoch s; `undefined` where nothing was measured. */
export function readingAt({ times, mean, low, high }: Curve, at: number): Reading | undefined {
  const index = nearestIndex(times, at);
  const value = index === undefined ? undefined : mean[index];
  if (index === undefined || value === undefined || value === null) return undefined;
  return {
    time: times[index]!,
    mean: value,
    low: low?.[index] ?? undefined,
    high: high?.[index] ?? undefined,
  };
}

/** Returns the largest value in a span, epoch s, and its time. */
export function peakOf({ times, mean, high = mean }: Curve, from: number, to: number): Reading | undefined {
  let peak: Reading | undefined;
  for (const [index, time] of times.entries()) {
    const value = high[index] ?? null;
    if (time < from || time > to || value === null || peak !== undefined && value <= peak.mean) continue;
    peak = { time, mean: value, low: undefined, high: undefined };
  }
  return peak;
}

/** Returns the index of the point nearest to a moment; `undefined` without points. */
export function nearestIndex(times: readonly number[], at: number): number | undefined {
  if (times.length === 0) return undefined;
  let [low, high] = [0, times.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= at) low = middle;
    else high = middle;
  }
  return at - times[low]! <= times[high]! - at ? low : high;
}

/** Returns the moment of the point before or after a moment; points without values are skipped. */
export function neighbor({ times, mean }: Curve, at: number, direction: -1 | 1): number | undefined {
  const start = nearestIndex(times, at) ?? 0;
  for (let index = start; index >= 0 && index < times.length; index += direction) {
    if (mean[index] !== null && (times[index]! - at) * direction > 0) return times[index];
  }
  return undefined;
}
