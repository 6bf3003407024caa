/** Links between the parts of a view; the current one has `aria-current`. */
import { styled } from "@mui/material";
import { COLORS, RADIUS } from "./tokens.ts";

/** Row of links to the parts of a view. */
export const Tabs = styled("nav")({
  display: "flex",
  gap: 2,
  "& a": {
    display: "flex",
    alignItems: "center",
    minHeight: 32,
    padding: "0 10px",
    borderRadius: RADIUS.control,
    fontWeight: 500,
    color: COLORS.inkMuted,
    textDecoration: "none",
    "&:hover": { color: COLORS.ink },
    "&[aria-current]": { color: COLORS.accent, backgroundColor: COLORS.hover },
  },
  "@media (pointer: coarse)": { "& a": { minHeight: 44 } },
});
