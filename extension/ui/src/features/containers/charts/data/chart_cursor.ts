/** The moment that all charts of a page point at. */
import { Observable } from "../../../../lib/observable.ts";

/** Moment under the pointer or chosen by keyboard, epoch s; `undefined` without one. */
export type ChartCursor = Observable<number | undefined>;

/** Returns a cursor that points at nothing. */
export function chartCursor(): ChartCursor {
  return new Observable<number | undefined>(undefined);
}
