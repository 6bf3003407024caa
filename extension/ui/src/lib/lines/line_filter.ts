/** Filters of a log view. */
import type { Entry } from "./line.ts";
import type { Level } from "./level.ts";
import type { SearchResult } from "./entry_search.ts";

/** Levels that a user can choose; fatal lines are errors. */
export const LEVEL_CHOICES = ["error", "warning", "info", "debug"] as const;

/** One of {@linkcode LEVEL_CHOICES}. */
export type LevelChoice = (typeof LEVEL_CHOICES)[number];

/** Span of time, epoch ms; the end is exclusive. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Lines that a view shows. */
export interface LineFilter {
  /** Levels to show; all lines when empty. */
  readonly levels: ReadonlySet<LevelChoice>;
  readonly stream: "all" | "stdout" | "stderr";
  /** Sources to hide. */
  readonly muted: ReadonlySet<string>;
  readonly span: TimeSpan | undefined;
}

/** Use of a search's matches: mark them, hide other lines, or hide the matches. */
export type SearchMode = "mark" | "only" | "exclude";

/** Returns the choice that a level belongs to. */
export function choiceOf(level: Level | undefined): LevelChoice | undefined {
  return level === "fatal" ? "error" : level;
}

/** Returns whether an entry passes all filters except that of levels. Notes pass, unless a filter is about their source. */
export function passesBeforeLevels({ head, at }: Entry, { stream, muted, span }: LineFilter): boolean {
  if (head.source !== undefined && muted.has(head.source)) return false;
  if (span !== undefined && !(at >= span.from && at < span.to)) return false;
  return head.note === true || stream === "all" || head.stream === undefined || head.stream === stream;
}

/** Returns whether an entry has a chosen level. */
export function passesLevels({ level, head }: Entry, { levels }: LineFilter): boolean {
  if (levels.size === 0) return true;
  const choice = choiceOf(level);
  return !head.note && choice !== undefined && levels.has(choice);
}

/**
 * Returns the entries to show.
 *
 * @param context Number of entries to show before and after each match, with "only".
 */
export function filterEntries(
  entries: readonly Entry[],
  filter: LineFilter,
  search: SearchResult,
  mode: SearchMode,
  context: number,
): readonly Entry[] {
  const passed = entries.filter((entry) => passesBeforeLevels(entry, filter) && passesLevels(entry, filter));
  if (search.matcher === undefined || mode === "mark") return passed;
  if (mode === "exclude") return passed.filter(({ id }) => !search.found.has(id));
  return aroundMatches(passed, search.found, context);
}

function aroundMatches(
  entries: readonly Entry[],
  found: ReadonlySet<number>,
  context: number,
): readonly Entry[] {
  const shown: Entry[] = [];
  // Index of the first entry that is neither shown nor skipped.
  let next = 0;
  entries.forEach(({ id }, index) => {
    if (!found.has(id)) return;
    const end = Math.min(index + context + 1, entries.length);
    for (next = Math.max(next, index - context); next < end; next++) shown.push(entries[next]!);
  });
  return shown;
}

/** Number of entries of each choice. */
export type LevelCounts = Readonly<Record<LevelChoice, number>>;

/** Counts the entries by level, with all filters except that of levels. */
export function countLevels(entries: readonly Entry[], filter: LineFilter): LevelCounts {
  const counts = { error: 0, warning: 0, info: 0, debug: 0 };
  for (const entry of entries) {
    const choice = choiceOf(entry.level);
    if (choice !== undefined && passesBeforeLevels(entry, filter)) counts[choice]++;
  }
  return counts;
}
