/** Form in which a line is shown. */
import type { ColorMode } from "./color.ts";
import { type Field, jsonFields, jsonOf, logfmtParts } from "./fields.ts";
import type { Line } from "./line.ts";
import { LEVEL_FIELDS } from "./line_level.ts";
import type { Matcher } from "./line_search.ts";
import { type Piece, styledPieces, withMatches } from "./styled_text.ts";

/** Options of the form. */
export interface DisplayOptions {
  /** Shows structured lines as they were written. */
  readonly raw: boolean;
  /** Leaves out the time in a line if it repeats the time beside the line. */
  readonly hideTime: boolean;
  readonly mode: ColorMode;
  readonly matcher: Matcher | undefined;
  /** Number of characters to show; a line of megabytes would freeze the page. */
  readonly characters: number;
}

/** A line in the form to show. */
export interface DisplayedLine {
  readonly pieces: readonly Piece[];
  /** Number of characters that are not shown. */
  readonly hidden: number;
  /** True if the pieces leave out the level, which then needs a label. */
  readonly hasLevelField: boolean;
}

/** Fields that hold the message of a JSON line, in the order in which they count. */
const MESSAGE_FIELDS = ["msg", "message", "@m", "@mt", "short_message", "event"];
/** Fields that repeat the time of the line. */
const TIME_FIELDS = new Set(["time", "ts", "timestamp", "@timestamp", "@t", "datetime"]);
/** Longest value in a formatted line, characters. */
const LONGEST_VALUE = 500;

/** Returns the pieces of a line. */
export function displayLine(
  line: Line,
  { raw, hideTime, mode, matcher, characters }: DisplayOptions,
): DisplayedLine {
  const { text, styled } = line;
  if (styled !== undefined) return finish(styledPieces(styled, mode), matcher, characters, false);
  const plain = [{ text, found: false }];
  if (raw || line.note) return finish(plain, matcher, characters, false);
  const json = jsonOf(text);
  const shortened = hideTime ? text.slice(ownTimeLength(line)) : text;
  const formatted = json === undefined
    ? logfmtPieces(shortened) ?? [{ text: shortened, found: false }]
    : jsonPieces(jsonFields(json));
  const shown = finish(formatted, matcher, characters, json !== undefined);
  // A match may be in a part of the line that is left out.
  const isLost = matcher?.test(text.slice(0, characters)) && !shown.pieces.some(({ found }) => found);
  return isLost ? finish(plain, matcher, characters, false) : shown;
}

/** Time with a date at the start of a line, or in the first field of logfmt. */
const OWN_TIME =
  /^(?:\[|(?:ts|time|timestamp)="?)?(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s?(Z|UTC|[+-]\d\d:?\d\d)?[\]"]?\s+/;
/** Largest difference of the times, ms. */
const CLOSE_MS = 2000;

/** Returns the length of the time with which a line begins, if it is that of the line. */
function ownTimeLength({ text, timestamp }: Line): number {
  const found = OWN_TIME.exec(text.slice(0, 80));
  if (found === null) return 0;
  const [written, year, month, day, time, fraction = "0", zone] = found;
  const iso = `${year}-${month}-${day}T${time}.${fraction.slice(0, 3)}`;
  const zones = zone === undefined
    ? ["", "Z"]
    : [zone === "UTC" ? "Z" : zone.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2")];
  const at = Date.parse(timestamp);
  return zones.some((one) => Math.abs(Date.parse(iso + one) - at) <= CLOSE_MS) ? written.length : 0;
}

function finish(
  pieces: readonly Piece[],
  matcher: Matcher | undefined,
  characters: number,
  hasLevelField: boolean,
): DisplayedLine {
  const { shown, hidden } = cut(pieces, characters);
  if (matcher === undefined) return { pieces: shown, hidden, hasLevelField };
  const ranges = matcher.ranges(shown.map(({ text }) => text).join(""));
  return { pieces: withMatches(shown, ranges), hidden, hasLevelField };
}

function cut(pieces: readonly Piece[], characters: number): { shown: readonly Piece[]; hidden: number } {
  let left = characters;
  let hidden = 0;
  const shown: Piece[] = [];
  for (const piece of pieces) {
    const text = piece.text.slice(0, left);
    if (text !== "") shown.push(text.length === piece.text.length ? piece : { ...piece, text });
    left -= text.length;
    hidden += piece.text.length - text.length;
  }
  return { shown, hidden };
}

/** Shows the message first, then the other fields as `name=value`. */
function jsonPieces(fields: readonly Field[]): readonly Piece[] {
  const message = MESSAGE_FIELDS.map((name) => fields.find((field) => field.name === name)).find((field) =>
    field !== undefined
  );
  const others = fields.filter((field) =>
    field !== message && !LEVEL_FIELDS.includes(field.name) && !TIME_FIELDS.has(field.name)
  );
  const pieces: Piece[] = message === undefined ? [] : [{ text: message.value, found: false }];
  for (const { name, value } of others) {
    const isShort = value.length <= LONGEST_VALUE;
    const shown = isShort ? value : `${value.slice(0, LONGEST_VALUE)}…`;
    pieces.push({ text: `${pieces.length === 0 ? "" : " "}${name}=`, isKey: true, found: false });
    pieces.push({ text: /[\s"]/.test(shown) ? JSON.stringify(shown) : shown, found: false });
  }
  return pieces;
}

/** Keeps the text as it was written, and only dims the names. */
function logfmtPieces(text: string): readonly Piece[] | undefined {
  return logfmtParts(text)?.flatMap(({ name, raw }): Piece[] =>
    name === undefined
      ? [{ text: raw, found: false }]
      : [{ text: `${name}=`, isKey: true, found: false }, { text: raw, found: false }]
  );
}
