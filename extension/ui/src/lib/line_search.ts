/** Literal, case-insensitive search in lines. */
import type { Line } from "./line_store.ts";

/** Part of a text that matches the search, or lies between matches. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** Returns the pattern for a query; `undefined` for an empty one. */
export function toPattern(query: string): RegExp | undefined {
  return query === "" ? undefined : new RegExp(query.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "giu");
}

/** Returns the indexes of the lines whose text or location matches. */
export function findLines(lines: readonly Line[], pattern: RegExp | undefined): readonly number[] {
  if (pattern === undefined) return [];
  return lines.flatMap(({ text, place = "" }, index) =>
    // Unlike test(), search() ignores lastIndex.
    text.search(pattern) >= 0 || place.search(pattern) >= 0 ? [index] : []
  );
}

/** Splits a text into matches and the parts between them. */
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
 * Returns the next or previous match, and wraps around at both ends.
 *
 * @param current Index of the current match's line; `undefined` before the first step.
 * @returns Index into `matches`; `undefined` without matches.
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
