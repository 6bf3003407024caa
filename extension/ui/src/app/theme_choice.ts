/** The theme that the user has chosen, stored in the browser. */
import { isOneOf, storedObservable } from "../lib/use_stored_state.ts";

/** Choices of a theme; `system` follows the system's preference. */
export const THEME_CHOICES = ["system", "light", "dark"] as const;
/** One of {@linkcode THEME_CHOICES}. */
export type ThemeChoice = (typeof THEME_CHOICES)[number];

/** Current choice of a page. */
export const themeChoice = storedObservable<ThemeChoice>("theme", "system", isOneOf(THEME_CHOICES));
