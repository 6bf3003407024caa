/** Colors of the terminal, from the design tokens and the colors of logs. */
import type { ITheme } from "@xterm/xterm";
import { COLORS, colorValue } from "../../../components/design/tokens.ts";
import { ansiColors, type ColorMode } from "../../../lib/lines/color.ts";

const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;

/** Returns the colors of a theme of the page. */
export function terminalTheme(mode: ColorMode): ITheme {
  const ansi = ansiColors(mode).map(([red, green, blue]) => `rgb(${red}, ${green}, ${blue})`);
  const named = NAMES.flatMap((name, index) => [
    [name, ansi[index]!],
    [`bright${name.charAt(0).toUpperCase()}${name.slice(1)}`, ansi[index]!],
  ]);
  const accent = colorValue(COLORS.accent);
  return {
    ...Object.fromEntries(named),
    background: colorValue(COLORS.panel),
    foreground: colorValue(COLORS.ink),
    cursor: accent,
    cursorAccent: colorValue(COLORS.panel),
    selectionBackground: `${accent}55`,
  };
}
