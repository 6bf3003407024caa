/** Requests about a whole log: lines to search for, and files to save. */
import type { LineText } from "./line.ts";
import type { ExportForm } from "./line_export.ts";
import type { LineFilter, TimeSpan } from "./line_filter.ts";
import type { Query } from "./line_search.ts";
import type { MatchMode } from "./log_address.ts";

/** Lines of a whole log, to search for or to save. */
export interface SearchRequest {
  /** Empty for all lines. */
  readonly query: Query;
  /** True to find the lines without a match. */
  readonly isExclude: boolean;
  /** Number of lines around each. */
  readonly context: number;
  readonly filter: LineFilter;
}

/** An empty query. */
export const NO_QUERY: Query = { text: "", isRegex: false, matchCase: false };

/** Filters and search of a view. */
interface ViewedLines {
  readonly filter: LineFilter;
  readonly query: Query;
  readonly matchMode: MatchMode;
}

/** Returns the request of the lines that a view searches for. */
export function requestOf({ query, matchMode: { mode, context }, filter }: ViewedLines): SearchRequest {
  return { query, isExclude: mode === "exclude", context: mode === "only" ? context : 0, filter };
}

/** Returns the request of all lines of a time range. */
export function allLines(span: TimeSpan | undefined): SearchRequest {
  const filter: LineFilter = { levels: new Set(), stream: "all", muted: new Set(), span };
  return { query: NO_QUERY, isExclude: false, context: 0, filter };
}

/** A file that the server writes. */
export interface ArchiveFile {
  readonly lines: SearchRequest;
  readonly times: ExportForm["times"];
}

/** A log that can be read from a time on. */
export interface LogArchive {
  /** Yields the lines of a range, oldest first. */
  readonly read: (span: TimeSpan, signal: AbortSignal) => AsyncIterable<readonly LineText[]>;
  /** Returns an address at which the browser saves a file; `undefined` when only the page can write it. */
  readonly addressOf: (file: ArchiveFile) => Promise<string | undefined>;
}
