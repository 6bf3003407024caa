import { contrast, pageColors, type Rgb } from "../../../src/lib/lines/color.ts";
import { literalMatcher } from "../../../src/lib/lines/line_search.ts";
import { styledPieces, withMatches } from "../../../src/lib/lines/styled_text.ts";
import { assert, assertEquals } from "../../../../../tests/assert.ts";

const ESC = "\x1b";

function rgb(css: string | undefined): Rgb | undefined {
  const [red, green, blue] = css?.match(/\d+/g)?.map(Number) ?? [];
  return red === undefined ? undefined : [red, green!, blue!];
}

for (const mode of ["light", "dark"] as const) {
  Deno.test(`every color of a terminal is readable in ${mode}`, () => {
    const codes = [
      ...Array.from({ length: 8 }, (_, n) => `${30 + n}`),
      ...Array.from({ length: 8 }, (_, n) => `${90 + n}`),
      ...Array.from({ length: 256 }, (_, n) => `38;5;${n}`),
      ...Array.from({ length: 64 }, (_, n) => `38;2;${n * 4};${255 - n};${(n * 37) % 256}`),
      ...Array.from({ length: 64 }, (_, n) => `${30 + n % 8};${40 + Math.floor(n / 8)}`),
      ...Array.from({ length: 256 }, (_, n) => `48;5;${n}`),
      ...Array.from({ length: 64 }, (_, n) => `7;${30 + n % 8};${40 + Math.floor(n / 8)}`),
    ];
    for (const code of codes) {
      const [piece] = styledPieces(`${ESC}[${code}mx${ESC}[0m`, mode);
      const text = rgb(piece!.style?.color);
      const fill = rgb(piece!.style?.backgroundColor) ?? pageColors(mode).fill;
      assert(text !== undefined && contrast(text, fill) >= 4.45, `${code}: ${text} on ${fill}`);
    }
  });
}

Deno.test("splits a text by its styles", () => {
  const pieces = styledPieces(`a${ESC}[1mb${ESC}[0m${ESC}[4;9mc${ESC}[0m${ESC}[3md`, "dark");
  assertEquals(pieces.map(({ text, style }) => [text, style]), [
    ["a", undefined],
    ["b", { fontWeight: 700 }],
    ["c", { textDecoration: "underline line-through" }],
    ["d", { fontStyle: "italic" }],
  ]);
});

Deno.test("shows concealed text", () => {
  assertEquals(styledPieces(`${ESC}[8msecret`, "dark").map(({ text }) => text), ["secret"]);
});

Deno.test("marks matches across styles", () => {
  const pieces = styledPieces(`re${ESC}[31mfus${ESC}[0med refused`, "dark");
  const text = pieces.map((piece) => piece.text).join("");
  const marked = withMatches(pieces, literalMatcher("refuse", false).ranges(text));
  assertEquals(marked.map((piece) => piece.found ? `[${piece.text}]` : piece.text), [
    "[re]",
    "[fus]",
    "[e]",
    "d ",
    "[refuse]",
    "d",
  ]);
});

Deno.test("bounds the number of pieces, and keeps all text", () => {
  const pieces = styledPieces(`${ESC}[31ma${ESC}[32mb`.repeat(5000), "light");
  assertEquals(pieces.length, 2001);
  assertEquals(pieces.map(({ text }) => text).join(""), "ab".repeat(5000));
});
