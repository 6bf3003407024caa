/** Newline-delimited JSON, as engines stream it. */
import { LONGEST_LINE } from "./answer_bytes.ts";
import { GrowingBytes } from "./text/growing_bytes.ts";

const LF = 10;

const decoder = new TextDecoder();

/**
 * Yields the values of a JSON-lines stream, across chunks and within characters.
 *
 * @throws {SyntaxError} for a line that is not JSON, or one of more than 1 MiB.
 */
export async function* jsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const unfinished = new GrowingBytes();
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      unfinished.append(chunk.subarray(from, end));
      from = end + 1;
      const line = decoder.decode(unfinished.take());
      if (line.trim() !== "") yield JSON.parse(line);
    }
    unfinished.append(chunk.subarray(from));
    if (unfinished.length > LONGEST_LINE) {
      throw new SyntaxError("Cannot read the engine's stream: a line exceeds 1 MiB");
    }
  }
  const rest = decoder.decode(unfinished.take());
  if (rest.trim() !== "") yield JSON.parse(rest);
}
