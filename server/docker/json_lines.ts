/** Newline-delimited JSON, as engines stream it. */

/** A line longer than this is not an engine's: the stream is broken. */
const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * The values of a stream of JSON lines, split right across chunks and within characters.
 *
 * @throws {SyntaxError} for a line that is not JSON, or one of more than 16 MiB.
 */
export async function* jsonLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) {
      throw new SyntaxError("Cannot read the engine's stream: a line has no end");
    }
    for (const line of lines) if (line.trim() !== "") yield JSON.parse(line);
  }
  if (rest.trim() !== "") yield JSON.parse(rest);
}
