import { boundedText } from "../../server/compose/text_lines.ts";
import { assertEquals } from "../assert.ts";

function stream(...texts: readonly string[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return ReadableStream.from(texts.map((text) => new TextEncoder().encode(text)));
}

Deno.test("a text within its bound is read whole, also across the pieces of a letter", async () => {
  const pieces = ReadableStream.from([new Uint8Array([0xc3]), new Uint8Array([0xa4])]);
  assertEquals(await boundedText(pieces, 2, () => {}), "ä");
});

Deno.test("a text beyond its bound is given up, and whoever writes it is told", async () => {
  let told = 0;
  assertEquals(await boundedText(stream("1234", "5678"), 6, () => told++), undefined);
  assertEquals(told, 1);
});
