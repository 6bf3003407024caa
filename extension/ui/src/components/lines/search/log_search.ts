/** Search of a whole log, of which only a part is loaded. */
import type { Observable } from "../../../lib/observable.ts";
import type { Histogram } from "../../../lib/lines/line_histogram.ts";
import { isSlashed, type Query } from "../../../lib/lines/line_search.ts";
import type { SearchRequest } from "../../../lib/lines/log_archive.ts";

/** A line that was found, or a line around one. */
export interface Hit {
  /** Place to open, such as `2026-08-01T12:00:00.123456789Z_0`. */
  readonly cursor: string;
  readonly timestamp: string;
  /** The part of the line around the first match. */
  readonly text: string;
  readonly source: string | undefined;
  readonly isContext: boolean;
}

/** State of a search of the whole log. */
export interface LogSearchState {
  readonly phase: "idle" | "running" | "done" | "failed";
  /** The request that the hits belong to. */
  readonly request: SearchRequest | undefined;
  readonly hits: readonly Hit[];
  /** Number of lines read. */
  readonly scanned: number;
  /** Number of lines found. */
  readonly found: number;
  /** Timestamp up to which the log has been read. */
  readonly at: string | null;
  /** True if another search may find more. */
  readonly hasMore: boolean;
  readonly histogram: Histogram | undefined;
  /** Reason of a failure. */
  readonly error: string | undefined;
}

/** State before the first search. */
export const NO_SEARCH: LogSearchState = {
  phase: "idle",
  request: undefined,
  hits: [],
  scanned: 0,
  found: 0,
  at: null,
  hasMore: false,
  histogram: undefined,
  error: undefined,
};

/** Searches a whole log, where it is stored. */
export interface LogSearch {
  readonly state: Observable<LogSearchState>;
  /** Starts a search, and cancels the one before it. An empty query counts the lines over time. */
  readonly start: (request: SearchRequest) => void;
  /** Searches for more lines after those that were found. */
  readonly more: () => void;
  /** Cancels the search; its hits remain. */
  readonly cancel: () => void;
  /** Cancels the search and removes its hits. */
  readonly clear: () => void;
}

/** Longest pattern that the server accepts, characters. */
export const LONGEST_PATTERN = 256;

/** Returns the pattern of a query in the syntax of RE2. */
export function patternOf({ text, isRegex }: Query): string {
  if (isSlashed(text)) return text.slice(1, -1);
  return isRegex ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
