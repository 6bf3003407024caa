/** Pure: a text is kept byte for byte, so its line ends are too. */

/** What ends the lines of a text. */
export type LineEnd = "\n" | "\r\n";

/** `\r\n` when every line ends so; else `\n`, and a lone `\r` counts as any other character. */
export function lineEndOf(text: string): LineEnd {
  const all = text.match(/\r?\n/g) ?? [];
  return all.length > 0 && all.every((end) => end === "\r\n") && !/\r(?!\n)/.test(text) ? "\r\n" : "\n";
}

/** What is pasted into a text takes the line ends of that text. */
export function withLineEnd(text: string, end: LineEnd): string {
  return text.replace(/\r\n?|\n/g, end);
}
