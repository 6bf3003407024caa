/** Looking for a text in lines, as it is written and in either case. */
import type { Line } from "./line_store.ts";

/** A piece of a text, and whether it is what is looked for. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** What is looked for; `undefined` for nothing. */
export function toPattern(query: string): RegExp | undefined {
  return query === "" ? undefined : new RegExp(query.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "giu");
}

/** The positions of the lines that have it in their text or their place. */
export function findLines(lines: readonly Line[], pattern: RegExp | undefined): readonly number[] {
  if (pattern === undefined) return [];
  return lines.flatMap(({ text, place = "" }, index) =>
    // Unlike test(), search() does not remember where it was.
    text.search(pattern) >= 0 || place.search(pattern) >= 0 ? [index] : []
  );
}

/** Cuts a text into what is looked for and what stands between. */
export function toPieces(text: string, pattern: RegExp | undefined): readonly Piece[] {
  if (pattern === undefined) return [{ text, found: false }];
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (index > end) pieces.push({ text: text.slice(end, index), found: false });
    pieces.push({ text: found, found: true });
    end = index + found.length;
  }
  return end < text.length ? [...pieces, { text: text.slice(end), found: false }] : pieces;
}

/**
 * Which match comes after another, around the end.
 *
 * @param current The position of the line where one is, if one is at a match already.
 * @returns The index into `matches`; `undefined` without a match.
 */
export function nextMatch(
  matches: readonly number[],
  current: number | undefined,
  direction: "next" | "previous",
): number | undefined {
  if (matches.length === 0) return undefined;
  if (direction === "next") {
    const found = matches.findIndex((line) => line > (current ?? -1));
    return found < 0 ? 0 : found;
  }
  const found = matches.findLastIndex((line) => line < (current ?? Infinity));
  return found < 0 ? matches.length - 1 : found;
}
