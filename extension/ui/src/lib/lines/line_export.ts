/** Lines as text, for the clipboard and files. */
import { LEVEL_NAMES } from "./level.ts";
import { type Entry, type Line, linesOf } from "./line.ts";
import { formatLocalTimestamp, type TimeForm } from "./line_time.ts";

/** Form of exported lines. */
export interface ExportForm {
  readonly times: Exclude<TimeForm, "relative">;
  /** Returns the name of a source, to write before its lines. */
  readonly nameOf?: (source: string) => string;
}

/** Returns lines as text, one per line, exactly as they were written after the chosen prefix. */
export function exportLines(lines: readonly Line[], form: ExportForm): string {
  return lines.map((line) => exportLine(line, form)).join("\n");
}

/** Returns all lines of entries as text. */
export function exportEntries(entries: readonly Entry[], form: ExportForm): string {
  return exportLines(entries.flatMap(linesOf), form);
}

function exportLine(line: Line, { times, nameOf }: ExportForm): string {
  const { timestamp, text, source, level, place, note } = line;
  const parts = [
    timeOf(timestamp, times),
    source && nameOf?.(source),
    level && LEVEL_NAMES[level],
    text,
    place && `(${place})`,
  ];
  const written = parts.filter((part) => part !== undefined && part !== "").join(" ");
  return note ? `# ${written}` : written;
}

/** Returns a time with the nanoseconds of the engine. */
function timeOf(timestamp: string, times: ExportForm["times"]): string {
  if (times === "none") return "";
  return times === "utc" ? timestamp : formatLocalTimestamp(timestamp);
}
