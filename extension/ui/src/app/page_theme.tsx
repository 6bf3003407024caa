import { CssBaseline, GlobalStyles, ThemeProvider, useMediaQuery } from "@mui/material";
import { type ReactNode, useMemo } from "react";
import { useObservable } from "../lib/use_observable.ts";
import { pageTheme } from "./theme.ts";
import { themeChoice } from "./theme_choice.ts";
import { variablesOf } from "./theme_tokens.ts";

/** Focus ring, which MUI shows on fields only. */
const FOCUS = {
  ":where(a, button, [tabindex]):focus-visible, .Mui-focusVisible": {
    outline: "2px solid var(--ds-accent)",
    outlineOffset: -2,
  },
  "main:focus, h1:focus": { outline: "none" },
};
/** Transitions and animations end at once for users who prefer reduced motion. */
const REDUCED_MOTION = {
  "@media (prefers-reduced-motion: reduce)": {
    "*, *::before, *::after": {
      animationDuration: "0.01ms !important",
      transitionDuration: "0.01ms !important",
    },
  },
};

/** Provides the chosen theme and its tokens; Docker Desktop's own theme is used in Docker Desktop. */
export function PageThemeProvider({ children }: { readonly children: ReactNode }) {
  const desktop = globalThis.__ddMuiV6Themes as typeof globalThis.__ddMuiV6Themes | undefined;
  const systemIsDark = useMediaQuery("(prefers-color-scheme: dark)", { noSsr: true });
  const choice = useObservable(themeChoice);
  const chosen = desktop === undefined ? choice : "system";
  const mode = chosen === "system" ? (systemIsDark ? "dark" : "light") : chosen;
  const { theme, tokens } = useMemo(() => pageTheme(mode, desktop?.[mode]), [mode, desktop]);
  return (
    <ThemeProvider theme={theme}>
      <CssBaseline />
      <GlobalStyles
        styles={{ ":root": { ...variablesOf(tokens), colorScheme: mode }, ...FOCUS, ...REDUCED_MOTION }}
      />
      {children}
    </ThemeProvider>
  );
}
