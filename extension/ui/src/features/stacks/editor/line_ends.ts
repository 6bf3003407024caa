/** Pure: line ends. Files are stored byte for byte, so the editor must keep them. */

/** Line end of a text. */
export type LineEnd = "\n" | "\r\n";

/** Returns `\r\n` if every line ends with it; otherwise `\n`, and a single `\r` is an ordinary character. */
export function lineEndOf(text: string): LineEnd {
  const all = text.match(/\r?\n/g) ?? [];
  return all.length > 0 && all.every((end) => end === "\r\n") && !/\r(?!\n)/.test(text) ? "\r\n" : "\n";
}

/** Replaces the line ends of a text, such as those of a pasted one. */
export function withLineEnd(text: string, end: LineEnd): string {
  return text.replace(/\r\n?|\n/g, end);
}
