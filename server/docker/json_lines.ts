/** Newline-delimited JSON, as engines stream it. */

/** Longest line in characters; a longer one means that the stream is broken. */
const LONGEST_LINE = 16 * 1024 * 1024;

/**
 * Yields the values of a JSON-lines stream, across chunks and within characters.
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
      throw new SyntaxError("Cannot read the engine's stream: a line exceeds 16 MiB");
    }
    for (const line of lines) if (line.trim() !== "") yield JSON.parse(line);
  }
  if (rest.trim() !== "") yield JSON.parse(rest);
}
