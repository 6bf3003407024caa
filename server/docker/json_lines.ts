/** Newline-delimited JSON, as engines stream it. */
import { joined, LONGEST_LINE } from "./answer_bytes.ts";

const LF = 10;

/**
 * Yields the values of a JSON-lines stream, across chunks and within characters.
 *
 * @throws {SyntaxError} for a line that is not JSON, or one of more than 1 MiB.
 */
export async function* jsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  /** Parts of an unfinished line; joining them with each chunk would take quadratic time. */
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      const line = joined([...parts, chunk.subarray(from, end)]);
      [parts, size, from] = [[], 0, end + 1];
      if (line.trim() !== "") yield JSON.parse(line);
    }
    if (from < chunk.length) parts.push(chunk.slice(from));
    size += chunk.length - from;
    if (size > LONGEST_LINE) {
      throw new SyntaxError("Cannot read the engine's stream: a line exceeds 1 MiB");
    }
  }
  const rest = joined(parts);
  if (rest.trim() !== "") yield JSON.parse(rest);
}
