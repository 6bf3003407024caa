import type { OutputScan } from "../../../../../../server/protocol/output.ts";
import type { Histogram } from "../../../lib/lines/line_histogram.ts";

/** Converts the bars of a search, of which those without lines are missing; `undefined` without lines. */
export function histogramOfBars(bars: NonNullable<OutputScan["bars"]>): Histogram | undefined {
  const [first] = bars;
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const span = { from: Date.parse(first.from), to: Date.parse(last.to) };
  const width = Date.parse(first.to) - span.from;
  const count = Math.round((span.to - span.from) / width);
  const buckets = Array.from({ length: count }, () => ({ lines: 0, errors: 0, warnings: 0, found: 0 }));
  for (const { from, lines, errors, found } of bars) {
    const index = Math.round((Date.parse(from) - span.from) / width);
    if (index < count) buckets[index] = { lines, errors, warnings: 0, found };
  }
  return { span, buckets, most: Math.max(...buckets.map(({ lines }) => lines)) };
}
