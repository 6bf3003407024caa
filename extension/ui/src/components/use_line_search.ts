import { useDeferredValue, useMemo, useState } from "react";
import { findLines, nextMatch, toPattern } from "../lib/line_search.ts";
import type { LineView } from "../lib/line_store.ts";
import type { LineSearchFieldProps } from "./line_search_field.tsx";

/** State of a search during one render. */
export interface LineSearch {
  /** Props of the search field. */
  readonly field: LineSearchFieldProps;
  /** Pattern to highlight in the lines. */
  readonly pattern: RegExp | undefined;
  /** Id of the current match's line. */
  readonly line: number | undefined;
  /** Text of that line, for screen readers. */
  readonly announcement: string;
}

/**
 * Searches lines, at low priority so that many lines do not delay typing.
 *
 * @param show Scrolls to the line at an index.
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
    // A step right after a key press uses the typed query, not the deferred one.
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
    announcement: at === undefined ? "" : lines[matches[at]!]!.text.slice(0, 500),
  };
}
