import { Fragment, memo } from "react";
import { formatTime } from "../lib/format.ts";
import { toPieces } from "../lib/line_search.ts";
import type { Line } from "../lib/line_store.ts";

/** Props of {@linkcode LineRow}. */
export interface LineRowProps {
  readonly line: Line;
  readonly showTime: boolean;
  readonly pattern: RegExp | undefined;
}

/** So much of a line is shown, characters: a page with a line of some megabytes does not answer any more. */
const LONGEST = 10_000;

/** One line: when, how serious, what, where. Its looks are those of the list around it. */
export const LineRow = memo(function LineRow({ line, showTime, pattern }: LineRowProps) {
  const { timestamp, mark, text, place, note } = line;
  const rest = text.length - LONGEST;
  return (
    <>
      {showTime && timestamp !== "" && (
        <time dateTime={timestamp} title={timestamp}>{toTime(timestamp)}</time>
      )}
      {mark !== undefined && <span className="mark" data-tone={mark.tone}>{mark.word}</span>}
      <span className={note ? "note" : "text"}>
        <Marked text={rest > 0 ? text.slice(0, LONGEST) : text} pattern={pattern} />
        {rest > 0 && <em>{` … and ${rest.toLocaleString("en")} more characters; the download has them`}</em>}
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

/** With milliseconds: lines of one second are told apart. */
function toTime(timestamp: string): string {
  const moment = Date.parse(timestamp);
  return Number.isNaN(moment) ? timestamp : `${formatTime(moment)}.${String(moment % 1000).padStart(3, "0")}`;
}
