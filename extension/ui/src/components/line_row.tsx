import { Fragment, memo } from "react";
import { formatTime } from "../lib/format.ts";
import { toPieces } from "../lib/line_search.ts";
import type { Line } from "../lib/line_store.ts";
import { truncatedLabel } from "./labels.ts";

/** Props of {@linkcode LineRow}. */
export interface LineRowProps {
  readonly line: Line;
  readonly showTime: boolean;
  readonly pattern: RegExp | undefined;
}

/** Maximum number of characters shown per line; a line of megabytes would freeze the page. */
const MAX_CHARACTERS = 10_000;

/** One line with time, mark, text and location. The list provides its styles. */
export const LineRow = memo(function LineRow({ line, showTime, pattern }: LineRowProps) {
  const { timestamp, mark, text, place, note } = line;
  const rest = text.length - MAX_CHARACTERS;
  return (
    <>
      {showTime && timestamp !== "" && (
        <time dateTime={timestamp} title={timestamp}>{toTime(timestamp)}</time>
      )}
      {mark !== undefined && <span className="mark" data-tone={mark.tone}>{mark.label}</span>}
      <span className={note ? "note" : "text"}>
        <Marked text={rest > 0 ? text.slice(0, MAX_CHARACTERS) : text} pattern={pattern} />
        {rest > 0 && <em>{truncatedLabel(rest)}</em>}
      </span>
      {place !== undefined && (
        <span className="place">
          <Marked text={place} pattern={pattern} />
        </span>
      )}
    </>
  );
});

function Marked({ text, pattern }: { readonly text: string; readonly pattern: RegExp | undefined }) {
  if (pattern === undefined) return text;
  return toPieces(text, pattern).map((piece, index) =>
    piece.found ? <mark key={index}>{piece.text}</mark> : <Fragment key={index}>{piece.text}</Fragment>
  );
}

/** Formats a time with milliseconds, to distinguish lines of the same second. */
function toTime(timestamp: string): string {
  const moment = Date.parse(timestamp);
  return Number.isNaN(moment) ? timestamp : `${formatTime(moment)}.${String(moment % 1000).padStart(3, "0")}`;
}
