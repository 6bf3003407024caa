/** Pure: a suggestion in the message about a misspelled name. */
import { nearestName } from "../suggestion.ts";

/** Returns "did you mean NAME? " only for a name that is close, and an empty text otherwise. */
export function suggest(typed: string, names: readonly string[], prefix = ""): string {
  const nearest = nearestName(typed, names);
  return nearest === undefined ? "" : `did you mean ${prefix}${nearest}? `;
}
