/**
 * Themes of the page: MUI's options made from the design tokens. Docker Desktop provides its own colors, which
 * replace those of the page.
 */
// Declares the global that holds Docker Desktop's themes.
import type {} from "@docker/docker-mui-theme";
import { createTheme, type Theme, type ThemeOptions } from "@mui/material";
import { componentsOf } from "./theme_components.ts";
import { TOKENS, type Tokens } from "./theme_tokens.ts";

/** Modes of the page. */
export type Mode = "light" | "dark";

/** A theme and the tokens that it was made from. */
export interface PageTheme {
  readonly theme: Theme;
  readonly tokens: Tokens;
}

const FONTS = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** The one type scale, px; `docs/design.md` lists it. */
const typography = {
  fontFamily: FONTS,
  h1: { fontSize: 18, lineHeight: 26 / 18, fontWeight: 650, letterSpacing: "-0.015em" },
  h2: { fontSize: 14, lineHeight: 20 / 14, fontWeight: 600, letterSpacing: 0 },
  h3: { fontSize: 14, lineHeight: 20 / 14, fontWeight: 600, letterSpacing: 0 },
  subtitle2: { fontSize: 13, lineHeight: 20 / 13, fontWeight: 600 },
  body1: { fontSize: 13, lineHeight: 20 / 13, letterSpacing: 0 },
  body2: { fontSize: 13, lineHeight: 20 / 13, letterSpacing: 0 },
  caption: { fontSize: 11, lineHeight: 16 / 11, letterSpacing: 0 },
  button: { fontSize: 12, lineHeight: 16 / 12, fontWeight: 500, letterSpacing: 0, textTransform: "none" },
} as const satisfies ThemeOptions["typography"];

/** Returns the theme of a mode; Docker Desktop's options replace the page's colors. */
export function pageTheme(mode: Mode, desktop?: ThemeOptions): PageTheme {
  if (desktop === undefined) return made(TOKENS[mode], { palette: paletteOf(mode, TOKENS[mode]) });
  const { palette } = createTheme(desktop);
  const { default: canvas, paper: panel } = palette.background;
  const tokens: Tokens = {
    ...TOKENS[mode],
    canvas,
    panel,
    line: palette.divider,
    ink: palette.text.primary,
    accent: palette.primary.main,
    accentHover: palette.primary.dark,
    onAccent: palette.primary.contrastText,
  };
  return made(tokens, desktop);
}

function made(tokens: Tokens, colors: ThemeOptions): PageTheme {
  // Sizes are the page's own in Docker Desktop too.
  const theme = createTheme({
    ...colors,
    typography,
    shape: { borderRadius: 6 },
    components: componentsOf(tokens),
  });
  return { theme, tokens };
}

function paletteOf(mode: Mode, tokens: Tokens): NonNullable<ThemeOptions["palette"]> {
  return {
    mode,
    primary: { main: tokens.accent, dark: tokens.accentHover, contrastText: tokens.onAccent },
    error: { main: tokens.bad },
    warning: { main: tokens.careful },
    success: { main: tokens.good },
    info: { main: tokens.accent },
    background: { default: tokens.canvas, paper: tokens.panel },
    text: { primary: tokens.ink, secondary: tokens.inkMuted, disabled: tokens.inkQuiet },
    divider: tokens.line,
    // Buttons under the pointer keep their contrast.
    tonalOffset: mode === "dark" ? 0.1 : 0.2,
    // Docker's theme declares its own colors as required.
  } as NonNullable<ThemeOptions["palette"]>;
}
