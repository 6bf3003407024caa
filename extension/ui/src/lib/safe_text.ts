/** Pure: texts of containers and engines for places outside of logs. */
import { plainText } from "./plain_text.ts";

/** Invisible characters and marks of direction, which make a text look like another one. */
const INVISIBLE = /[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Returns a text without commands to a terminal, invisible characters and marks of direction. */
export function safeText(text: string): string {
  return plainText(text).replace(INVISIBLE, "");
}
