import { boundedText, linesOf } from "../../server/compose/text_lines.ts";
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

for (
  const [what, chunks, lines] of [
    ["no chunk", [], []],
    ["empty chunks", ["", ""], []],
    ["a text without a line end", ["a", "b"], ["ab"]],
    ["a last line with its end", ["a\n"], ["a"]],
    ["empty lines", ["\n\na\n\n"], ["", "", "a", ""]],
    ["every kind of line end", ["a\nb\r\nc\rd"], ["a", "b", "c", "d"]],
    ["a line across three chunks", ["a", "b", "c\nd"], ["abc", "d"]],
    ["progress that overwrites its line", ["1 %\r2 %\r", "3 %\n"], ["1 %", "2 %", "3 %"]],
    ["other separators of Unicode", ["a\u2028b\u0085c\vd\n"], ["a\u2028b\u0085c\vd"]],
    ["null characters", ["a\0b\n"], ["a\0b"]],
  ] as const
) {
  Deno.test(`reads the lines of ${what}`, async () => {
    assertEquals(await Array.fromAsync(linesOf(stream(...chunks))), [...lines]);
  });
}

Deno.test("reads the same lines for every division of a text into two chunks", async () => {
  const text = "grün\n€ 5\n👍 end";
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at <= bytes.length; at++) {
    const chunks = ReadableStream.from([bytes.slice(0, at), bytes.slice(at)]);
    assertEquals(await Array.fromAsync(linesOf(chunks)), text.split("\n"), `at ${at}`);
  }
});

Deno.test("shows a byte sequence that is not UTF-8 as replacement characters", async () => {
  const bytes = [new Uint8Array([0x61, 0xff, 0x0a, 0xe2, 0x82])];
  assertEquals(await Array.fromAsync(linesOf(ReadableStream.from(bytes))), ["a\ufffd", "\ufffd"]);
});

Deno.test("divides a line without end, and loses none of its characters", async () => {
  const chunk = "x".repeat(50_000);
  const lines = await Array.fromAsync(linesOf(stream(chunk, chunk, chunk, chunk, "\nlast")));
  assertEquals(lines.map(({ length }) => length), [100_000, 100_000, 0, 4]);
});

Deno.test("cancels the stream when its reader stops early", async () => {
  let isCancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("a\n")),
    cancel: () => void (isCancelled = true),
  });
  for await (const line of linesOf(endless)) {
    assertEquals(line, "a");
    break;
  }
  assertEquals(isCancelled, true);
});

for (const [limit, expected] of [[4, "1234"], [3, undefined], [0, undefined]] as const) {
  Deno.test(`reads a text of four bytes with a limit of ${limit} as ${expected}`, async () => {
    let overruns = 0;
    assertEquals(await boundedText(stream("12", "34"), limit, () => overruns++), expected);
    assertEquals(overruns > 0, expected === undefined);
  });
}

Deno.test("a long line stays whole within the limit of the caller, and is split beyond it", async () => {
  const line = "x".repeat(100_000);
  const lengths = async (limit?: number) =>
    (await Array.fromAsync(linesOf(stream(line, `${line}\nend`), limit))).map(({ length }) => length);
  assertEquals(await lengths(200_000), [200_000, 3]);
  assertEquals(await lengths(), [100_000, 100_000, 3]);
});
