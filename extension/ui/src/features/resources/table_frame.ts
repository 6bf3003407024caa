/** Styles of the table of images, volumes and networks. */
import { styled } from "@mui/material";
import { COLORS, PANEL, RADIUS, TABULAR } from "../../components/design/tokens.ts";
import { VISUALLY_HIDDEN } from "../../components/visually_hidden.ts";

/** Frame of the table. */
export const TableFrame = styled("div")(({ theme: { breakpoints } }) => ({
  ...PANEL,
  "& table": { width: "100%", borderCollapse: "collapse", tableLayout: "fixed" },
  "& th, & td": {
    padding: "0 8px",
    textAlign: "left",
    fontWeight: 400,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  "& th:first-of-type": { paddingLeft: 16 },
  "& thead th": {
    position: "sticky",
    top: 0,
    zIndex: 1,
    height: 28,
    fontSize: 11,
    color: COLORS.inkQuiet,
    backgroundColor: COLORS.panel,
    borderBottom: `1px solid ${COLORS.line}`,
    "&:first-of-type": { borderTopLeftRadius: RADIUS.panel },
    "&:last-of-type": { borderTopRightRadius: RADIUS.panel },
  },
  "& thead button": {
    padding: "4px 0",
    border: 0,
    font: "inherit",
    color: "inherit",
    background: "none",
    cursor: "pointer",
    "&:hover": { color: COLORS.ink },
  },
  "& tbody tr": {
    height: 44,
    "&:not(:last-of-type)": { borderBottom: `1px solid ${COLORS.lineSoft}` },
    "&:hover, &:focus-within": { backgroundColor: COLORS.hover },
  },
  "& .numeric": { ...TABULAR, width: 96, textAlign: "right" },
  "& .created": { width: 72 },
  "& .usedBy": { width: "32%", paddingLeft: 24 },
  "& .wide": { width: "18%", paddingLeft: 24 },
  "& .actions": { width: 56, paddingRight: 12, textAlign: "right" },
  "& tbody .name > span": { display: "block", overflow: "hidden", textOverflow: "ellipsis" },
  "& .name .first": { fontWeight: 500, lineHeight: "18px", unicodeBidi: "isolate" },
  "& .name .second": { fontSize: 11, lineHeight: "14px", color: COLORS.inkMuted },
  "& tbody .name > .phone": { display: "none" },
  "& .users": { display: "block", overflow: "hidden", textOverflow: "ellipsis" },
  "& .users > *:not(:last-child)::after": { content: '", "', whiteSpace: "pre" },
  "& a": { color: COLORS.ink, textDecoration: "none", "&:hover": { textDecoration: "underline" } },
  "& .muted": { color: COLORS.inkMuted },
  "& .quiet": { color: COLORS.inkQuiet },
  "& .visually-hidden": VISUALLY_HIDDEN,
  "& .more": {
    width: "100%",
    minHeight: 36,
    border: 0,
    borderTop: `1px solid ${COLORS.lineSoft}`,
    font: "inherit",
    color: COLORS.accent,
    background: "none",
    cursor: "pointer",
  },
  // The action keeps its place, so nothing moves when it appears.
  "@media (hover: hover)": {
    "& tbody .actions button": { opacity: 0 },
    "& tr:hover .actions button, & tr:focus-within .actions button": { opacity: 1 },
  },
  [breakpoints.down("sm")]: {
    "& .usedBy, & .wide, & td.created, & thead .created": { display: "none" },
    "& tbody tr": { height: 68 },
    "& .numeric": { width: 80 },
    "& .actions": { width: 52, paddingRight: 4 },
    "& tbody .actions button": { width: 44, height: 44, opacity: 1 },
    "& tbody .name > .phone": { display: "block", fontSize: 11, lineHeight: "16px" },
    "& .users": { display: "inline" },
  },
}));
