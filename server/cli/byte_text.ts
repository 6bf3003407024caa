/** Pure: sizes as text. */
import { byteText as knownBytes } from "../byte_text.ts";

/** Formats a number of bytes, such as "1.5 MiB"; one that is unknown as "n/a". */
export function byteText(count: number | null): string {
  return count === null ? "n/a" : knownBytes(count);
}
