import { boundedText } from "../../server/compose/text_lines.ts";
import { assertEquals } from "../assert.ts";

function stream(...texts: readonly string[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return ReadableStream.from(texts.map((text) => new TextEncoder().encode(text)));
}

Deno.test("reads a text within the limit, also with a character across two chunks", async () => {
  const pieces = ReadableStream.from([new Uint8Array([0xc3]), new Uint8Array([0xa4])]);
  assertEquals(await boundedText(pieces, 2, () => {}), "ä");
});

Deno.test("stops reading a text beyond the limit and notifies the caller", async () => {
  let overruns = 0;
  assertEquals(await boundedText(stream("1234", "5678"), 6, () => overruns++), undefined);
  assertEquals(overruns, 1);
});
