/** Number of lines over time. */
import type { Entry } from "./line.ts";
import { choiceOf, type TimeSpan } from "./line_filter.ts";

/** Lines in one bar. */
export interface Bucket {
  readonly lines: number;
  readonly errors: number;
  readonly warnings: number;
  /** Number of lines that a search of the whole log has found. */
  readonly found?: number;
}

/** Bars of equal width over a span of time. */
export interface Histogram {
  readonly span: TimeSpan;
  readonly buckets: readonly Bucket[];
  /** Largest number of lines in one bar. */
  readonly most: number;
}

/** Counts the lines of entries in bars; `undefined` without two times. */
export function histogramOf(entries: readonly Entry[], count: number): Histogram | undefined {
  let [from, last] = [Infinity, -Infinity];
  for (const { at } of entries) {
    if (at < from) from = at;
    if (at > last) last = at;
  }
  if (!(last > from)) return undefined;
  const to = last + 1;
  const lines = new Uint32Array(count);
  const errors = new Uint32Array(count);
  const warnings = new Uint32Array(count);
  for (const { at, rest, level, head } of entries) {
    if (Number.isNaN(at) || head.note) continue;
    const index = Math.min(Math.floor((at - from) / (to - from) * count), count - 1);
    lines[index]! += 1 + rest.length;
    const choice = choiceOf(level);
    if (choice === "error") errors[index]! += 1 + rest.length;
    else if (choice === "warning") warnings[index]! += 1 + rest.length;
  }
  const buckets = Array.from(lines, (total, index) => ({
    lines: total,
    errors: errors[index]!,
    warnings: warnings[index]!,
  }));
  return { span: { from, to }, buckets, most: Math.max(...lines) };
}

/** Returns the span of the bars from one to another, in either order. */
export function spanOfBuckets(
  { span: { from, to }, buckets }: Histogram,
  one: number,
  other: number,
): TimeSpan {
  const width = (to - from) / buckets.length;
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  return { from: Math.floor(from + first * width), to: Math.ceil(from + (last + 1) * width) };
}
