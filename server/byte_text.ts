/** Pure: sizes as text. */
// @ts-types="./types/bytes.d.ts"
import { format } from "@std/fmt/bytes";

/** Formats a number of bytes, such as "1.5 MiB". */
export function byteText(count: number): string {
  // Docker and the dashboard write KiB; the package writes kiB.
  return format(count, { binary: true, maximumFractionDigits: 1 }).replace("kiB", "KiB");
}
