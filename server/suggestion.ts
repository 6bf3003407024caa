/** Pure: suggests a known name for a misspelled one. */
// @ts-types="./types/closest_string.d.ts"
import { closestString } from "@std/text/closest-string";
// @ts-types="./types/levenshtein_distance.d.ts"
import { levenshteinDistance } from "@std/text/levenshtein-distance";

/** Longer names are not compared: the time grows with the product of the lengths. */
const LONGEST = 100;

/** Returns the known name that is closest to a misspelled one; `undefined` when none is close. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  if (names.length === 0 || typed.length > LONGEST) return undefined;
  const closest = closestString(typed, names);
  return levenshteinDistance(typed, closest) <= (closest.length > 3 ? 2 : 1) ? closest : undefined;
}
