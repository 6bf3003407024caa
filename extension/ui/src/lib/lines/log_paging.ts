/** Loading of other parts of a log. */
import type { Observable } from "../observable.ts";

/** State of the loading. */
export interface PagingState {
  /** Part that is being loaded. */
  readonly busy: "older" | "newer" | "jump" | undefined;
  /** True if the first line of the log is loaded. */
  readonly atStart: boolean;
  /** Reason why the last request failed. */
  readonly error: string | undefined;
  /** Time to scroll to after a jump, epoch ms; a new object for each jump. */
  readonly target: { readonly at: number } | undefined;
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
  readonly open: (cursor: string) => Promise<void>;
  /** Loads the newest lines if they are not loaded. */
  readonly toEnd: () => Promise<void>;
}

/** Returns the time in a cursor, epoch ms; `undefined` for any other text. */
export function timeOfCursor(cursor: string): number | undefined {
  const timestamp = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_\d{1,9}$/.exec(cursor)?.[1];
  const at = timestamp === undefined ? NaN : Date.parse(timestamp);
  return Number.isNaN(at) ? undefined : at;
}
