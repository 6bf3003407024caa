/** Filters as a row of small buttons; the chosen one has `aria-pressed`. */
import { styled } from "@mui/material";
import { COLORS, TABULAR } from "./tokens.ts";

/** Row of filters. It scrolls where it is wider than the page. */
export const Chips = styled("div")({
  ...TABULAR,
  display: "flex",
  gap: 6,
  minWidth: 0,
  overflowX: "auto",
  scrollbarWidth: "none",
  "& button": {
    display: "inline-flex",
    alignItems: "center",
    gap: 6,
    height: 28,
    padding: "0 10px",
    flexShrink: 0,
    font: "inherit",
    fontSize: 12,
    fontWeight: 500,
    color: COLORS.inkMuted,
    backgroundColor: COLORS.panel,
    border: `1px solid ${COLORS.line}`,
    borderRadius: 14,
    cursor: "pointer",
    "&:hover": { backgroundColor: COLORS.hover },
    "&[aria-pressed=true]": {
      color: COLORS.accent,
      borderColor: COLORS.accent,
      backgroundColor: COLORS.hover,
    },
  },
  "@media (pointer: coarse)": { "& button": { height: 36, borderRadius: 18, padding: "0 12px" } },
});
