/** Pure: places in the output of a container, for paging. */
import { formatMoment, parseMoment } from "../moment.ts";

/** Place of a line: its timestamp, and its number among the lines with this timestamp. */
export interface Cursor {
  /** Epoch ns by the engine's clock. */
  readonly ns: bigint;
  /** Counted from 0. */
  readonly ordinal: number;
  /** Key of its container; `undefined` in the output of one container. */
  readonly of?: string;
}

/** Returns the key of a container in the cursors of a list of several. */
export function cursorKey(
  { hostId, containerId }: { readonly hostId: string; readonly containerId: string },
): string {
  return `${containerId.slice(0, 12)}.${hostId}`;
}

/** Formats a cursor, such as "2026-08-01T12:00:00.123456789Z_0". */
export function formatCursor({ ns, ordinal, of }: Cursor): string {
  return `${formatMoment(ns)}_${ordinal}${of === undefined ? "" : `_${of}`}`;
}

/** Parses a cursor; `undefined` for any other text. */
export function parseCursor(text: string): Cursor | undefined {
  const [, stamp = "", ordinal = "", of] = /^([^_]+Z)_(\d{1,9})(?:_([0-9a-f]{12}\..{1,255}))?$/.exec(text) ??
    [];
  const ns = parseMoment(stamp);
  return ns === undefined ? undefined : { ns, ordinal: Number(ordinal), ...of === undefined ? {} : { of } };
}

/** Returns the place of a cursor of a list within the output of one of its containers. */
export function placeIn(cursor: Cursor, key: string): Cursor {
  const { ns, ordinal, of } = cursor;
  if (of === undefined || of === key) return { ns, ordinal };
  // Lines with one timestamp are ordered by the keys of their containers.
  return { ns, ordinal: key < of ? Infinity : -1 };
}

/** Compares two places; negative if the first is earlier. */
export function compareCursors(one: Cursor, other: Cursor): number {
  if (one.ns !== other.ns) return one.ns < other.ns ? -1 : 1;
  const [of = "", otherOf = ""] = [one.of, other.of];
  return of === otherOf ? one.ordinal - other.ordinal : of < otherOf ? -1 : 1;
}
