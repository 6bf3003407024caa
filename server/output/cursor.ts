/** Pure: places in the output of a container, for paging. */
import { formatMoment, parseMoment } from "../moment.ts";

/** Place of a line: its timestamp, and its number among the lines with this timestamp. */
export interface Cursor {
  /** Epoch ns by the engine's clock. */
  readonly ns: bigint;
  /** Counted from 0. */
  readonly ordinal: number;
}

/** Formats a cursor, such as "2026-08-01T12:00:00.123456789Z_0". */
export function formatCursor({ ns, ordinal }: Cursor): string {
  return `${formatMoment(ns)}_${ordinal}`;
}

/** Parses a cursor; `undefined` for any other text. */
export function parseCursor(text: string): Cursor | undefined {
  const [, stamp = "", ordinal = ""] = /^([^_]+Z)_(\d{1,9})$/.exec(text) ?? [];
  const ns = parseMoment(stamp);
  return ns === undefined ? undefined : { ns, ordinal: Number(ordinal) };
}

/** Compares two places; negative if the first is earlier. */
export function compareCursors(one: Cursor, other: Cursor): number {
  return one.ns === other.ns ? one.ordinal - other.ordinal : one.ns < other.ns ? -1 : 1;
}
