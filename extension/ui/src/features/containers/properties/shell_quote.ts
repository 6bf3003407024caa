/** Pure: arguments of a POSIX shell. */

/** Text that a shell takes as it is, also at the beginning of a word. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** Quotes a text as a single argument, which a POSIX shell passes on byte for byte. */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
