/** Pure: recognizes a file that is still being written, or whose writer has died. */

/**
 * Returns the reason why a text looks half-written; `undefined` for one that looks complete.
 *
 * The beginning of a valid file is often valid too, with fewer hosts, so a check of its syntax is not enough.
 *
 * @param loaded The text in use.
 */
export function whyHalfWritten(text: string, loaded: string): string | undefined {
  if (text === loaded) return undefined;
  if (text.trim() === "" && loaded.trim() !== "") return "it is empty";
  if (loaded.startsWith(text)) return "it has only the start of the loaded text";
  const isCut = loaded.endsWith("\n") && !/[\n}\]]$/.test(text);
  return isCut ? "its last line is incomplete" : undefined;
}
