import { useDeferredValue, useMemo, useState } from "react";
import { findLines, nextMatch, toPattern } from "../lib/line_search.ts";
import type { LineView } from "../lib/line_store.ts";
import type { LineSearchFieldProps } from "./line_search_field.tsx";

/** A search in lines as it is at one rendering. */
export interface LineSearch {
  /** What the field shows. */
  readonly field: LineSearchFieldProps;
  /** What is marked in the lines. */
  readonly pattern: RegExp | undefined;
  /** The id of the line where the search is. */
  readonly line: number | undefined;
  /** That line, read aloud when the search gets there. */
  readonly said: string;
}

/**
 * Looks for a text in lines, which follows the typing at the page's leisure: many lines must not hold up a key.
 *
 * @param show Brings the line at an index into sight.
 */
export function useLineSearch({ lines }: LineView, show: (index: number) => void): LineSearch {
  const [query, setQuery] = useState("");
  const [line, setLine] = useState<number>();
  const typed = useMemo(() => toPattern(query), [query]);
  const pattern = useDeferredValue(typed);
  const matches = useMemo(() => findLines(lines, pattern), [lines, pattern]);
  const position = line === undefined ? -1 : matches.findIndex((index) => lines[index]!.id === line);
  const at = position < 0 ? undefined : position;
  const onQuery = (text: string) => {
    setQuery(text);
    setLine(undefined);
  };
  const onStep = (direction: "next" | "previous") => {
    // A step right after a key goes to what has been typed, not to what has been found so far.
    const found = typed === pattern ? matches : findLines(lines, typed);
    const to = nextMatch(found, matches[position], direction);
    if (to === undefined) return;
    setLine(lines[found[to]!]!.id);
    show(found[to]!);
  };
  return {
    field: { query, found: matches.length, at, onQuery, onStep },
    pattern,
    line: at === undefined ? undefined : line,
    said: at === undefined ? "" : lines[matches[at]!]!.text.slice(0, 500),
  };
}
