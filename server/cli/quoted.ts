/** Pure: paths in messages. */

/** Quotes a path; a container chooses the names of its files, so control characters stay out of the terminal. */
export function quoted(path: string): string {
  return `"${path.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "?")}"`;
}
