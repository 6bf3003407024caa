/** A list of rows in a panel. */
import { styled } from "@mui/material";
import { COLORS, PANEL } from "./tokens.ts";

/** A list in a panel, with a line between its rows. */
export const PanelList = styled("ul")({
  ...PANEL,
  margin: 0,
  padding: 0,
  listStyle: "none",
  overflow: "hidden",
  "& > li": { display: "grid", gap: 4, padding: "10px 14px" },
  "& > li + li": { borderTop: `1px solid ${COLORS.lineSoft}` },
});
