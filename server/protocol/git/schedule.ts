/** Intervals between automatic pulls of a stack from Git. */
import { parseDuration } from "../../duration.ts";

const [SHORTEST_MS, LONGEST_MS] = [60_000, 7 * 86_400_000];

/** Reports whether a text is an interval that a schedule may have, such as `15m`. */
export function isSchedule(text: string): boolean {
  const ms = parseDuration(text);
  return ms !== undefined && ms >= SHORTEST_MS && ms <= LONGEST_MS;
}
