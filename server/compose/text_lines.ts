/** A stream of bytes as lines of text. */

/** A line without an end is told in parts of this size, characters: memory stays bounded. */
const LONGEST = 64 * 1024;

/** The lines as they come, without their ends; a carriage return ends a line as well. */
export async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r/);
    rest = lines.pop()!;
    yield* lines;
    if (rest.length > LONGEST) {
      yield rest;
      rest = "";
    }
  }
  rest += decoder.decode();
  if (rest !== "") yield rest;
}

/** The text of a stream; `undefined`, once `tooMuch` was called, when it has more bytes than it may. */
export async function boundedText(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  mostBytes: number,
  tooMuch: () => void,
): Promise<string | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
    else {
      chunks.length = 0;
      tooMuch();
    }
  }
  return size > mostBytes ? undefined : await new Blob(chunks).text();
}
