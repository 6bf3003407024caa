/** Texts of the palette. */

/** Texts that the palette shows. */
export const PALETTE = {
  open: "Search or jump to…",
  keys: "Ctrl K",
  title: "Search or jump to",
  results: "Results",
  nothing: "No matches",
  kinds: { container: "Container", host: "Host", stack: "Stack", page: "Page" },
} as const;
