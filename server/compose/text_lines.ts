/** Reads a stream of bytes as text. */

/** Default limit of a line, characters. */
const MAX_LENGTH = 64 * 1024;

/**
 * Yields lines without their ends. A carriage return ends a line too.
 *
 * @param maxLength Limit of a line, characters; longer ones are split, so that memory stays bounded.
 */
export async function* linesOf(
  stream: ReadableStream<Uint8Array>,
  maxLength: number = MAX_LENGTH,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r/);
    rest = lines.pop()!;
    yield* lines;
    if (rest.length > maxLength) {
      yield rest;
      rest = "";
    }
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}

/** Reads a stream as text; calls `onExcess` and returns `undefined` if it has more than `maxBytes`. */
export async function boundedText(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  maxBytes: number,
  onExcess: () => void,
): Promise<string | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else {
      chunks.length = 0;
      onExcess();
    }
  }
  return size > maxBytes ? undefined : await new Blob(chunks).text();
}
