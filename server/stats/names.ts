/** Formats names of containers for the log. */

/** Maximum number of containers that one log line names. */
const MOST_NAMES = 3;

/** Returns names in quotes: the first three, and the number of the others. */
export function quotedNames(names: readonly string[]): string {
  const quoted = names.slice(0, MOST_NAMES).map((name) => JSON.stringify(name)).join(", ");
  return names.length > MOST_NAMES ? `${quoted} and ${names.length - MOST_NAMES} others` : quoted;
}
