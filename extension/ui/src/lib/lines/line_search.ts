/** Search in lines. Patterns are matched in linear time, so that no pattern can freeze the page. */
import { loadWithRetry } from "../load_with_retry.ts";
import { type Entry, linesOf } from "./line.ts";

/** Search of a user. */
export interface Query {
  readonly text: string;
  readonly isRegex: boolean;
  readonly matchCase: boolean;
}

/** Start and end of a match. */
export type Range = readonly [start: number, end: number];

/** A compiled search. */
export interface Matcher {
  /** Returns true if a text has a match. */
  readonly test: (text: string) => boolean;
  /** Returns the matches in a text, without empty ones. */
  readonly ranges: (text: string) => readonly Range[];
  /** Number of characters that are searched in a few milliseconds, however complex the search is. */
  readonly part: number;
}

/** Largest number of matches that are marked in a text. */
const MOST_RANGES = 500;
/** Length of the parts in which a long line is searched, and their overlap, characters. */
const LONGEST_PART = 100_000;
const SHORTEST_PART = 1000;
const OVERLAP = 500;
/** Characters times instructions of a pattern that are searched in a few milliseconds. */
const STEPS = 600_000;
/** Largest number of instructions of a pattern. */
const MOST_INSTRUCTIONS = 600;

/** Returns true for a query such as `/timeout|refused/`, which is a pattern without the switch. */
export function isSlashed(text: string): boolean {
  return /^\/.+\/$/.test(text) && /[\\^$.*+?()[\]{}|]/.test(text);
}

/** Returns true for a query that is a pattern. */
export function isPattern({ text, isRegex }: Query): boolean {
  return text !== "" && (isRegex || isSlashed(text));
}

/**
 * Compiles a search; `undefined` for an empty one.
 *
 * @throws {Error} with the reason, for an invalid pattern.
 */
export async function compileQuery(query: Query): Promise<Matcher | undefined> {
  const { text, isRegex, matchCase } = query;
  if (text === "") return undefined;
  if (isSlashed(text)) return await compilePattern(text.slice(1, -1), matchCase);
  return isRegex ? await compilePattern(text, matchCase) : literalMatcher(text, matchCase);
}

/** Returns the matcher of a plain text. */
export function literalMatcher(text: string, matchCase: boolean): Matcher {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const [once, all] = [
    new RegExp(escaped, matchCase ? "u" : "iu"),
    new RegExp(escaped, matchCase ? "gu" : "giu"),
  ];
  return {
    part: LONGEST_PART,
    test: (line) => once.test(line),
    ranges(line) {
      const ranges: Range[] = [];
      for (const { 0: found, index } of line.matchAll(all)) {
        if (ranges.push([index, index + found.length]) >= MOST_RANGES) break;
      }
      return ranges;
    },
  };
}

/** Compiles a pattern of RE2, whose engine never backtracks. It is loaded with the first pattern. */
async function compilePattern(pattern: string, matchCase: boolean): Promise<Matcher> {
  const { RE2JS } = await loadWithRetry(() => import("re2js"));
  const compiled = compileRe2(() => RE2JS.compile(pattern, matchCase ? 0 : RE2JS.CASE_INSENSITIVE));
  const size = compiled.programSize();
  if (size > MOST_INSTRUCTIONS) {
    throw new Error("Invalid pattern: it is too complex, use smaller repeat counts");
  }
  const part = Math.min(Math.max(Math.floor(STEPS / size), SHORTEST_PART), LONGEST_PART);
  return {
    part,
    test: (line) => compiled.test(line),
    ranges(line) {
      const ranges: Range[] = [];
      const matcher = compiled.matcher(line.slice(0, part));
      while (ranges.length < MOST_RANGES && matcher.find()) {
        if (matcher.end() > matcher.start()) ranges.push([matcher.start(), matcher.end()]);
      }
      return ranges;
    },
  };
}

function compileRe2<T>(compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    const reason = error instanceof Error
      ? error.message.replace(/^error parsing regexp: /, "").replace("`(?i)", "`")
      : String(error);
    throw new Error(`Invalid pattern: ${reason}`, { cause: error });
  }
}

/**
 * Returns the texts of an entry to search. Long lines are several, so that a search can pause between them.
 *
 * @param part Length of a text, characters.
 */
export function searchedTexts(entry: Entry, part: number): readonly string[] {
  return linesOf(entry).flatMap(({ text, place }) => {
    const parts = partsOf(text, part);
    return place === undefined ? parts : [...parts, place];
  });
}

function partsOf(text: string, part: number): readonly string[] {
  if (text.length <= part) return [text];
  const parts: string[] = [];
  for (let start = 0; start < text.length; start += part - OVERLAP) {
    parts.push(text.slice(start, start + part));
  }
  return parts;
}

/**
 * Returns the next or previous match, and wraps around at both ends.
 *
 * @param matches Indexes of the matches, ascending.
 * @param current Index of the current match; `undefined` before the first step.
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
