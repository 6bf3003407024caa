/** Loading of other parts of a log. */
import type { Observable } from "../observable.ts";
import { type Entry, linesOf } from "./line.ts";

/** Place that a jump leads to: a line if there is a cursor, otherwise the first line from a time on. */
export interface JumpTarget {
  /** Epoch ms. */
  readonly at: number;
  readonly cursor?: string;
  /** Container of the line, in a log of several. */
  readonly source?: string;
}

/** State of the loading. */
export interface PagingState {
  /** Part that is being loaded. */
  readonly busy: "older" | "newer" | "jump" | undefined;
  /** True if the first line of the log is loaded. */
  readonly atStart: boolean;
  /** Reason why the last request failed. */
  readonly error: string | undefined;
  /** Place to scroll to after a jump; a new object for each jump. */
  readonly target: JumpTarget | undefined;
}

/** A log whose other parts can be loaded into its store. */
export interface LogPaging {
  /** Current state. */
  readonly state: Observable<PagingState>;
  /** Loads lines before the first one. */
  readonly older: () => Promise<void>;
  /** Loads lines after the last one, until the live lines are reached. */
  readonly newer: () => Promise<void>;
  /** Loads the lines around a time, epoch ms. */
  readonly jump: (at: number) => Promise<void>;
  /** Loads the lines around a line, by its cursor, such as `2026-08-01T12:00:00.123456789Z_0`. */
  readonly open: (cursor: string, source?: string) => Promise<void>;
  /** Loads the newest lines if they are not loaded. */
  readonly toEnd: () => Promise<void>;
}

/** Returns the time in a cursor, epoch ms; `undefined` for any other text. */
export function timeOfCursor(cursor: string): number | undefined {
  const timestamp = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_\d{1,9}$/.exec(cursor)?.[1];
  const at = timestamp === undefined ? NaN : Date.parse(timestamp);
  return Number.isNaN(at) ? undefined : at;
}

/** Returns the index of the entry that a jump leads to; the last one if all are earlier. */
export function targetIndex(entries: readonly Entry[], { at, cursor, source }: JumpTarget): number {
  const exact = cursor === undefined
    ? -1
    : entries.findIndex((entry) =>
      (source === undefined || entry.head.source === source) &&
      linesOf(entry).some(({ timestamp, ordinal }) => `${timestamp}_${ordinal}` === cursor)
    );
  const found = exact >= 0 ? exact : entries.findIndex((entry) => entry.at >= at);
  return found >= 0 ? found : entries.length - 1;
}
