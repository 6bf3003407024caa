import { AnswerBytes, AnswerParts, joined, LARGEST } from "../../server/docker/answer_bytes.ts";
import { assertEquals, assertLess, assertThrows } from "../assert.ts";

const encoder = new TextEncoder();

for (const kind of ["reading", "details", "list"] as const) {
  Deno.test(`an answer of the kind "${kind}" has a bound`, () => {
    using held = new AnswerBytes().open(kind);
    held.resize(LARGEST[kind]);
    assertThrows(() => held.resize(LARGEST[kind] + 1), TypeError, "the answer is too large");
  });
}

Deno.test("answers in progress share a bound, and give their bytes back when they end", () => {
  const bytes = new AnswerBytes();
  using stack = new DisposableStack();
  const begin = () => stack.use(bytes.open("details")).resize(LARGEST.details);
  for (let count = 0; count < 8; count++) begin();
  assertThrows(begin, TypeError, "the answer is too large");
  stack.dispose();
  using later = bytes.open("details");
  later.resize(LARGEST.details);
});

Deno.test("small answers do not count towards the shared bound", () => {
  const bytes = new AnswerBytes();
  using stack = new DisposableStack();
  for (let count = 0; count < 10_000; count++) stack.use(bytes.open("reading")).resize(16 * 1024);
});

Deno.test("a list can be read while other answers fill their bound", () => {
  const bytes = new AnswerBytes();
  using stack = new DisposableStack();
  for (let count = 0; count < 8; count++) stack.use(bytes.open("details")).resize(LARGEST.details);
  stack.use(bytes.open("list")).resize(LARGEST.list);
});

Deno.test("parts are joined within characters, and their memory is freed at the end", () => {
  const all = encoder.encode("grün 🐳");
  const parts = Array.from(all, (byte) => new Uint8Array([byte]));
  {
    using answer = new AnswerParts(new AnswerBytes().open("details"));
    for (const part of parts) answer.add(part);
    assertEquals(answer.text(), "grün 🐳");
  }
  assertEquals(parts.map(({ buffer }) => buffer.byteLength), parts.map(() => 0));
  assertEquals([joined([]), joined([all])], ["", "grün 🐳"]);
});

Deno.test("copies of small pieces share the memory of few parts", () => {
  const all = encoder.encode("grün 🐳 ".repeat(20_000));
  const piece = new Uint8Array(1);
  using answer = new AnswerParts(new AnswerBytes().open("details"));
  const before = Deno.memoryUsage().heapUsed;
  for (const byte of all) answer.copy(piece.fill(byte));
  assertLess(Deno.memoryUsage().heapUsed - before, 64 * 1024 * 1024);
  assertEquals(answer.text(), new TextDecoder().decode(all));
});

Deno.test("copies of pieces of any size are the whole answer", () => {
  for (const size of [1, 3, 1000, 65_536, 100_000]) {
    const all = new Uint8Array(250_000).map((_, index) => 97 + index % 26);
    using answer = new AnswerParts(new AnswerBytes().open("details"));
    for (let at = 0; at < all.length; at += size) answer.copy(all.slice(at, at + size));
    assertEquals(answer.text() === new TextDecoder().decode(all), true);
  }
});
