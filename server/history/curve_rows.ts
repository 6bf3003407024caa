/** Pure: bins → the rows of the wire. */
import { cellNames, CONTAINER_COLUMNS, type CurveRows, HOST_COLUMNS } from "../protocol/past/history.ts";
import type { HistoryPoint } from "../protocol/stats.ts";
import { type Bins, type Part, WIDTH } from "../store/history/bins.ts";
import type { SeriesKind } from "../store/history/history_store.ts";
import type { Curve } from "./options.ts";

/** Digits of a value. */
const DIGITS = 6;
const CELLS = { container: cellNames(CONTAINER_COLUMNS), host: cellNames(HOST_COLUMNS) };
const COLUMNS = Array.from({ length: WIDTH }, (_, column) => column);

/** Returns the rows of a curve, oldest first. */
export function curveRows(kind: SeriesKind, { resolutionMs, bins }: Curve): CurveRows {
  const history = bins.times().map((at) => {
    const parts = COLUMNS.map((column) => bins.part(at, column));
    const cells = (value: (part: Part) => number) =>
      parts.map((part) => part.weight === 0 ? null : value(part));
    return [
      at,
      ...cells(({ mean }) => rounded(mean)),
      ...cells(({ min }) => rounded(min)),
      ...cells(({ max }) => rounded(max)),
      ...cells(({ maxAt }) => Math.round(maxAt)),
    ];
  });
  return { resolutionMs, columns: CELLS[kind], history };
}

/**
 * Returns the means of a curve in the shape of the newest points.
 *
 * @param offsetMs Added to the times, ms.
 */
export function meanPoints(bins: Bins, offsetMs: number): HistoryPoint[] {
  return bins.times().map((at) => {
    const mean = (column: number) => {
      const { weight, mean } = bins.part(at, column);
      return weight === 0 ? null : rounded(mean);
    };
    return [Math.round(at + offsetMs), mean(0), mean(1), mean(2), mean(3), mean(4), mean(5)];
  });
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
