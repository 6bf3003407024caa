/** Splits text into pieces by color and by the matches of a search. */
import { parseAnsiSequences, type ParseToken } from "ansi-sequence-parser";
import { type ColorMode, pageColors, pieceColors, type Rgb } from "./color.ts";
import type { Range } from "./line_search.ts";

/** CSS properties of a piece. */
export interface PieceStyle {
  readonly color?: string;
  readonly backgroundColor?: string;
  readonly fontWeight?: number;
  readonly fontStyle?: "italic";
  readonly textDecoration?: string;
  readonly opacity?: number;
}

/** Part of a text with one style. */
export interface Piece {
  readonly text: string;
  readonly style?: PieceStyle;
  /** True for the name of a field. */
  readonly isKey?: true;
  /** True for a match of the search. */
  readonly found: boolean;
}

/** Largest number of styled pieces of a line; the rest has one style. */
const MOST_PIECES = 2000;

/** Splits a text with color sequences into pieces. */
export function styledPieces(styled: string, mode: ColorMode): readonly Piece[] {
  const tokens = parseAnsiSequences(styled);
  const pieces = tokens.slice(0, MOST_PIECES).map((token) => ({
    text: token.value,
    ...styleProperty(styleOf(token, mode)),
    found: false,
  }));
  const rest = tokens.slice(MOST_PIECES).map(({ value }) => value).join("");
  return rest === "" ? pieces : [...pieces, { text: rest, found: false }];
}

function styleProperty(style: PieceStyle | undefined): { readonly style?: PieceStyle } {
  return style === undefined ? {} : { style };
}

/** Concealed text is shown, since a log must not hide anything. */
function styleOf(
  { foreground, background, decorations }: ParseToken,
  mode: ColorMode,
): PieceStyle | undefined {
  if (foreground === null && background === null && decorations.size === 0) return undefined;
  const colors = pieceColors(foreground, background, mode);
  const page = pageColors(mode);
  const isSwapped = decorations.has("reverse");
  const text = isSwapped ? colors.fill ?? page.fill : colors.text;
  const fill = isSwapped ? colors.text ?? page.text : colors.fill;
  const lines = [
    decorations.has("underline") ? "underline" : "",
    decorations.has("strikethrough") ? "line-through" : "",
    decorations.has("overline") ? "overline" : "",
  ].filter((name) => name !== "");
  return {
    ...text && { color: css(text) },
    ...fill && { backgroundColor: css(fill) },
    ...decorations.has("bold") && { fontWeight: 700 },
    ...decorations.has("italic") && { fontStyle: "italic" as const },
    ...lines.length > 0 && { textDecoration: lines.join(" ") },
  };
}

function css([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

/** Splits pieces further, at the start and end of each match. */
export function withMatches(pieces: readonly Piece[], ranges: readonly Range[]): readonly Piece[] {
  if (ranges.length === 0) return pieces;
  const split: Piece[] = [];
  let offset = 0;
  let next = 0;
  for (const piece of pieces) {
    const end = offset + piece.text.length;
    let at = offset;
    while (at < end) {
      while (next < ranges.length && ranges[next]![1] <= at) next++;
      const [from, to] = ranges[next] ?? [end, end];
      const found = from <= at;
      const until = Math.min(found ? to : Math.max(from, at), end);
      split.push({ ...piece, text: piece.text.slice(at - offset, until - offset), found });
      at = until;
    }
    offset = end;
  }
  return split;
}
