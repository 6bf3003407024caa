/** Texts of the log view. */
import type { LevelChoice, TimeSpan } from "../../../lib/lines/line_filter.ts";
import type { TimeForm } from "../../../lib/lines/line_time.ts";
import { formatLineTime } from "../../../lib/lines/line_time.ts";

/** Texts that the log view shows. */
export const LABELS = {
  cancel: "Cancel",
  clearRange: "Clear the time range",
  clearSearch: "Clear the search",
  clearSelection: "Clear the selection",
  closeSearch: "Close the search",
  copied: "Copied",
  copy: "Copy",
  copyFailed: "The browser denied access to the clipboard",
  copyLink: "Copy link",
  copyWithTimes: "Copy with times",
  countWhole: "Count the whole log",
  display: "Display",
  download: "Download",
  downloadFailed: "Could not read the log",
  downloadFiltered: "Only lines that the filters show",
  downloadLines: "Lines",
  downloadLoaded: "Loaded lines",
  downloadRange: "All lines of the time range",
  downloadWhole: "Whole log",
  errorsAndWarnings: "Levels",
  filters: "Filters",
  filtersTitle: "Log filters and display",
  fold: "Fold",
  follow: "Follow",
  from: "From",
  hideColumn: "Hide the column",
  hideFields: "Hide fields",
  hits: "Matches in the whole log",
  histogram: "Histogram",
  jump: "Jump to time",
  jumpAction: "Jump",
  loadOlder: "Load older lines",
  loading: "Loading",
  loadingOlder: "Loading older lines",
  matchCase: "Match case",
  nextMatch: "Next match",
  noMatchingLines: "No matching lines",
  onlyLoaded: "Only loaded lines searched",
  pause: "Pause",
  previousMatch: "Previous match",
  range: "Time range",
  rangeAll: "All times",
  raw: "Raw lines",
  regex: "Regular expression",
  search: "Search the lines",
  searchMode: "Matches",
  searchMore: "Find more",
  searchWhole: "Search whole log",
  searching: "Searching",
  showColumn: "Show as column",
  showRange: "Show this range",
  showFields: "Show fields",
  start: "Start of the log",
  stderr: "stderr",
  stream: "Stream",
  times: "Times",
  wholeSearch: "Search of the whole log",
  to: "To",
  wrap: "Wrap lines",
  yesterday: "Yesterday",
} as const;

/** Labels of the filter by level. */
export const LEVEL_LABELS: Readonly<Record<LevelChoice, string>> = {
  error: "Error",
  warning: "Warn",
  info: "Info",
  debug: "Debug",
};

/** Labels of the forms of time. */
export const TIME_LABELS: Readonly<Record<TimeForm, string>> = {
  local: "Local time",
  utc: "UTC",
  relative: "Relative",
  none: "No times",
};

/** Labels of the filter by stream. */
export const STREAM_LABELS = {
  all: "stdout and stderr",
  stdout: "stdout only",
  stderr: "stderr only",
} as const;

/** Labels of the uses of a search. */
export const MODE_LABELS = {
  mark: "Mark matches",
  only: "Only matches",
  around: "Only matches ±3",
  exclude: "Exclude matches",
} as const;

/** Returns the span of yesterday by the clock of the browser or UTC. */
export function yesterday(now: number, form: "local" | "utc"): TimeSpan {
  const date = new Date(now);
  const at = (days: number) =>
    form === "utc"
      ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + days)
      : new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
  return { from: at(-1), to: at(0) };
}

/** Quick time ranges: label, and minutes before now. */
export const QUICK_RANGES = [["Last 5 minutes", 5], ["Last 15 minutes", 15], ["Last hour", 60], [
  "Last 24 hours",
  1440,
]] as const;

/** Returns a number with its noun, such as "1,200 lines". */
export function countLines(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "line" : "lines"}`;
}

/** Returns the position among the matches, such as "7 of 41". */
export function describePosition(found: number, at: number | undefined, isDone: boolean): string {
  const total = `${found.toLocaleString("en")}${isDone ? "" : "…"}`;
  return at === undefined ? total : `${(at + 1).toLocaleString("en")} of ${total}`;
}

/** Returns the label of the button that leads to the end, such as "12 new lines". */
export function newLinesLabel(missed: number): string {
  if (missed === 0) return LABELS.follow;
  return `${missed.toLocaleString("en")} new ${missed === 1 ? "line" : "lines"}`;
}

/** Returns the number of shown lines, such as "Last 10,000 lines" or "41 of 12,480 lines". */
export function describeCount(shown: number, lines: number, dropped: number): string {
  const all = dropped > 0 ? `last ${countLines(lines)}` : countLines(lines);
  const text = shown === lines ? all : `${shown.toLocaleString("en")} of ${all}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Returns the label of the button that shows more of a long line. */
export function moreCharacters(hidden: number, step: number): string {
  const count = Math.min(hidden, step);
  const rest = hidden > step ? ` of ${hidden.toLocaleString("en")}` : "";
  return `Show ${count.toLocaleString("en")}${rest} more characters`;
}

/** Returns the label of the button that unfolds a trace. */
export function moreLines(count: number): string {
  return `${count.toLocaleString("en")} more ${count === 1 ? "line" : "lines"}`;
}

/** Returns the label of a time range. */
export function describeSpan(from: number, to: number, form: "local" | "utc", now: number): string {
  const time = (at: number) => formatLineTime(at, form, now).replace(/\.\d{3}$/, "");
  return Number.isFinite(to) ? `${time(from)} – ${time(to)}` : `Since ${time(from)}`;
}

/** Returns the description of the histogram for screen readers. */
export function describeHistogram(lines: number, errors: number, span: string): string {
  return `${countLines(lines)}, ${
    errors.toLocaleString("en")
  } with errors, ${span}. Drag to select a time range.`;
}

/** Returns the tooltip of a bar of the histogram. */
export function describeBar(
  { from, to }: TimeSpan,
  lines: number,
  errors: number,
  form: "local" | "utc",
): string {
  const time = describeSpan(from, to, form, Date.now());
  return `${time}: ${countLines(lines)}${errors === 0 ? "" : `, ${errors.toLocaleString("en")} with errors`}`;
}

/** Returns the number of selected lines. */
export function describeSelection(count: number): string {
  return `${countLines(count)} selected`;
}

/** Returns the progress of a download. */
export function describeProgress(lines: number): string {
  return `${countLines(lines)} read…`;
}

/** Note below a download that is too large for the page. */
export const FILE_CUT = "The file has the first 200 MB. Select a shorter time range for the rest.";

/** Returns the message of a request for other lines that failed. */
export function pagingFailed(reason: string): string {
  return `Cannot load lines: ${reason}`;
}
