/** Colors of terminals, made readable on the page. */
import type { Color, ColorName } from "ansi-sequence-parser";

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Themes of the page. */
export type ColorMode = "light" | "dark";

/** Names of the first eight colors, in the order of their codes. */
const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;

/** Text colors of the page for the first eight colors. */
const TEXT: Readonly<Record<ColorMode, readonly Rgb[]>> = {
  light: [
    [23, 25, 30],
    [196, 32, 51],
    [31, 112, 102],
    [138, 90, 3],
    [0, 85, 191],
    [125, 46, 186],
    [11, 107, 122],
    [94, 104, 122],
  ],
  dark: [
    [139, 149, 167],
    [243, 154, 159],
    [136, 213, 192],
    [232, 178, 102],
    [139, 199, 245],
    [202, 159, 228],
    [127, 212, 224],
    [213, 217, 224],
  ],
};

/** Returns the text colors of a theme for the first eight colors, in the order of their codes. */
export function ansiColors(mode: ColorMode): readonly Rgb[] {
  return TEXT[mode];
}

/** Background colors, the same in both themes. */
const FILL: readonly Rgb[] = [
  [40, 44, 52],
  [173, 0, 30],
  [30, 108, 95],
  [232, 178, 102],
  [0, 85, 191],
  [107, 30, 166],
  [20, 120, 135],
  [213, 217, 224],
];
/** Background of the page with the least contrast to text, by theme. */
const PAGE: Readonly<Record<ColorMode, Rgb>> = { light: [236, 237, 240], dark: [38, 44, 51] };
const [BLACK, WHITE]: readonly [Rgb, Rgb] = [[0, 0, 0], [255, 255, 255]];
/** Contrast of text that WCAG AA requires. */
const CONTRAST = 4.5;

/** Text and background of a piece of text; `undefined` for those of the page. */
export interface PieceColors {
  readonly text: Rgb | undefined;
  readonly fill: Rgb | undefined;
}

/** Returns the colors of a piece of text, with a contrast of at least 4.5:1. */
export function pieceColors(
  foreground: Color | null,
  background: Color | null,
  mode: ColorMode,
): PieceColors {
  const fill = background === null ? undefined : rgbOf(background, FILL);
  if (foreground === null) return { text: fill && readable(WHITE, fill), fill };
  return {
    text: readable(rgbOf(foreground, fill === undefined ? TEXT[mode] : TEXT.dark), fill ?? PAGE[mode]),
    fill,
  };
}

/** Returns the color of the page's text and of its background, for swapped colors. */
export function pageColors(mode: ColorMode): { readonly text: Rgb; readonly fill: Rgb } {
  return mode === "dark" ? { text: WHITE, fill: PAGE.dark } : { text: BLACK, fill: PAGE.light };
}

function rgbOf(color: Color, named: readonly Rgb[]): Rgb {
  if (color.type === "rgb") return color.rgb;
  if (color.type === "named") return namedRgb(color.name, named);
  const { index } = color;
  if (index < 16) return named[index % 8] ?? WHITE;
  if (index >= 232) {
    const gray = 8 + (Math.min(index, 255) - 232) * 10;
    return [gray, gray, gray];
  }
  const step = (value: number) => value === 0 ? 0 : 55 + value * 40;
  const cube = index - 16;
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
}

/** Bright colors look like the normal ones, because those are bright enough for each theme. */
function namedRgb(name: ColorName, named: readonly Rgb[]): Rgb {
  const base = name.replace(/^bright/, "").toLowerCase();
  return named[NAMES.findIndex((one) => one === base)]!;
}

/** Moves a color towards black or white until it is readable on a background. */
export function readable(color: Rgb, background: Rgb): Rgb {
  const goal = contrast(WHITE, background) > contrast(BLACK, background) ? WHITE : BLACK;
  for (let part = 0; part < 1; part += 0.1) {
    const mixed = color.map((value, index) =>
      Math.round(value + (goal[index]! - value) * part)
    ) as unknown as Rgb;
    if (contrast(mixed, background) >= CONTRAST) return mixed;
  }
  return goal;
}

/** Returns the contrast of two colors as WCAG defines it, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const [r, g, b] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
