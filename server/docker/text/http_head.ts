/** Pure: heads of HTTP/1.1 answers and sizes of their chunks. */

/** Head of an HTTP answer. */
export interface Head {
  readonly status: number;
  /** Length of the body in bytes, `chunked`, or `close` when it ends with the connection. */
  readonly body: number | "chunked" | "close";
  readonly keepAlive: boolean;
  readonly text: string;
}

/**
 * Parses the head of an HTTP/1.1 answer.
 *
 * @throws {TypeError} when the text is not one.
 */
export function parseHead(text: string): Head {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1];
  if (status === undefined) throw new TypeError("the answer is not HTTP");
  const length = headerOf(text, "content-length");
  // A wrong length would leave the connection at a place that is not the start of the next answer.
  if (length !== undefined && !/^\d+$/.test(length)) throw new TypeError("the answer has an invalid length");
  const chunked = /chunked/i.test(headerOf(text, "transfer-encoding") ?? "");
  const bodiless = status === "204" || status === "304";
  return {
    status: Number(status),
    body: bodiless ? 0 : chunked ? "chunked" : length === undefined ? "close" : Number(length),
    keepAlive: text.startsWith("HTTP/1.1") && !/close/i.test(headerOf(text, "connection") ?? ""),
    text,
  };
}

/** Returns the value of a header. */
export function headerOf(head: string, name: string): string | undefined {
  // A copy in lower case would have other places: "İ" becomes two characters.
  return new RegExp(`\\r\\n${name}:([^\\r\\n]*)`, "i").exec(head)?.[1]?.trim();
}

/**
 * Returns the hexadecimal size of a chunk, which extensions may follow.
 *
 * @throws {TypeError} without one.
 */
export function chunkSize(bytes: Uint8Array, from: number, end: number): number {
  let size = 0;
  let at = from;
  for (; at < end; at++) {
    const code = bytes[at]!;
    // "a" to "f" as "A" to "F".
    const capital = code & 0xdf;
    const digit = code >= 48 && code <= 57 ? code - 48 : capital >= 65 && capital <= 70 ? capital - 55 : -1;
    if (digit < 0) break;
    size = size * 16 + digit;
  }
  if (at === from || size > Number.MAX_SAFE_INTEGER) throw new TypeError("a chunk of the answer has no size");
  return size;
}
